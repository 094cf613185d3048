// Who asks for passkeys: this installation, by the address under which browsers reach it.
import { isIP } from "node:net";

export type RelyingParty = {
  /** The host name that passkeys are made for; they work at no other. */
  readonly id: string;
  readonly name: string;
  /** Scheme, host and port of the only pages that may ask. */
  readonly origin: string;
};

export type RelyingPartyReading =
  | { readonly ok: true; readonly party: RelyingParty }
  | { readonly ok: false; readonly reason: "address" | "plain-http" };

/**
 * WebAuthn Level 3, 5.1.3: the id is a domain, never an IP address, and browsers offer passkeys in
 * secure contexts only, to which one's own machine counts (Secure Contexts, 3.1).
 */
export function readRelyingParty(publicUrl: string, name: string): RelyingPartyReading {
  const { hostname, origin, protocol } = new URL(publicUrl);
  if (isIP(hostname.replace(/^\[|\]$/g, "")) !== 0) return { ok: false, reason: "address" };
  const isOwnMachine = hostname === "localhost" || hostname.endsWith(".localhost");
  if (protocol !== "https:" && !isOwnMachine) return { ok: false, reason: "plain-http" };
  return { ok: true, party: { id: hostname, name, origin } };
}
