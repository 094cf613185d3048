// How an API token looks, so that anything else is refused without asking the store.
import { randomToken } from "../../platform/crypto/random.ts";

const TOKEN_BYTES = 32;
const TOKEN_FORM = /^pst_[A-Za-z0-9_-]{43}$/;

/** The prefix lets people and secret scanners recognise a token that went astray. */
export function createTokenText(): string {
  return `pst_${randomToken(TOKEN_BYTES)}`;
}

export function isTokenText(text: string): boolean {
  return TOKEN_FORM.test(text);
}

/** `absent`: no credentials of ours were sent, which is no offence. */
export type BearerCredentials =
  | { readonly kind: "absent" }
  | { readonly kind: "bearer"; readonly text: string };

/** Reads `Authorization: Bearer …` (RFC 6750, 2.1); other schemes are none of ours. */
export function readBearer(header: string | undefined): BearerCredentials {
  const match = /^bearer(?: +(.*))?$/i.exec(header ?? "");
  if (match === null) return { kind: "absent" };
  return { kind: "bearer", text: (match[1] ?? "").trim() };
}
