// Leads the browser away from the console, to a page of somebody else.

/** INVARIANT: to the web only, never to a script: what names the page could name anything. */
export function leaveFor(address: string): void {
  const url = URL.parse(address);
  if (url?.protocol === "https:" || url?.protocol === "http:") window.location.assign(url);
}
