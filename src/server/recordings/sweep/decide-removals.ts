// Decides which of the blobs that were written down go now, so that no recording can take them.
import type { Database } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

/** Where a page ended. */
export type RemovalPlace = { readonly askedAtMs: number; readonly key: string };

export type DecidedRemovals = {
  readonly keys: readonly string[];
  /** Null: there is no further page. */
  readonly last: RemovalPlace | null;
};

type Page = {
  readonly beforeMs: number;
  readonly after: RemovalPlace | null;
  readonly limit: number;
  /** Looked at before each: false ends it with what was decided until then. */
  readonly goesOn: () => boolean;
};

/**
 * A page, the oldest first: those that were decided before, and those whose recording has not come
 * since `beforeMs`. INVARIANT: a blob that a recording uses is never among them; one that is among
 * them gets no recording any more (see keepBlob).
 */
export async function decideRemovals(
  database: Database<Schema>,
  { beforeMs, after, limit, goesOn }: Page,
): Promise<DecidedRemovals> {
  let asked = database.kysely
    .selectFrom("recordings_blob_removal")
    .select(["blob_key", "asked_at"])
    .where((eb) => eb.or([eb("is_decided", "=", 1), eb("asked_at", "<", beforeMs)]));
  if (after !== null) {
    const { askedAtMs, key } = after;
    asked = asked.where((eb) =>
      eb.or([
        eb("asked_at", ">", askedAtMs),
        eb.and([eb("asked_at", "=", askedAtMs), eb("blob_key", ">", key)]),
      ]),
    );
  }
  const lines = await asked.orderBy("asked_at").orderBy("blob_key").limit(limit).execute();
  const decided: string[] = [];
  for (const { blob_key: key } of lines) {
    if (!goesOn()) break;
    if (await decideRemoval(database, key)) decided.push(key);
  }
  const end = lines.length < limit ? undefined : lines.at(-1);
  const last = end === undefined ? null : { askedAtMs: end.asked_at, key: end.blob_key };
  return { keys: decided, last };
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
