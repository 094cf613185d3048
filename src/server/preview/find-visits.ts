// Adds up the visits of a range of addresses from the journal's minutes.

import { sql } from "kysely";
import { rangeKeys } from "../../core/network/address-range.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import type { TouchedPlace } from "./find-touches.ts";

export type Visits = {
  readonly requests: number;
  /** So many at the most: more are not told apart. */
  readonly addresses: number;
  readonly accounts: string[];
};

const ADDRESSES_MAX = 10_000;
const MINUTE_MS = 60_000;
/** So many minutes a statement, for none to hold the store's thread for long. */
const SLICE_MINUTES = 120;
const MINUTES_MAX = 1440;

type Slice = { readonly fromMinute: number; readonly untilMinute: number };

export async function findVisits(read: ReadDatabase<Schema>, place: TouchedPlace): Promise<Visits> {
  const requestsOf = new Map<string, number>();
  const addresses = new Set<string>();
  const firstMinute = Math.floor(place.sinceMs / MINUTE_MS);
  for (let passed = 0; passed <= MINUTES_MAX; passed += SLICE_MINUTES) {
    const fromMinute = firstMinute + passed;
    const slice = { fromMinute, untilMinute: fromMinute + SLICE_MINUTES };
    for (const { account, requests } of await sumRequests(read, place, slice)) {
      requestsOf.set(account, (requestsOf.get(account) ?? 0) + requests);
    }
    if (addresses.size >= ADDRESSES_MAX) continue;
    for (const key of await listAddresses(read, place, slice)) addresses.add(key);
  }
  return {
    requests: [...requestsOf.values()].reduce((sum, requests) => sum + requests, 0),
    addresses: Math.min(addresses.size, ADDRESSES_MAX),
    accounts: [...requestsOf.keys()].filter((code) => code !== "").toSorted(),
  };
}

async function sumRequests(
  read: ReadDatabase<Schema>,
  place: TouchedPlace,
  slice: Slice,
): Promise<readonly { readonly account: string; readonly requests: number }[]> {
  // PostgreSQL adds up whole numbers to a numeric, which drivers hand over as text.
  const query = sql<{ account: string; requests: number }>`
    select account, cast(sum(requests) as bigint) as requests
    from ${visitsOf(place, slice)} group by account`;
  return (await query.execute(read)).rows;
}

async function listAddresses(
  read: ReadDatabase<Schema>,
  place: TouchedPlace,
  slice: Slice,
): Promise<readonly string[]> {
  const query = sql<{ address_start: string }>`
    select distinct address_start from ${visitsOf(place, slice)} limit ${ADDRESSES_MAX}`;
  return (await query.execute(read)).rows.map((row) => row.address_start);
}

/** Minute by minute: then the primary key finds the range, and no other rows are read. */
function visitsOf({ range, within }: TouchedPlace, { fromMinute, untilMinute }: Slice) {
  const { start, end } = rangeKeys(range);
  const ofAccount = within === null ? sql`` : sql`and account = ${within.code}`;
  return sql`(
    with recursive minutes (number) as (
      select cast(${fromMinute} as bigint)
      union all
      select number + 1 from minutes where number < ${untilMinute - 1}
    )
    select account, address_start, requests
    from minutes cross join journal_visit
    where minute = number and family = ${range.family}
      and address_start >= ${start} and address_start <= ${end} ${ofAccount}
  ) as visits`;
}
