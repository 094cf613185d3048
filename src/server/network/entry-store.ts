// Keeps address-list entries in SQL; every function takes the owner, so tenancy sits below routes.

import type { Transaction } from "kysely";
import { rangeKeys } from "../../core/network/address-range.ts";
import type { AddressRange } from "../../core/network/address-range.ts";
import type { PolicyOwner } from "../../core/accounts/account.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";

export type StoredEntry = {
  readonly id: number;
  readonly owner: PolicyOwner;
  readonly action: ListAction;
  readonly family: 4 | 6;
  readonly range_start: string;
  readonly range_end: string;
  readonly note: string;
  readonly author: string;
  readonly created_at: number;
  readonly expires_at: number | null;
};

export type EntryFields = {
  readonly owner: PolicyOwner;
  readonly range: AddressRange;
  readonly action: ListAction;
  readonly note: string;
  readonly author: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | null;
};

const COLUMNS = [
  "id",
  "owner",
  "action",
  "family",
  "range_start",
  "range_end",
  "note",
  "author",
  "created_at",
  "expires_at",
] as const;

/** The entry of exactly this range, whatever its action. */
export async function findEntryOfRange(
  read: ReadDatabase<Schema>,
  owner: PolicyOwner,
  range: AddressRange,
): Promise<StoredEntry | undefined> {
  const { start, end } = rangeKeys(range);
  const row = await read
    .selectFrom("network_entry")
    .select(COLUMNS)
    .where("owner", "=", owner)
    .where("family", "=", range.family)
    .where("range_start", "=", start)
    .where("range_end", "=", end)
    .executeTakeFirst();
  return row as StoredEntry | undefined;
}

export async function findEntries(
  read: ReadDatabase<Schema>,
  owner: PolicyOwner,
  ids: readonly number[],
): Promise<readonly StoredEntry[]> {
  if (ids.length === 0) return [];
  const rows = await read
    .selectFrom("network_entry")
    .select(COLUMNS)
    .where("owner", "=", owner)
    .where("id", "in", [...ids])
    .orderBy("id")
    .execute();
  return rows as StoredEntry[];
}

/** @returns null when an entry of exactly this range exists already */
export async function insertEntry(
  trx: Transaction<Schema>,
  entry: EntryFields,
): Promise<StoredEntry | null> {
  const { start, end } = rangeKeys(entry.range);
  const row = await trx
    .insertInto("network_entry")
    .values({
      owner: entry.owner,
      action: entry.action,
      family: entry.range.family,
      range_start: start,
      range_end: end,
      note: entry.note,
      author: entry.author,
      created_at: entry.createdAtMs,
      expires_at: entry.expiresAtMs,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(COLUMNS)
    .executeTakeFirst();
  return (row as StoredEntry | undefined) ?? null;
}

export async function updateEntry(
  trx: Transaction<Schema>,
  at: { readonly owner: PolicyOwner; readonly id: number },
  change: {
    readonly action?: ListAction;
    readonly note?: string;
    readonly expires_at?: number | null;
  },
): Promise<StoredEntry | null> {
  const row = await trx
    .updateTable("network_entry")
    .set(change)
    .where("owner", "=", at.owner)
    .where("id", "=", at.id)
    .returning(COLUMNS)
    .executeTakeFirst();
  return (row as StoredEntry | undefined) ?? null;
}

/** Deletes those of the ids that exist and gives them back. */
export async function deleteEntries(
  trx: Transaction<Schema>,
  owner: PolicyOwner,
  ids: readonly number[],
): Promise<readonly StoredEntry[]> {
  const deleted: StoredEntry[] = [];
  for (let index = 0; index < ids.length; index += 500) {
    const rows = await trx
      .deleteFrom("network_entry")
      .where("owner", "=", owner)
      .where("id", "in", ids.slice(index, index + 500))
      .returning(COLUMNS)
      .execute();
    deleted.push(...(rows as StoredEntry[]));
  }
  return deleted;
}

export type EntryFilter = {
  readonly owner: PolicyOwner;
  readonly action: ListAction | null;
  /** Part of a note; `%` and `_` stand for themselves. */
  readonly noteContains: string | null;
  readonly afterId: number;
  readonly limit: number;
};

export async function listEntries(
  read: ReadDatabase<Schema>,
  filter: EntryFilter,
): Promise<readonly StoredEntry[]> {
  const { noteContains, action } = filter;
  const rows = await read
    .selectFrom("network_entry")
    .select(COLUMNS)
    .where("owner", "=", filter.owner)
    .where("id", ">", filter.afterId)
    .$if(action !== null, (query) => query.where("action", "=", action!))
    .$if(noteContains !== null, (query) =>
      query.where((eb) =>
        eb(
          eb.fn<string>("replace", ["note", eb.val(noteContains), eb.val("")]),
          "!=",
          eb.ref("note"),
        ),
      ),
    )
    .orderBy("id")
    .limit(filter.limit)
    .execute();
  return rows as StoredEntry[];
}

const STREAM_ROWS = 1000;

/** All entries of an owner, by id, in chunks: for exports. */
export function streamEntriesById(
  read: ReadDatabase<Schema>,
  owner: PolicyOwner,
  action: ListAction | null,
): AsyncIterable<StoredEntry> {
  return read
    .selectFrom("network_entry")
    .select(COLUMNS)
    .where("owner", "=", owner)
    .$if(action !== null, (query) => query.where("action", "=", action!))
    .orderBy("id")
    .stream(STREAM_ROWS) as AsyncIterable<StoredEntry>;
}

/** Which actions there are, and how many entries of each. */
export async function countByAction(
  read: ReadDatabase<Schema>,
  owner: PolicyOwner,
): Promise<readonly { readonly action: string; readonly count: number }[]> {
  const rows = await read
    .selectFrom("network_entry")
    .select((eb) => ["action", eb.fn.countAll<number>().as("count")])
    .where("owner", "=", owner)
    .groupBy("action")
    .execute();
  return rows;
}
