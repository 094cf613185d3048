// Keeps who asked for recordings of late, a row a day for each end it came to; for previews.
import { sql } from "kysely";
import type { RawBuilder, Transaction } from "kysely";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { RecordingVisitorTable } from "../../migrations/recordings-tables.ts";
import type { Schema } from "../../migrations/schema.ts";

export const VISIT_DAY_MS = 86_400_000;
export const VISIT_DAYS_KEPT = 7;

/** In the reason's place: how many asked who have no row of their own. */
export const NOT_KEPT = "not-kept";

/** Somebody at an address who asked for recordings of a number, on all days together. */
export type StoredVisitor = {
  readonly trackingNumberId: string;
  /** Empty: nobody was signed in. */
  readonly userId: string;
  readonly address: string;
  readonly requests: number;
  readonly lastAtMs: number;
};

/** The latest first, at most `limit`, since a time. */
export async function listVisitors(
  read: ReadDatabase<Schema>,
  asked: { readonly accountId: string; readonly sinceMs: number; readonly limit: number },
): Promise<readonly StoredVisitor[]> {
  const rows = await read
    .selectFrom("recordings_visitor")
    .select((eb) => [
      "tracking_number_id",
      "user_id",
      "address",
      eb.fn.sum<number | string>("requests").as("asked"),
      eb.fn.max<number | string>("last_at").as("latest_at"),
    ])
    .where("account_id", "=", asked.accountId)
    .where("last_at", ">=", asked.sinceMs)
    .where("reason", "!=", NOT_KEPT)
    .groupBy(["tracking_number_id", "user_id", "address"])
    .orderBy("latest_at", "desc")
    .limit(asked.limit)
    .execute();
  return rows.map((row) => ({
    trackingNumberId: row.tracking_number_id,
    userId: row.user_id,
    address: row.address,
    requests: Number(row.asked),
    lastAtMs: Number(row.latest_at),
  }));
}

/** Whether somebody asked since a time who has no row. */
export async function hasUnkeptVisitors(
  read: ReadDatabase<Schema>,
  { accountId, sinceMs }: { readonly accountId: string; readonly sinceMs: number },
): Promise<boolean> {
  const row = await read
    .selectFrom("recordings_visitor")
    .select("requests")
    .where("account_id", "=", accountId)
    .where("last_at", ">=", sinceMs)
    .where("reason", "=", NOT_KEPT)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Requests since a time, also of those who have no row. */
export async function sumVisits(
  read: ReadDatabase<Schema>,
  { accountId, sinceMs }: { readonly accountId: string; readonly sinceMs: number },
): Promise<number> {
  const { asked } = await read
    .selectFrom("recordings_visitor")
    .select((eb) => eb.fn.sum<number | string | null>("requests").as("asked"))
    .where("account_id", "=", accountId)
    .where("last_at", ">=", sinceMs)
    .executeTakeFirstOrThrow();
  return Number(asked ?? 0);
}

/** Rows of one account's day, by reason. */
export async function countVisitors(
  read: ReadDatabase<Schema>,
  at: { readonly day: number; readonly accountId: string },
): Promise<ReadonlyMap<string, number>> {
  const rows = await read
    .selectFrom("recordings_visitor")
    .select((eb) => ["reason", eb.fn.countAll<number | string>().as("counted")])
    .where("day", "=", at.day)
    .where("account_id", "=", at.accountId)
    .groupBy("reason")
    .execute();
  return new Map(rows.map(({ reason, counted }) => [reason, Number(counted)]));
}

const VISITOR_KEY = [
  "day",
  "account_id",
  "tracking_number_id",
  "user_id",
  "address",
  "reason",
] as const;

/** Another node may have written a later one. */
function laterOf(lastAt: RawBuilder<unknown>): RawBuilder<number> {
  const own = sql.ref("recordings_visitor.last_at");
  return sql<number>`case when ${own} < ${lastAt} then ${lastAt} else ${own} end`;
}

/** Adds to the rows there are, and makes those there are not. */
export async function addVisitors(
  trx: Transaction<Schema>,
  rows: readonly RecordingVisitorTable[],
): Promise<void> {
  await trx
    .insertInto("recordings_visitor")
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns([...VISITOR_KEY]).doUpdateSet((eb) => ({
        requests: eb("recordings_visitor.requests", "+", eb.ref("excluded.requests")),
        last_at: laterOf(sql.ref("excluded.last_at")),
      })),
    )
    .execute();
}

/** False when there is no such row. */
export async function addToVisitor(
  trx: Transaction<Schema>,
  row: RecordingVisitorTable,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("recordings_visitor")
    .set((eb) => ({
      requests: eb("requests", "+", row.requests),
      last_at: laterOf(sql.val(row.last_at)),
    }))
    .where("day", "=", row.day)
    .where("account_id", "=", row.account_id)
    .where("tracking_number_id", "=", row.tracking_number_id)
    .where("user_id", "=", row.user_id)
    .where("address", "=", row.address)
    .where("reason", "=", row.reason)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function pruneVisitors(trx: Transaction<Schema>, nowMs: number): Promise<void> {
  const firstDay = Math.floor(nowMs / VISIT_DAY_MS) - VISIT_DAYS_KEPT;
  await trx.deleteFrom("recordings_visitor").where("day", "<", firstDay).execute();
}
