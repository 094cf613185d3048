// What becomes of recordings when their account or number changes or goes.
import type { Transaction } from "kysely";
import type { Clock } from "../../../platform/clock.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { RecordingsListeners } from "../recordings-at-work.ts";
import { askForBlobRemoval } from "./blob-removals.ts";
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
  // Rows before lines, as where one recording is deleted: neither waits for the other for good.
  const gone = await trx
    .deleteFrom("recordings_recording")
    .where("account_id", "=", accountId)
    .returning("blob_key")
    .execute();
  const keys = gone.map(({ blob_key: key }) => key);
  await askForBlobRemoval(trx, keys, nowMs);
  await trx.deleteFrom("recordings_play").where("account_id", "=", accountId).execute();
  await trx.deleteFrom("recordings_visitor").where("account_id", "=", accountId).execute();
  await trx.deleteFrom("recordings_policy").where("account_id", "=", accountId).execute();
}
