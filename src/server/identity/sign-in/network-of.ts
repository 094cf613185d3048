// Names the network that a client has for itself.
import type { PersonPlace } from "../identity-parts.ts";

/** Whoever has an IPv6 network has all of its /64. */
export function networkOf({ address, addressKey }: PersonPlace): string {
  return address.family === 6 ? addressKey.slice(0, 16) : addressKey;
}
