// Takes out of a checked ID token what the rest of the program goes by.
import type { IdTokenClaims } from "./check-id-token.ts";

export type IdTokenFacts = {
  readonly issuer: string;
  readonly subject: string;
  /** Microsoft's `tid`, in lower case; empty where there is none. */
  readonly tenant: string;
  /** As the provider calls the person: shown, never compared. */
  readonly accountShown: string;
  /** RFC 8176. */
  readonly amr: readonly string[];
  readonly acr: string | null;
};

const SHOWN_LENGTH = 200;
const SHOWN_CLAIMS = ["email", "preferred_username", "upn", "name", "sub"] as const;

/** `claims` have passed `checkIdToken`. */
export function idTokenFacts(claims: IdTokenClaims, isMicrosoft: boolean): IdTokenFacts {
  const { iss, sub, tid, amr, acr } = claims;
  return {
    issuer: textOf(iss),
    subject: textOf(sub),
    tenant: isMicrosoft ? textOf(tid).toLowerCase() : "",
    accountShown: accountShownOf(claims),
    amr: Array.isArray(amr) ? amr.filter((method) => typeof method === "string") : [],
    acr: typeof acr === "string" ? acr : null,
  };
}

function accountShownOf(claims: IdTokenClaims): string {
  for (const name of SHOWN_CLAIMS) {
    const shown = toShown(textOf(claims[name]));
    if (shown !== "") return shown;
  }
  return "";
}

/**
 * Without controls, line ends and format characters: those that turn the direction of writing would
 * let `moc.elpmaxe@ada` be read as another address.
 */
function toShown(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "").trim();
  return Array.from(plain).slice(0, SHOWN_LENGTH).join("");
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
