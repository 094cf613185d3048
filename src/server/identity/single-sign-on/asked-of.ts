// Says shortly whom a flow asks: where that has changed, the answer is somebody else's.
import { sha256Hex } from "../../../platform/crypto/sha256-hex.ts";
import type { StoredProvider } from "../providers/provider-store.ts";

/** Another name or rule ends no flow: those are read again when it is back. */
export function askedOf({ issuer, tenant, clientId }: StoredProvider): string {
  return sha256Hex(JSON.stringify([issuer, tenant, clientId]));
}
