// Says why no passkeys are possible at this installation's address.
import { readRelyingParty } from "../../../platform/webauthn/relying-party.ts";

const WORDS = {
  address:
    "Open Postern by a host name, such as postern.example.com: browsers keep no passkeys for IP " +
    "addresses. PUBLIC_URL says which address it has.",
  "plain-http":
    "Open Postern over https: browsers allow passkeys nowhere else. PUBLIC_URL says which " +
    "address it has.",
} as const;

/** Null: they are possible. */
export function passkeysRefusal(publicUrl: string): string | null {
  const reading = readRelyingParty(publicUrl, "");
  return reading.ok ? null : WORDS[reading.reason];
}
