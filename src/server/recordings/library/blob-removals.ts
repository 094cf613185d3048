// Writes down which blobs go: with their recording, or unless their recording comes.
import type { Transaction } from "kysely";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { RecordingsParts } from "../recordings-parts.ts";

/** Longer than removing one blob takes. */
const CLAIMED_FOR_MS = 600_000;
/** With three values each: far from what one statement holds. */
const LINES_AT_ONCE = 500;

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

/** In the transaction in which the recordings go (after them), or when it is certain none come. */
export async function askForBlobRemoval(
  trx: Transaction<Schema>,
  blobKeys: readonly string[],
  nowMs: number,
): Promise<void> {
  for (let first = 0; first < blobKeys.length; first += LINES_AT_ONCE) {
    const lines = blobKeys
      .slice(first, first + LINES_AT_ONCE)
      .map((key) => ({ blob_key: key, asked_at: nowMs, is_decided: 1 }));
    await trx
      .insertInto("recordings_blob_removal")
      .values(lines)
      .onConflict((conflict) => conflict.column("blob_key").doUpdateSet({ is_decided: 1 }))
      .execute();
  }
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

type RemovalParts = Pick<RecordingsParts, "blobs" | "clock" | "database" | "onError">;

/**
 * Of blobs that were asked to go, one after the other while `goesOn`. Never rejects. What fails
 * holds up no other, and stays asked for: the sweep tries again.
 */
export async function removeBlobs(
  parts: RemovalParts,
  keys: readonly string[],
  goesOn: () => boolean = () => true,
): Promise<void> {
  for (const key of keys) {
    if (!goesOn()) return;
    try {
      await removeBlob(parts, key);
    } catch (error) {
      parts.onError(error, "removing the file of a recording that is not there");
    }
  }
}

/**
 * INVARIANT: only whoever holds the claim removes, and the line goes after the blob. While there is
 * a line no recording takes the key (see writeRecording), so a file that was put there anew and
 * registered since the keys were listed is not removed. What fails stays claimed for its time: a
 * store that did not answer may remove the blob yet.
 */
async function removeBlob({ blobs, clock, database }: RemovalParts, key: string): Promise<void> {
  const claimedAt = clock.nowMs();
  const isClaimed = await database.transaction(async (trx) => {
    const claimed = await trx
      .updateTable("recordings_blob_removal")
      .set({ claimed_at: claimedAt })
      .where("blob_key", "=", key)
      .where("is_decided", "=", 1)
      .where((eb) =>
        eb.or([eb("claimed_at", "is", null), eb("claimed_at", "<", claimedAt - CLAIMED_FOR_MS)]),
      )
      .executeTakeFirst();
    return claimed.numUpdatedRows === 1n;
  });
  if (!isClaimed) return;
  await blobs.remove(key);
  await database.transaction(async (trx) => {
    await trx
      .deleteFrom("recordings_blob_removal")
      .where("blob_key", "=", key)
      .where("claimed_at", "=", claimedAt)
      .execute();
  });
}
