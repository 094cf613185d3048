// An authenticator app as the suites hold it in their hand: knows the URI, shows codes.

import { URI } from "otpauth";
import type { TOTP } from "otpauth";

export type Authenticator = {
  /** Base32, without the spaces it may be shown with. */
  readonly secret: string;
  /** What the app names the entry. */
  readonly issuer: string;
  readonly label: string;
  readonly codeAt: (nowMs: number) => string;
};

/** @param uri otpauth://totp/… as the QR code holds it */
export function openAuthenticator(uri: string): Authenticator {
  const entry = URI.parse(uri) as TOTP;
  return {
    secret: entry.secret.base32,
    issuer: entry.issuer,
    label: entry.label,
    codeAt: (nowMs) => entry.generate({ timestamp: nowMs }),
  };
}
