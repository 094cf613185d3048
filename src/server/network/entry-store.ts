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
  readonly version: number;
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
  "version",
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

type EntryPlace = { readonly owner: PolicyOwner; readonly id: number };

/**
 * As it is, and as it stays until the end of this transaction: a write of nothing waits for who
 * changes it now, on every engine.
 * @returns null when there is no such entry
 */
export async function lockEntry(
  trx: Transaction<Schema>,
  { owner, id }: EntryPlace,
): Promise<StoredEntry | null> {
  const row = await trx
    .updateTable("network_entry")
    .set((eb) => ({ version: eb.ref("version") }))
    .where("owner", "=", owner)
    .where("id", "=", id)
    .returning(COLUMNS)
    .executeTakeFirst();
  return (row as StoredEntry | undefined) ?? null;
}

/** Of an entry that this transaction has locked. */
export async function updateEntry(
  trx: Transaction<Schema>,
  { owner, id }: EntryPlace,
  change: {
    readonly action?: ListAction;
    readonly note?: string;
    readonly expires_at?: number | null;
    readonly family?: 4 | 6;
    readonly range_start?: string;
    readonly range_end?: string;
  },
): Promise<StoredEntry> {
  const row = await trx
    .updateTable("network_entry")
    .set((eb) => ({ ...change, version: eb("version", "+", 1) }))
    .where("owner", "=", owner)
    .where("id", "=", id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return row as StoredEntry;
}

/** Deletes the entry of exactly this range if it has ended by now. */
export async function deleteEndedEntry(
  trx: Transaction<Schema>,
  at: { readonly owner: PolicyOwner; readonly range: AddressRange; readonly nowMs: number },
): Promise<StoredEntry | null> {
  const { start, end } = rangeKeys(at.range);
  const row = await trx
    .deleteFrom("network_entry")
    .where("owner", "=", at.owner)
    .where("family", "=", at.range.family)
    .where("range_start", "=", start)
    .where("range_end", "=", end)
    .where("expires_at", "<=", at.nowMs)
    .returning(COLUMNS)
    .executeTakeFirst();
  return (row as StoredEntry | undefined) ?? null;
}

/** That nobody has removed yet. */
export async function listEndedEntries(
  read: ReadDatabase<Schema>,
  owner: PolicyOwner,
  nowMs: number,
): Promise<readonly StoredEntry[]> {
  const rows = await read
    .selectFrom("network_entry")
    .select(COLUMNS)
    .where("owner", "=", owner)
    .where("expires_at", "<=", nowMs)
    .execute();
  return rows as StoredEntry[];
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
  readonly afterId: number;
  readonly limit: number;
};

/** In the order of ids. */
export async function listEntries(
  read: ReadDatabase<Schema>,
  { owner, action, afterId, limit }: EntryFilter,
): Promise<readonly StoredEntry[]> {
  const rows = await read
    .selectFrom("network_entry")
    .select(COLUMNS)
    .where("owner", "=", owner)
    .where("id", ">", afterId)
    .$if(action !== null, (query) => query.where("action", "=", action!))
    .orderBy("id")
    .limit(limit)
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
