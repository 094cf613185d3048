// An authenticator app as a person has it on a phone: a secret, and codes by a clock.
import { Secret, TOTP } from "otpauth";
import { TIME_STEP_MS, timeStepAt } from "../../src/core/identity/time-step.ts";

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
  // By the library alone: a mistake of ours must not be in both.
  const entry = new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 });
  let lastStep = 0;

  function codeAt(stepsFromNow = 0): string {
    return entry.generate({ timestamp: clock.nowMs() + stepsFromNow * TIME_STEP_MS });
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
