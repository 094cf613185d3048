// What is looked for in Activity, as it stands in the page's address and as the server is asked.
import type { EventQuery, TailQuery } from "../../api/journal-api.ts";

/** Named as the API's filters are, and `period` for a time that goes along with the clock. */
export const FILTER_NAMES = [
  "group",
  "kind",
  "verdict",
  "reason",
  "surface",
  "account",
  "user",
  "address",
  "country",
  "period",
  "since",
  "until",
] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

/** Null: not narrowed by it. Anybody may have written it. */
export type ActivityFilter = Readonly<Record<FilterName, string | null>>;

/** @param search the address's query as the router reads it: 7 is a number there */
export function readActivityFilter(search: Readonly<Record<string, unknown>>): ActivityFilter {
  const pairs = FILTER_NAMES.map((name) => [name, textOf(search[name])]);
  return Object.fromEntries(pairs) as ActivityFilter;
}

function textOf(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : null;
}

export function isNarrowed(filter: ActivityFilter): boolean {
  return Object.values(filter).some((value) => value !== null);
}

/** A value that the server knows nothing of is sent as it is: it says what is accepted. */
export function eventQueryOf(filter: ActivityFilter): EventQuery {
  const given = Object.entries(filter).filter(([, value]) => value !== null);
  return Object.fromEntries(given);
}

/** What a tail is asked with: it has neither beginning nor end. */
export function tailQueryOf(filter: ActivityFilter): TailQuery {
  const { period: _period, since: _since, until: _until, ...query } = eventQueryOf(filter);
  return query;
}

/** Nothing new can come where the time that is looked at is over. */
export function canFollow({ until }: ActivityFilter, nowMs: number): boolean {
  return until === null || Date.parse(until) > nowMs;
}
