// The numbered list of users whose sessions have to be looked at afresh, which every node follows.
import type { Transaction } from "kysely";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

export type UserChange = {
  readonly version: number;
  /** null: everybody. */
  readonly userId: string | null;
};

const CHANGES_KEPT_MS = 3_600_000;

/**
 * In the transaction of whatever changes what a user's sessions may do; best as its last write,
 * because it waits for the other transactions that do the same.
 * INVARIANT: the row lock of `identity_version` gives all changes of all nodes one order, in which
 * they also commit; who has seen version n has seen everything before it.
 * @param userId null: everybody's sessions
 */
export async function recordUserChange(
  trx: Transaction<Schema>,
  userId: string | null,
  nowMs: number,
): Promise<void> {
  const { version } = await trx
    .updateTable("identity_version")
    .set((eb) => ({ version: eb("version", "+", 1) }))
    .returning("version")
    .executeTakeFirstOrThrow();
  await trx
    .insertInto("identity_change")
    .values({ version, user_id: userId, changed_at: nowMs })
    .execute();
}

export async function readUserVersion(read: ReadDatabase<Schema>): Promise<number> {
  const row = await read.selectFrom("identity_version").select("version").executeTakeFirstOrThrow();
  return row.version;
}

/** In their order. A gap at the start means that older ones were pruned. */
export async function readUserChangesAfter(
  read: ReadDatabase<Schema>,
  version: number,
  limit: number,
): Promise<readonly UserChange[]> {
  const rows = await read
    .selectFrom("identity_change")
    .select(["version", "user_id"])
    .where("version", ">", version)
    .orderBy("version")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ version: row.version, userId: row.user_id }));
}

export async function pruneUserChanges(trx: Transaction<Schema>, nowMs: number): Promise<void> {
  await trx
    .deleteFrom("identity_change")
    .where("changed_at", "<", nowMs - CHANGES_KEPT_MS)
    .execute();
}
