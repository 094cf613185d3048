// Reads a layer's entries in few large texts: a million rows one by one cost seconds of calls.

import { sql } from "kysely";
import { keyLength } from "../../core/network/address-set-builder.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";

/** A page is put together by the database and taken apart here, in about a millisecond each. */
const PAGE_ROWS = 2000;

/**
 * All ranges of one family, a page of text after the other; in each, rows of the key of the start,
 * the key of the end and the id in digits, with commas between them. Start ascending, then the
 * wider range first. Only the index of the unique ranges is read, in its own order, and not the
 * rows (12 times faster with SQLite).
 */
export async function* readRangePages(
  read: ReadDatabase<Schema>,
  owner: string,
  family: 4 | 6,
): AsyncIterable<string> {
  let after = "";
  for (;;) {
    const ofFamily = sql`owner = ${owner} and family = ${family} and range_start > ${after}`;
    // A page ends with all ranges of its last start, for within a start the order turns round.
    const page = await readPage(
      read,
      sql`select range_start || range_end || id as packed, range_start, range_end
        from network_entry
        where ${ofFamily} and range_start <= (
          select max(range_start) from (
            select range_start from network_entry where ${ofFamily}
            order by range_start limit ${PAGE_ROWS}) as starts)`,
      sql`range_start, range_end desc`,
    );
    if (page === null) return;
    const lastRow = page.lastIndexOf(",") + 1;
    after = page.slice(lastRow, lastRow + keyLength(family));
    yield page;
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
      sql`select id || ':' || action || ':' || coalesce(expires_at, -1) as packed, id
        from network_entry
        where id > ${traits.ids.at(-1) ?? 0} and ${owned}
          and (action <> 'deny' or expires_at is not null)
        order by id limit ${PAGE_ROWS}`,
      sql`id`,
    );
    if (page === null) return traits;
    for (const packed of page.split(",")) {
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
  const countOf = (family: 4 | 6): number => rows.find((row) => row.family === family)?.count ?? 0;
  return { ipv4: countOf(4), ipv6: countOf(6) };
}

type SqlText = ReturnType<typeof sql>;

/** No packed row has a comma in it. Null when there are no more rows. */
async function readPage(
  read: ReadDatabase<Schema>,
  rows: SqlText,
  order: SqlText,
): Promise<string | null> {
  const page = sql<{ page: string | null }>`
    select string_agg(packed, ',' order by ${order}) as page from (${rows}) as page_rows`;
  const [row] = (await page.execute(read)).rows;
  return row?.page ?? null;
}
