// Writes down which blobs go: with their recording, or unless their recording comes.
import type { Transaction } from "kysely";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { RecordingsParts } from "../recordings-parts.ts";

/**
 * Before a blob is put, in a transaction of its own: whatever ends between here and the row of the
 * recording, the sweep finds the blob by this line. It looks in no other way, so that it never
 * takes a blob for left behind which only another store knows of.
 */
export async function expectBlob(
  { database, clock }: Pick<RecordingsParts, "database" | "clock">,
  blobKey: string,
): Promise<void> {
  await database.transaction(async (trx) => {
    await trx
      .insertInto("recordings_blob_removal")
      .values({ blob_key: blobKey, asked_at: clock.nowMs(), is_decided: 0 })
      .execute();
  });
}

/**
 * In the transaction in which the recording comes. False: its blob was decided to go meanwhile, so
 * there must be no recording.
 */
export async function keepBlob(trx: Transaction<Schema>, blobKey: string): Promise<boolean> {
  const kept = await trx
    .deleteFrom("recordings_blob_removal")
    .where("blob_key", "=", blobKey)
    .where("is_decided", "=", 0)
    .executeTakeFirst();
  return kept.numDeletedRows === 1n;
}

/** In the transaction in which the recording goes, or when it is certain that none comes. */
export async function askForBlobRemoval(
  trx: Transaction<Schema>,
  blobKey: string,
  nowMs: number,
): Promise<void> {
  await trx
    .insertInto("recordings_blob_removal")
    .values({ blob_key: blobKey, asked_at: nowMs, is_decided: 1 })
    .onConflict((conflict) => conflict.column("blob_key").doUpdateSet({ is_decided: 1 }))
    .execute();
}

/** Whether a blob is still there only because it could not be removed yet. */
export async function isToBeRemoved(read: ReadDatabase<Schema>, blobKey: string): Promise<boolean> {
  const line = await read
    .selectFrom("recordings_blob_removal")
    .select("blob_key")
    .where("blob_key", "=", blobKey)
    .executeTakeFirst();
  return line !== undefined;
}

/** For a store that was restored: what it would remove may be of a recording that came since. */
export async function forgetBlobRemovals(trx: Transaction<Schema>): Promise<void> {
  await trx.deleteFrom("recordings_blob_removal").execute();
}

type RemovalParts = Pick<RecordingsParts, "blobs" | "database" | "onError">;

/**
 * Of blobs that were asked to go. Never rejects. What fails stays asked for: the sweep tries again.
 * True: all are gone.
 */
export async function removeBlobs(
  { blobs, database, onError }: RemovalParts,
  keys: readonly string[],
): Promise<boolean> {
  try {
    for (const key of keys) {
      await blobs.remove(key);
      await database.transaction(async (trx) => {
        await trx.deleteFrom("recordings_blob_removal").where("blob_key", "=", key).execute();
      });
    }
    return true;
  } catch (error) {
    onError(error, "removing the file of a recording that is not there");
    return false;
  }
}
