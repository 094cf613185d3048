// What the network gate answers, and the few ways to come to it.

import { NETWORK_STEPS } from "./network-steps.ts";
import type { NetworkReason } from "./network-steps.ts";

export type BanCause = "failed-authentication" | "webchat-requests" | "hard-limit" | "rate-limit";

/** What must change because of a decision; the server applies it. */
export type NetworkChange =
  | {
      readonly kind: "ban";
      readonly cause: BanCause;
      readonly layer: "platform" | "account";
      readonly holds: "everywhere" | "surface";
      readonly endsAtMs: number;
    }
  /** A protected address did what would have banned any other. */
  | { readonly kind: "alarm"; readonly cause: BanCause };

export type NetworkOutcome = {
  readonly verdict: "pass" | "refuse";
  readonly reason: NetworkReason;
  /** 200; 403 for deny list, ban and country; 429 for limits. */
  readonly status: number;
  /** Index of the deciding step in NETWORK_STEPS, or -1 when no rule matched. */
  readonly step: number;
  /** All steps' results, two bits each. */
  readonly stepBits: number;
  /** For the Retry-After header of a 429; else 0. */
  readonly retryAfterSeconds: number;
  readonly change: NetworkChange | null;
};

export type OverLimit = {
  readonly isProtected: boolean;
  /** Until one more request would be under the limit again. */
  readonly waitMs: number;
  readonly cause: BanCause;
  readonly holds: "everywhere" | "surface";
  readonly durationSeconds: number;
  readonly nowMs: number;
};

export function pass(step: number, stepBits: number): NetworkOutcome {
  return {
    verdict: "pass",
    reason: step === -1 ? "no-rule-matched" : NETWORK_STEPS[step]!.step,
    status: 200,
    step,
    stepBits,
    retryAfterSeconds: 0,
    change: null,
  };
}

export function refuse(step: number, stepBits: number): NetworkOutcome {
  return {
    verdict: "refuse",
    reason: NETWORK_STEPS[step]!.step,
    status: 403,
    step,
    stepBits,
    retryAfterSeconds: 0,
    change: null,
  };
}

/** Refused until the count is under the limit again, without a ban. */
export function slow(
  step: number,
  stepBits: number,
  slowed: { readonly waitMs: number; readonly change: NetworkChange | null },
): NetworkOutcome {
  return {
    ...refuse(step, stepBits),
    status: 429,
    retryAfterSeconds: Math.max(1, Math.ceil(slowed.waitMs / 1000)),
    change: slowed.change,
  };
}

/** Refused and banned; a protected address is slowed instead and raises an alarm. */
export function banForLimit(step: number, stepBits: number, over: OverLimit): NetworkOutcome {
  const { cause, waitMs } = over;
  if (over.isProtected) return slow(step, stepBits, { waitMs, change: { kind: "alarm", cause } });
  return {
    ...refuse(step, stepBits),
    status: 429,
    retryAfterSeconds: over.durationSeconds,
    change: {
      kind: "ban",
      cause,
      layer: NETWORK_STEPS[step]!.layer,
      holds: over.holds,
      endsAtMs: over.nowMs + over.durationSeconds * 1000,
    },
  };
}
