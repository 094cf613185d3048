// Keeps automatic bans in SQL: made, edited, released, read again at start.

import type { Transaction } from "kysely";
import { rangeKeys } from "../../core/network/address-range.ts";
import type { AddressRange } from "../../core/network/address-range.ts";
import type { PolicyOwner } from "../../core/accounts/account.ts";
import type { BanCause } from "../../core/network/network-outcome.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";

export type StoredBan = {
  readonly id: number;
  readonly owner: PolicyOwner;
  readonly family: 4 | 6;
  readonly range_start: string;
  readonly range_end: string;
  /** `everywhere` or a surface. */
  readonly holds: string;
  readonly cause: BanCause;
  readonly decision_id: string | null;
  readonly note: string;
  readonly created_at: number;
  readonly ends_at: number;
  readonly released_at: number | null;
  readonly released_by: string | null;
};

export type NewBan = {
  readonly owner: PolicyOwner;
  readonly range: AddressRange;
  readonly holds: string;
  readonly cause: BanCause;
  readonly decisionId: string | null;
  readonly createdAtMs: number;
  readonly endsAtMs: number;
};

const COLUMNS = [
  "id",
  "owner",
  "family",
  "range_start",
  "range_end",
  "holds",
  "cause",
  "decision_id",
  "note",
  "created_at",
  "ends_at",
  "released_at",
  "released_by",
] as const;

export async function insertBan(trx: Transaction<Schema>, ban: NewBan): Promise<StoredBan> {
  const { start, end } = rangeKeys(ban.range);
  const row = await trx
    .insertInto("network_ban")
    .values({
      owner: ban.owner,
      family: ban.range.family,
      range_start: start,
      range_end: end,
      holds: ban.holds,
      cause: ban.cause,
      decision_id: ban.decisionId,
      note: "",
      created_at: ban.createdAtMs,
      ends_at: ban.endsAtMs,
      released_at: null,
      released_by: null,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return row as StoredBan;
}

export type Release = {
  readonly ids: readonly number[];
  /** Null: whosever they are. */
  readonly owners: readonly PolicyOwner[] | null;
  readonly releasedBy: string;
  readonly nowMs: number;
};

/**
 * One conditional write decides who released it: of two releases at once one finds no ban in force.
 * Bans of the same range in the same place go with it: two nodes that meet one flood make two, and
 * who releases one of them lets the address in.
 * @returns the bans that were in force and are no more
 */
export async function releaseBans(
  trx: Transaction<Schema>,
  release: Release,
): Promise<readonly StoredBan[]> {
  if (release.ids.length === 0 || release.owners?.length === 0) return [];
  const rows = await trx
    .updateTable("network_ban")
    .set({ released_at: release.nowMs, released_by: release.releasedBy })
    .where((eb) =>
      eb(
        eb.refTuple("owner", "family", "range_start", "range_end", "holds"),
        "in",
        eb
          .selectFrom("network_ban as named")
          .select(["named.owner", "named.family", "named.range_start"])
          .select(["named.range_end", "named.holds"])
          .where("named.id", "in", [...release.ids])
          .where("named.released_at", "is", null)
          .where("named.ends_at", ">", release.nowMs)
          .$asTuple("owner", "family", "range_start", "range_end", "holds"),
      ),
    )
    .$if(release.owners !== null, (query) => query.where("owner", "in", release.owners!))
    .where("released_at", "is", null)
    .where("ends_at", ">", release.nowMs)
    .returning(COLUMNS)
    .execute();
  return rows as StoredBan[];
}

/**
 * As it is, and as it stays until the end of this transaction: a write of nothing waits for who
 * changes it now, on every engine.
 * @returns null when no ban of this id is in force
 */
export async function lockBan(
  trx: Transaction<Schema>,
  at: {
    readonly id: number;
    /** Null: whosever it is. */
    readonly owners: readonly PolicyOwner[] | null;
    readonly nowMs: number;
  },
): Promise<StoredBan | null> {
  if (at.owners?.length === 0) return null;
  const row = await trx
    .updateTable("network_ban")
    .set((eb) => ({ note: eb.ref("note") }))
    .where("id", "=", at.id)
    .$if(at.owners !== null, (query) => query.where("owner", "in", at.owners!))
    .where("released_at", "is", null)
    .where("ends_at", ">", at.nowMs)
    .returning(COLUMNS)
    .executeTakeFirst();
  return (row as StoredBan | undefined) ?? null;
}

/** Whether it is still in force or not. */
export async function findBanById(
  read: ReadDatabase<Schema>,
  id: number,
): Promise<StoredBan | null> {
  const row = await read
    .selectFrom("network_ban")
    .select(COLUMNS)
    .where("id", "=", id)
    .executeTakeFirst();
  return (row as StoredBan | undefined) ?? null;
}

/** Of a ban that this transaction has locked. */
export async function updateBan(
  trx: Transaction<Schema>,
  id: number,
  change: { readonly ends_at?: number; readonly note?: string },
): Promise<StoredBan> {
  const row = await trx
    .updateTable("network_ban")
    .set(change)
    .where("id", "=", id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return row as StoredBan;
}

export type BanFilter = {
  /** Null: whosever they are. */
  readonly owners: readonly PolicyOwner[] | null;
  /** Only bans whose range holds all of this one. */
  readonly covering: AddressRange | null;
  /** Only bans whose range shares an address with this one. */
  readonly overlapping: AddressRange | null;
  /** Bans that hold at this time; null: ended and released ones too. */
  readonly inForceAtMs: number | null;
  /** Newest first: bans older than this id. 0 from the newest on. */
  readonly beforeId: number;
  readonly limit: number;
};

export async function listBans(
  read: ReadDatabase<Schema>,
  filter: BanFilter,
): Promise<readonly StoredBan[]> {
  const { covering, overlapping, inForceAtMs, owners } = filter;
  if (owners?.length === 0) return [];
  const rows = await read
    .selectFrom("network_ban")
    .select(COLUMNS)
    .$if(owners !== null, (query) => query.where("owner", "in", owners!))
    .$if(filter.beforeId > 0, (query) => query.where("id", "<", filter.beforeId))
    .$if(inForceAtMs !== null, (query) =>
      query.where("released_at", "is", null).where("ends_at", ">", inForceAtMs!),
    )
    .$if(covering !== null, (query) => {
      const { start, end } = rangeKeys(covering!);
      return query
        .where("family", "=", covering!.family)
        .where("range_start", "<=", start)
        .where("range_end", ">=", end);
    })
    .$if(overlapping !== null, (query) => {
      const { start, end } = rangeKeys(overlapping!);
      return query
        .where("family", "=", overlapping!.family)
        .where("range_start", "<=", end)
        .where("range_end", ">=", start);
    })
    .orderBy("id", "desc")
    .limit(filter.limit)
    .execute();
  return rows as StoredBan[];
}

/** Bans made since a time, oldest first: those in force, and the memory for escalation. */
export function streamBansSince(
  read: ReadDatabase<Schema>,
  sinceMs: number,
): AsyncIterable<StoredBan> {
  return read
    .selectFrom("network_ban")
    .select(COLUMNS)
    .where((eb) => eb.or([eb("created_at", ">=", sinceMs), eb("ends_at", ">=", sinceMs)]))
    .orderBy("id")
    .stream(1000) as AsyncIterable<StoredBan>;
}
