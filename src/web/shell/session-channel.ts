// Lets the tabs of one browser agree on who is signed in and until when.

export type TabMessage =
  | { readonly kind: "activity"; readonly userId: string; readonly idleEndsAtMs: number | null }
  | { readonly kind: "signed-out"; readonly userId: string; readonly why: string }
  | { readonly kind: "signed-in"; readonly userId: string };

const channel = new BroadcastChannel("postern-session");

/** Reaches the other tabs, never this one. */
export function tellTabs(message: TabMessage): void {
  channel.postMessage(message);
}

export function onTabMessage(listener: (message: TabMessage) => void): () => void {
  function receive(event: MessageEvent<TabMessage>): void {
    listener(event.data);
  }
  channel.addEventListener("message", receive);
  return () => {
    channel.removeEventListener("message", receive);
  };
}
