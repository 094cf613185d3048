// What becomes of recordings when their account or number changes or goes.
import type { Transaction } from "kysely";
import type { Clock } from "../../../platform/clock.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { RecordingsListeners } from "../recordings-at-work.ts";
import type { RecordingLinks } from "./recording-links.ts";

export function createRecordingsListeners(parts: {
  readonly links: RecordingLinks;
  readonly clock: Clock;
}): RecordingsListeners {
  const { links, clock } = parts;
  return {
    countOfNumber: (read, numberId) => countRecordings(read, "tracking_number_id", numberId),
    countOfAccount: async (read, accountId) => ({
      recordings: await countRecordings(read, "account_id", accountId),
      policies: await countPolicies(read, accountId),
    }),
    onAccountDeleted: (trx, accountId) => forgetAccountRecordings(trx, accountId, clock.nowMs()),
    followNumberChange: (trackingNumberId) => links.forget({ trackingNumberId }),
    followAccountDeletion: () => links.forget("all"),
  };
}

async function countRecordings(
  read: ReadDatabase<Schema>,
  column: "tracking_number_id" | "account_id",
  id: string,
): Promise<number> {
  const { counted } = await read
    .selectFrom("recordings_recording")
    .select((eb) => eb.fn.countAll<number>().as("counted"))
    .where(column, "=", id)
    .executeTakeFirstOrThrow();
  return counted;
}

async function countPolicies(read: ReadDatabase<Schema>, accountId: string): Promise<number> {
  const { counted } = await read
    .selectFrom("recordings_policy")
    .select((eb) => eb.fn.countAll<number>().as("counted"))
    .where("account_id", "=", accountId)
    .executeTakeFirstOrThrow();
  return counted;
}

/** The code may be taken again: whoever does starts from nothing. */
async function forgetAccountRecordings(
  trx: Transaction<Schema>,
  accountId: string,
  nowMs: number,
): Promise<void> {
  await trx
    .insertInto("recordings_blob_removal")
    .columns(["blob_key", "asked_at", "is_decided"])
    .expression((eb) =>
      eb
        .selectFrom("recordings_recording")
        .select((inner) => [
          "blob_key",
          inner.val(nowMs).as("asked_at"),
          inner.val(1).as("is_decided"),
        ])
        .where("account_id", "=", accountId),
    )
    .execute();
  await trx.deleteFrom("recordings_recording").where("account_id", "=", accountId).execute();
  await trx.deleteFrom("recordings_play").where("account_id", "=", accountId).execute();
  await trx.deleteFrom("recordings_visitor").where("account_id", "=", accountId).execute();
  await trx.deleteFrom("recordings_policy").where("account_id", "=", accountId).execute();
}
