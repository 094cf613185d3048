// Keeps who listened to which recording, when, and how much of it was sent.
import type { Transaction } from "kysely";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { RecordingPlayTable } from "../../migrations/recordings-tables.ts";
import type { Schema } from "../../migrations/schema.ts";

/** Plays are listed by when they began, newest first, then by id. */
export type PlayCursor = { readonly startedAtMs: number; readonly id: string };

/** One more than `limit` when there are more. */
export async function listPlays(
  read: ReadDatabase<Schema>,
  recordingId: string,
  page: { readonly after: PlayCursor | null; readonly limit: number },
): Promise<readonly RecordingPlayTable[]> {
  const { after, limit } = page;
  return read
    .selectFrom("recordings_play")
    .selectAll()
    .where("recording_id", "=", recordingId)
    .$if(after !== null, (query) =>
      query.where((eb) =>
        eb.or([
          eb("started_at", "<", after?.startedAtMs ?? 0),
          eb.and([eb("started_at", "=", after?.startedAtMs ?? 0), eb("id", "<", after?.id ?? "")]),
        ]),
      ),
    )
    .orderBy("started_at", "desc")
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
}

/** What was written of them before is written over: a play's numbers only grow. */
export async function savePlays(
  trx: Transaction<Schema>,
  rows: readonly RecordingPlayTable[],
): Promise<void> {
  await trx
    .insertInto("recordings_play")
    .values(rows)
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet((eb) => ({
        last_at: eb.ref("excluded.last_at"),
        requests: eb.ref("excluded.requests"),
        bytes_sent: eb.ref("excluded.bytes_sent"),
        is_cut: eb.ref("excluded.is_cut"),
      })),
    )
    .execute();
}

/** Those of the recordings that are there. */
export async function findRecordingIds(
  read: ReadDatabase<Schema>,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await read
    .selectFrom("recordings_recording")
    .select("id")
    .where("id", "in", ids)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

export async function prunePlays(trx: Transaction<Schema>, beforeMs: number): Promise<void> {
  await trx.deleteFrom("recordings_play").where("started_at", "<", beforeMs).execute();
}

/** Those of the users who are neither operators nor members of the account. */
export async function listForeigners(
  read: ReadDatabase<Schema>,
  accountId: string,
  userIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await read
    .selectFrom("accounts_user as user")
    .leftJoin("accounts_membership as held", (join) =>
      join.onRef("held.user_id", "=", "user.id").on("held.account_id", "=", accountId),
    )
    .select("user.id")
    .where("user.id", "in", userIds)
    .where("user.is_operator", "=", 0)
    .where("held.user_id", "is", null)
    .execute();
  return new Set(rows.map(({ id }) => id));
}
