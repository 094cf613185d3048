// Reads the published keys of a provider, and how long they may be relied on.
import { OpenIdError } from "./open-id-error.ts";

export type KeySet = {
  /** As sent; openid-client reads it again. */
  readonly text: string;
  readonly keys: readonly Readonly<Record<string, unknown>>[];
};

const GOOD_MIN_MS = 300_000;
const GOOD_MAX_MS = 86_400_000;
/** 2048 bits in base64url: anything less is not verified with. */
const RSA_MODULUS_LENGTH_MIN = 341;

/** Throws `OpenIdError`. */
export function readKeySet(text: string): KeySet {
  try {
    const value = JSON.parse(text) as { readonly keys?: unknown } | null;
    const keys: unknown = value?.keys;
    if (Array.isArray(keys) && keys.every((key) => typeof key === "object" && key !== null)) {
      return { text, keys: keys as KeySet["keys"] };
    }
  } catch {
    // Said below.
  }
  throw new OpenIdError("unreachable", "What stands at the provider's jwks_uri is no set of keys.");
}

/** Cache-Control's max-age, between five minutes and a day. */
export function keysGoodForMs(cacheControl: string | null): number {
  const seconds = /(?:^|[\s,])max-age="?(\d{1,9})/i.exec(cacheControl ?? "")?.[1];
  return Math.min(Math.max(Number(seconds ?? 0) * 1000, GOOD_MIN_MS), GOOD_MAX_MS);
}

/** A token without a kid is looked for among all keys, so any set will do. */
export function hasKey(set: KeySet, kid: string | null): boolean {
  return kid === null || set.keys.some((key) => key["kid"] === kid);
}

/** How many of the keys signatures may be verified with. */
export function countSigningKeys(set: KeySet): number {
  return set.keys.filter((key) => {
    const { kty, use, n } = key;
    if (use !== undefined && use !== "sig") return false;
    if (kty === "RSA") return typeof n === "string" && n.length >= RSA_MODULUS_LENGTH_MIN;
    return kty === "EC" || kty === "OKP";
  }).length;
}
