// The secrets and codes of authenticator apps (RFC 6238, RFC 4226).
import { randomBytes } from "node:crypto";
import { HOTP, Secret, TOTP } from "otpauth";
import { isSameSecret } from "./is-same-secret.ts";

/** RFC 4226, section 4, R6: 160 bits, the length of the hash. */
const SECRET_BYTES = 20;
const DIGITS = 6;
const PERIOD_SECONDS = 30;
/** What every app understands; several ignore any other. */
const ALGORITHM = "SHA1";

export function newAppSecret(): Uint8Array {
  return randomBytes(SECRET_BYTES);
}

/** Base32 without padding, as people type it into an app. */
export function encodeAppSecret(secret: Uint8Array): string {
  return toSecret(secret).base32;
}

/** `otpauth://totp/…`, the content of the QR code. */
export function appUri(named: {
  readonly secret: Uint8Array;
  readonly issuer: string;
  readonly account: string;
}): string {
  const { issuer, account: label } = named;
  const secret = toSecret(named.secret);
  const period = PERIOD_SECONDS;
  return new TOTP({
    issuer,
    label,
    secret,
    algorithm: ALGORITHM,
    digits: DIGITS,
    period,
  }).toString();
}

/** `step` counts spans of thirty seconds since 1970. */
export function appCodeAt(wanted: {
  readonly secret: Uint8Array;
  readonly step: number;
  readonly digits?: number;
}): string {
  return codeAt(toSecret(wanted.secret), wanted.step, wanted.digits ?? DIGITS);
}

/** The nearest step that the code belongs to, of two as near the earlier; null: none. */
export function findAppStep(wanted: {
  readonly secret: Uint8Array;
  readonly code: string;
  readonly nowStep: number;
  readonly stepsEitherWay: number;
}): number | null {
  const { code, nowStep, stepsEitherWay } = wanted;
  const secret = toSecret(wanted.secret);
  for (let distance = 0; distance <= stepsEitherWay; distance += 1) {
    for (const step of distance === 0 ? [nowStep] : [nowStep - distance, nowStep + distance]) {
      if (step >= 0 && isSameSecret(codeAt(secret, step, DIGITS), code)) return step;
    }
  }
  return null;
}

function codeAt(secret: Secret, counter: number, digits: number): string {
  return HOTP.generate({ secret, algorithm: ALGORITHM, digits, counter });
}

/** A copy: a Buffer may show a part of a larger memory, which otpauth would take whole. */
function toSecret(secret: Uint8Array): Secret {
  return new Secret({ buffer: Uint8Array.from(secret).buffer });
}
