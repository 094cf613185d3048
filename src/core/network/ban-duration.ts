// How long an automatic ban lasts, with the optional doubling for repeats.

import type { BanRule } from "./network-policy.ts";

/** Bans older than this are no repeat. */
export const ESCALATION_MEMORY_MS = 30 * 86_400_000;

/**
 * Each repeat within 30 days doubles the interval, up to the rule's maximum.
 * @param repeats earlier bans of the same address within the last 30 days
 */
export function banDurationSeconds(rule: BanRule, repeats: number): number {
  if (!rule.escalation.enabled || repeats <= 0) return rule.durationSeconds;
  const doubled = rule.durationSeconds * 2 ** Math.min(repeats, 30);
  return Math.min(doubled, rule.escalation.durationSecondsMax);
}
