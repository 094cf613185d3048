// How a period of the overview is cut into equal parts.
import { PERIOD_SECONDS } from "../../api/journal-api.ts";
import type { Period } from "../../api/journal-api.ts";

export type OverviewPeriod = {
  readonly period: Period;
  readonly bucketSeconds: number;
  readonly bucketCount: number;
  /** Where the first part begins: a whole multiple of their length since 1970. */
  readonly fromMs: number;
  /** In the last part, which is still running. */
  readonly untilMs: number;
};

const BUCKET_SECONDS: Readonly<Record<Period, number>> = { "1h": 60, "24h": 900, "7d": 7_200 };

export function cutPeriod(period: Period, nowMs: number): OverviewPeriod {
  const bucketSeconds = BUCKET_SECONDS[period];
  const bucketCount = PERIOD_SECONDS[period] / bucketSeconds;
  const bucketMs = bucketSeconds * 1_000;
  const lastFromMs = Math.floor(nowMs / bucketMs) * bucketMs;
  const fromMs = lastFromMs - (bucketCount - 1) * bucketMs;
  return { period, bucketSeconds, bucketCount, fromMs, untilMs: nowMs };
}
