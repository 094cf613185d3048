// The network rules in the order they are looked at, and how their results are packed.

import type { StepResult } from "../decision.ts";

/**
 * INVARIANT: this order is the contract. The platform's policy comes first, then the account's own
 * in the same order; the first step that decides ends the search.
 */
export const NETWORK_STEPS = [
  { step: "on-allow-list", layer: "platform" },
  { step: "on-deny-list", layer: "platform" },
  { step: "on-subscribed-list", layer: "platform" },
  { step: "banned", layer: "platform" },
  { step: "over-hard-limit", layer: "platform" },
  { step: "country-denied", layer: "platform" },
  { step: "over-webchat-limit", layer: "platform" },
  { step: "over-rate-limit", layer: "platform" },
  { step: "on-allow-list", layer: "account" },
  { step: "on-deny-list", layer: "account" },
  { step: "banned", layer: "account" },
  { step: "country-denied", layer: "account" },
  { step: "over-rate-limit", layer: "account" },
] as const;

export type NetworkStepName = (typeof NETWORK_STEPS)[number]["step"];

/** The closed list of reasons of the network gate; never reused for another meaning. */
export type NetworkReason = NetworkStepName | "no-rule-matched";

/** Index into NETWORK_STEPS. */
export const STEP = {
  platformAllow: 0,
  platformDeny: 1,
  subscribed: 2,
  platformBan: 3,
  hardLimit: 4,
  platformCountry: 5,
  webchatLimit: 6,
  platformRate: 7,
  accountAllow: 8,
  accountDeny: 9,
  accountBan: 10,
  accountCountry: 11,
  accountRate: 12,
} as const;

// Two bits a step: 13 steps fit a small integer, so recording them allocates nothing.
const RESULTS: readonly StepResult[] = ["not-applicable", "not-matched", "matched", "monitored"];
export const NOT_MATCHED = 1;
export const MATCHED = 2;
export const MONITORED = 3;

export function withResult(bits: number, step: number, result: number): number {
  return bits | (result << (step * 2));
}

export function resultOf(bits: number, step: number): StepResult {
  return RESULTS[(bits >>> (step * 2)) & 3]!;
}

/** The first step that would have refused but for monitor mode, or -1. */
export function firstMonitored(bits: number): number {
  for (let step = 0; step < NETWORK_STEPS.length; step += 1) {
    if (((bits >>> (step * 2)) & 3) === MONITORED) return step;
  }
  return -1;
}
