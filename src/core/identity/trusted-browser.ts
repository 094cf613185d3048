// Decides whether a browser's sign-ins skip the second factor.
import type { TwoFactorRules } from "./identity-policy.ts";
import { TRUST_DAYS } from "./second-factor.ts";

const DAY_MS = 86_400_000;

/** @param trust of this user and browser; null: there is none */
export function isBrowserTrusted(
  trust: { readonly expiresAtMs: number } | null,
  rules: TwoFactorRules,
  nowMs: number,
): boolean {
  if (trust === null || rules.frequency !== "14-days-skip") return false;
  return nowMs < trust.expiresAtMs;
}

/** Fixed when the trust is given: using it does not move it. */
export function trustEndsAtMs(nowMs: number): number {
  return nowMs + TRUST_DAYS * DAY_MS;
}

/**
 * Trust that was given before must not be back when the rule is loosened once more. So it ends when
 * the rule is tightened, and what was given in that very moment ends when it is loosened.
 */
export function endsTrust(before: TwoFactorRules, after: TwoFactorRules): boolean {
  return before.frequency !== after.frequency;
}
