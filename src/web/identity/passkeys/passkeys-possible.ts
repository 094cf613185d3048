// Says whether this browser can have passkeys for this page at all.

/** Not an IP address: browsers keep passkeys for host names only (WebAuthn Level 3, 5.1.3). */
export function isHostName(host: string): boolean {
  return !/^[0-9.]+$/.test(host) && !host.includes(":") && !host.startsWith("[");
}

/** `PublicKeyCredential` is there in secure contexts only. */
export function arePasskeysPossible(): boolean {
  return typeof globalThis.PublicKeyCredential === "function" && isHostName(location.hostname);
}
