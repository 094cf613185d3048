// What is looked for in the library, as it stands in the address and as the server is asked.
import type { RecordingQuery } from "../../api/recordings-api.ts";

export const LENGTHS = {
  short: { label: "Under 30 seconds", secondsMax: 29 },
  medium: { label: "30 seconds to 5 minutes", secondsMin: 30, secondsMax: 299 },
  long: { label: "5 minutes and more", secondsMin: 300 },
} as const;
export type LengthName = keyof typeof LENGTHS;

export type RecordingFilter = {
  /** Part of a number, its label, a caller or a name; empty: everything. */
  readonly search: string;
  /** Null: every account the viewer may see. */
  readonly account: string | null;
  readonly number: string;
  readonly caller: string;
  /** Days as `2027-03-04`, both included; null: from the first, to the last. */
  readonly from: string | null;
  readonly to: string | null;
  readonly length: LengthName | null;
};

export function isFiltered(filter: RecordingFilter): boolean {
  return Object.values(filter).some((value) => value !== null && value !== "");
}

export function isLengthName(value: string | null): value is LengthName {
  return value !== null && Object.hasOwn(LENGTHS, value);
}

type FilterQuery = Omit<RecordingQuery, "after" | "limit">;

/** Days begin and end by the viewer's clock. */
export function queryOfFilter(filter: RecordingFilter): FilterQuery {
  const { search, account, number, caller, from, to, length } = filter;
  const since = from === null ? null : startOfDay(from, 0);
  const until = to === null ? null : startOfDay(to, 1);
  const { label: _label, ...seconds } = length === null ? { label: "" } : LENGTHS[length];
  return {
    ...(search === "" ? {} : { search }),
    ...(account === null ? {} : { account }),
    ...(number === "" ? {} : { number: withoutSpaces(number) }),
    ...(caller === "" ? {} : { caller: withoutSpaces(caller) }),
    ...(since === null ? {} : { since }),
    ...(until === null ? {} : { until }),
    ...seconds,
  };
}

/** Numbers are shown in groups, and typed so. */
function withoutSpaces(text: string): string {
  return /^[+\d\s()-]+$/.test(text) ? text.replaceAll(/[\s()-]/g, "") : text;
}

/** Null: no day. An address is written by anybody. */
function startOfDay(day: string, daysAfter: number): string | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (year === undefined) return null;
  const start = new Date(Number(year), Number(month) - 1, Number(date) + daysAfter);
  return Number.isNaN(start.getTime()) ? null : start.toISOString();
}
