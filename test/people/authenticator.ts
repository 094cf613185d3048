// An authenticator app as a person has it on a phone: a secret, and codes by a clock.
import { Secret } from "otpauth";
import { TIME_STEP_MS, timeStepAt } from "../../src/core/identity/time-step.ts";
import { appCodeAt } from "../../src/platform/crypto/app-codes.ts";

export type Authenticator = {
  /** Base32, without spaces. */
  readonly secret: string;
  /** What the app shows now, or showed or will show so many time steps from now. */
  readonly codeAt: (stepsFromNow?: number) => string;
  /** One that this function has not given before: a person waits for the next one. */
  readonly freshCode: () => string;
};

/** @param shown base32, in groups or not */
export function createAuthenticator(
  shown: string,
  clock: { readonly nowMs: () => number; readonly advance: (ms: number) => void },
): Authenticator {
  const secret = shown.replaceAll(" ", "").toUpperCase();
  const bytes = new Uint8Array(Secret.fromBase32(secret).buffer);
  let lastStep = 0;

  function codeAt(stepsFromNow = 0): string {
    return appCodeAt({ secret: bytes, step: timeStepAt(clock.nowMs()) + stepsFromNow });
  }

  return {
    secret,
    codeAt,
    freshCode: () => {
      if (timeStepAt(clock.nowMs()) <= lastStep) clock.advance(TIME_STEP_MS);
      lastStep = timeStepAt(clock.nowMs());
      return codeAt();
    },
  };
}
