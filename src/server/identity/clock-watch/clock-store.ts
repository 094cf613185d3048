// Keeps the last time at which the clock was seen, and until when it is not trusted.
import type { Transaction } from "kysely";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

export type SeenClock = {
  readonly seenAtMs: number;
  /** Null while the clock is trusted. */
  readonly distrustedUntilMs: number | null;
};

/** Null before the first start. */
export async function readSeenClock(db: ReadDatabase<Schema>): Promise<SeenClock | null> {
  const row = await db
    .selectFrom("identity_clock")
    .select(["seen_at", "distrusted_until_at"])
    .where("id", "=", 1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { seenAtMs: row.seen_at, distrustedUntilMs: row.distrusted_until_at };
}

export async function writeSeenClock(trx: Transaction<Schema>, seen: SeenClock): Promise<void> {
  const row = { seen_at: seen.seenAtMs, distrusted_until_at: seen.distrustedUntilMs };
  await trx
    .insertInto("identity_clock")
    .values({ id: 1, ...row })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
    .execute();
}
