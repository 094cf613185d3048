// What must hold of an ID token beside all that openid-client checks.
import { isTenantId, issuerOfTenant } from "./microsoft-issuer.ts";
import { OpenIdError } from "./open-id-error.ts";

export type IdTokenClaims = Readonly<Record<string, unknown>>;

export type IdTokenExpected = {
  readonly alg: unknown;
  readonly clientId: string;
  readonly isMicrosoft: boolean;
  /** `iss` of the callback (RFC 9207); null: there was none. */
  readonly issuerInAnswer: string | null;
  readonly nowMs: number;
};

/** Signed by a key that only the provider has. With a shared secret anybody who knows it signs. */
export const SIGNING_ALGORITHMS: ReadonlySet<unknown> = new Set(
  "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519".split(" "),
);

const SKEW_SECONDS = 60;

/**
 * Signature, iss, aud, exp, nbf and nonce were checked before; throws `OpenIdError` for the rest
 * (OpenID Connect Core 1.0, 3.1.3.7).
 */
export function checkIdToken(claims: IdTokenClaims, expected: IdTokenExpected): void {
  const { iat, sub, azp, tid, iss, aud } = claims;
  if (!SIGNING_ALGORITHMS.has(expected.alg)) refuse("it is not signed with an asymmetric key");
  // A token from the future would be good for longer than it says.
  if (typeof iat !== "number" || iat * 1000 > expected.nowMs + SKEW_SECONDS * 1000) {
    refuse("iat is in the future; compare the clocks of both sides");
  }
  if (typeof sub !== "string" || !/^[\x21-\x7e]{1,255}$/.test(sub)) {
    refuse("sub is not 1 to 255 visible characters");
  }
  if (azp !== undefined && azp !== expected.clientId) refuse("azp names another client");
  if (Array.isArray(aud) && aud.length > 1 && azp === undefined) {
    refuse("aud names other clients beside this one, and azp is missing");
  }
  if (expected.isMicrosoft) {
    if (!isTenantId(tid)) refuse("tid is not the id of a tenant");
    if (iss !== issuerOfTenant(tid)) refuse("tid is not the tenant of iss");
  }
  if (expected.issuerInAnswer !== null && expected.issuerInAnswer !== iss) {
    refuse("iss is not the issuer that the answer named");
  }
}

function refuse(why: string): never {
  throw new OpenIdError("token", `The ID token could not be accepted: ${why}.`);
}
