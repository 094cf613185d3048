// A list that others keep: what it is called, where it is read, how often, and in which mode.

import type { Mode } from "./network-policy.ts";

export const SUBSCRIPTION_FORMATS = [
  "auto",
  "plain",
  "csv",
  "netset",
  "spamhaus-drop",
  "crowdsec",
] as const;
export type SubscriptionFormat = (typeof SUBSCRIPTION_FORMATS)[number];

/** Every new one begins here: it is seen what a list would refuse before it refuses anybody. */
export const FIRST_MODE: Mode = "monitor";

export const SUBSCRIPTION_BOUNDS = {
  /** Whoever keeps a list asks not to be asked more often, most of them than once an hour. */
  intervalSeconds: { minimum: 300, maximum: 2_592_000 },
  subscriptionsMax: 50,
  nameLengthMax: 64,
  sourceLengthMax: 2048,
} as const;

export const INTERVAL_SECONDS_DEFAULT = 86_400;

/** What is accepted of one copy. */
export const COPY_BOUNDS = {
  bytesMax: 33_554_432,
  /** A document of JSON is read as a whole, in one go. */
  documentBytesMax: 8_388_608,
  rangesMax: 500_000,
  secondsMax: 60,
  /** So many lines in a hundred may be unreadable, and always so many. */
  badLinesPercentMax: 5,
  badLinesAlways: 10,
} as const;

/** Whether a copy has so many bad lines that it is hardly the list it claims to be. */
export function hasTooManyBadLines(lines: { readonly good: number; readonly bad: number }) {
  const { good, bad } = lines;
  if (bad <= COPY_BOUNDS.badLinesAlways) return good === 0 && bad > 0;
  return bad * 100 > (good + bad) * COPY_BOUNDS.badLinesPercentMax;
}

/** A list that loses most of itself at once is more often broken than better. */
export function hasShrunkTooMuch(rangesBefore: number, rangesNow: number): boolean {
  return rangesNow * 2 < rangesBefore;
}
