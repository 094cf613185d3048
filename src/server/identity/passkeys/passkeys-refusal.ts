// Says why no passkeys are possible at this installation's address.
import { readRelyingParty } from "../../../platform/webauthn/relying-party.ts";

const WORDS = {
  address:
    "Passkeys do not work here, because this address is a number and browsers keep them for " +
    "names only. Whoever runs Postern can set PUBLIC_URL to a host name, such as " +
    "https://postern.example.com.",
  "plain-http":
    "Passkeys do not work here, because this address is not encrypted and browsers allow them " +
    "over https only. Whoever runs Postern can set PUBLIC_URL to an https address.",
} as const;

/** Null: they are possible. */
export function passkeysRefusal(publicUrl: string): string | null {
  const reading = readRelyingParty(publicUrl, "");
  return reading.ok ? null : WORDS[reading.reason];
}
