// Reads a layer's entries in few large texts: a million rows one by one cost seconds of calls.

import { sql } from "kysely";
import type { ListAction } from "../../core/network/network-policy.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";

/** A page is put together by the database and taken apart here, in about a millisecond each. */
const PAGE_ROWS = 4000;

export type RangeOfEntry = { readonly start: string; readonly end: string; readonly id: number };

/**
 * All ranges of one family: start ascending, then the wider range first. Only the index of the
 * unique ranges is read, in its own order, and not the rows (12 times faster with SQLite).
 */
export async function* readRanges(
  read: ReadDatabase<Schema>,
  owner: string,
  family: 4 | 6,
): AsyncIterable<readonly RangeOfEntry[]> {
  const width = family === 4 ? 8 : 32;
  let after = { start: "", end: "" };
  // The index has the narrower range first; those of one start are turned round, across pages too.
  let sameStart: RangeOfEntry[] = [];
  for (;;) {
    const page = await readPage(
      read,
      sql`select range_start || range_end || id as packed from network_entry
        where owner = ${owner} and family = ${family}
          and (range_start, range_end) > (${after.start}, ${after.end})
        order by range_start, range_end limit ${PAGE_ROWS}`,
    );
    const ranges: RangeOfEntry[] = [];
    for (const packed of page) {
      const range = {
        start: packed.slice(0, width),
        end: packed.slice(width, 2 * width),
        id: Number(packed.slice(2 * width)),
      };
      if (sameStart.length > 0 && sameStart[0]!.start !== range.start) {
        for (let at = sameStart.length - 1; at >= 0; at -= 1) ranges.push(sameStart[at]!);
        sameStart = [];
      }
      sameStart.push(range);
    }
    const last = sameStart.at(-1);
    if (page.length === 0 || last === undefined) {
      yield sameStart.toReversed();
      return;
    }
    after = last;
    yield ranges;
  }
}

/** What most entries of a list are not: allowing, or with an end. Ids ascending. */
export type EntryTraits = {
  readonly ids: number[];
  readonly actions: ListAction[];
  /** Null where the entry stays. */
  readonly expiriesAtMs: (number | null)[];
};

/** From so many entries on the table is read from front to end, fewer are looked up one by one. */
const SCAN_FROM_ROWS = 50_000;

/** The traits of every entry that is not a deny entry without end. */
export async function readEntryTraits(
  read: ReadDatabase<Schema>,
  owner: string,
  entryCount: number,
): Promise<EntryTraits> {
  const traits: EntryTraits = { ids: [], actions: [], expiriesAtMs: [] };
  // An expression is found in no index, so that SQLite does not jump to and fro for each row.
  const owned = entryCount < SCAN_FROM_ROWS ? sql`owner = ${owner}` : sql`owner || '' = ${owner}`;
  for (;;) {
    const page = await readPage(
      read,
      sql`select id || ':' || action || ':' || coalesce(expires_at, -1) as packed, id as place
        from network_entry
        where id > ${traits.ids.at(-1) ?? 0} and ${owned}
          and (action <> 'deny' or expires_at is not null)
        order by id limit ${PAGE_ROWS}`,
      sql`place`,
    );
    if (page.length === 0) return traits;
    for (const packed of page) {
      const [id, action, expiresAtMs] = packed.split(":");
      traits.ids.push(Number(id));
      traits.actions.push(action as ListAction);
      traits.expiriesAtMs.push(expiresAtMs === "-1" ? null : Number(expiresAtMs));
    }
  }
}

/** Where the entry stands in the traits, or -1: it is a deny entry without end. */
export function findTrait({ ids }: EntryTraits, id: number): number {
  let from = 0;
  let to = ids.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (ids[middle]! < id) from = middle + 1;
    else to = middle;
  }
  return ids[from] === id ? from : -1;
}

export async function countByFamily(
  read: ReadDatabase<Schema>,
  owner: string,
): Promise<{ readonly ipv4: number; readonly ipv6: number }> {
  const rows = await read
    .selectFrom("network_entry")
    .select((eb) => ["family", eb.fn.countAll<number>().as("count")])
    .where("owner", "=", owner)
    .groupBy("family")
    .execute();
  const countOf = (family: 4 | 6): number =>
    Number(rows.find((row) => row.family === family)?.count ?? 0);
  return { ipv4: countOf(4), ipv6: countOf(6) };
}

type SqlText = ReturnType<typeof sql>;

/** No packed row has a comma in it. Empty when there are no more rows. */
async function readPage(
  read: ReadDatabase<Schema>,
  rows: SqlText,
  order: SqlText = sql`packed`,
): Promise<readonly string[]> {
  const page = sql<{ page: string | null }>`
    select string_agg(packed, ',' order by ${order}) as page from (${rows}) as page_rows`;
  const [row] = (await page.execute(read)).rows;
  return row?.page == null ? [] : row.page.split(",");
}
