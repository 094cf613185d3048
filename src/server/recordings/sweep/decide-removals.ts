// Decides which of the blobs that were written down go now, so that no recording can take them.
import type { Database } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

/**
 * The oldest first: those that were decided before, and those whose recording has not come since
 * `beforeMs`. INVARIANT: a blob that a recording uses is never among them; one that is among them
 * gets no recording any more (see keepBlob).
 */
export async function decideRemovals(
  database: Database<Schema>,
  { beforeMs, limit }: { readonly beforeMs: number; readonly limit: number },
): Promise<readonly string[]> {
  const lines = await database.kysely
    .selectFrom("recordings_blob_removal")
    .select("blob_key")
    .where((eb) => eb.or([eb("is_decided", "=", 1), eb("asked_at", "<", beforeMs)]))
    .orderBy("asked_at")
    .limit(limit)
    .execute();
  const decided: string[] = [];
  for (const { blob_key: key } of lines) {
    if (await decideRemoval(database, key)) decided.push(key);
  }
  return decided;
}

/** False: its recording has come, or another node has removed it. */
async function decideRemoval(database: Database<Schema>, key: string): Promise<boolean> {
  return await database.transaction(async (trx) => {
    // First, as it waits for a recording that is being written with this blob.
    const decided = await trx
      .updateTable("recordings_blob_removal")
      .set({ is_decided: 1 })
      .where("blob_key", "=", key)
      .executeTakeFirst();
    if (decided.numUpdatedRows === 0n) return false;
    const recording = await trx
      .selectFrom("recordings_recording")
      .select("id")
      .where("blob_key", "=", key)
      .executeTakeFirst();
    if (recording === undefined) return true;
    await trx.deleteFrom("recordings_blob_removal").where("blob_key", "=", key).execute();
    return false;
  });
}
