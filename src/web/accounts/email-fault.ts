// Says as one types what an e-mail address lacks; the server has the last word.
import { parseEmailAddress } from "../../core/accounts/email-address.ts";

export function emailFault(text: string): string | null {
  const read = parseEmailAddress(text, toAsciiDomain);
  return read.ok ? null : read.reason;
}

/** A browser's own conversion (UTS #46); an empty text when the domain has no such form. */
function toAsciiDomain(domain: string): string {
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return "";
  }
}
