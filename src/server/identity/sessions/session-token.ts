// The secrets of sessions and browsers: random text for the cookie, its hash for the store.
import { randomToken } from "../../../platform/crypto/random.ts";
import { sha256Hex } from "../../../platform/crypto/sha256-hex.ts";

export type NewSessionToken = {
  /** For the cookie; never stored. */
  readonly token: string;
  readonly tokenHash: string;
};

const TOKEN_BYTES = 32;

/** 32 bytes in base64url have 43 characters, of which the last carries four bits only. */
const TOKEN_TEXT = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

export function createSessionToken(): NewSessionToken {
  const token = randomToken(TOKEN_BYTES);
  return { token, tokenHash: sha256Hex(token) };
}

export function isSessionToken(text: string): boolean {
  return text.length === 43 && TOKEN_TEXT.test(text);
}
