// How far Overview looks back, and how that is said.
import type { PERIODS as ApiPeriods } from "../../api/journal-api.ts";
import { useUrlFilter } from "../shell/url-filter.ts";

export type Period = (typeof ApiPeriods)[number];
export const PERIODS = ["1h", "24h", "7d"] as const satisfies readonly Period[];

/** One that shows something also in a quiet hour. */
const DEFAULT_PERIOD: Period = "24h";

export const PERIOD_WORDS: Readonly<
  Record<Period, { readonly name: string; readonly said: string; readonly bucket: string }>
> = {
  "1h": { name: "1 hour", said: "in the last hour", bucket: "each minute" },
  "24h": { name: "24 hours", said: "in the last 24 hours", bucket: "each quarter of an hour" },
  "7d": { name: "7 days", said: "in the last 7 days", bucket: "every two hours" },
};

export function isPeriod(value: unknown): value is Period {
  return PERIODS.some((period) => period === value);
}

/** It stands in the page's address; whatever else stands there is the default. */
export function usePeriod(): readonly [Period, (period: Period) => void] {
  const [value, setValue] = useUrlFilter("period");
  return [isPeriod(value) ? value : DEFAULT_PERIOD, setValue];
}
