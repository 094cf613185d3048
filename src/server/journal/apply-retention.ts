// Deletes what the journal keeps no longer, in batches short enough to stand in nobody's way.
import { sql } from "kysely";
import type { RawBuilder, Transaction } from "kysely";
import type { Database } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import { decideRetention } from "./decide-retention.ts";
import type { JournalSizes, RetentionInput } from "./decide-retention.ts";

/** A batch is one transaction of a few milliseconds. */
const BATCH_ROWS = 1_000;
/** More than a minute can add under the limits of the recorder and the rollup. */
const BATCHES_MAX = 250;

export type RetentionLimits = Pick<RetentionInput, "journalDays" | "journalMaxMegabytes">;

/** Deletes up to `limit` rows and returns how many there were. */
type DeleteBatch = (trx: Transaction<Schema>, limit: number) => Promise<number>;

/** Returns how many rows went; whatever is left goes with the next call. */
export async function applyRetention(
  database: Database<Schema>,
  limits: RetentionLimits & { readonly nowMs: number },
): Promise<number> {
  const decision = decideRetention({ ...limits, rows: await countRows(database) });
  const { eventsBeforeMs, trafficBeforeMinute, visitsBeforeMinute, excess } = decision;
  let batchesLeft = BATCHES_MAX;

  async function deleteAll(remove: DeleteBatch, rowsMax: number): Promise<number> {
    let deleted = 0;
    while (deleted < rowsMax && batchesLeft > 0) {
      const limit = Math.min(BATCH_ROWS, rowsMax - deleted);
      const gone = await database.transaction((trx) => remove(trx, limit));
      batchesLeft -= 1;
      deleted += gone;
      if (gone < limit) break;
    }
    return deleted;
  }

  async function deletePart(aged: DeleteBatch, oldest: DeleteBatch, over: number): Promise<number> {
    const deleted = await deleteAll(aged, Number.POSITIVE_INFINITY);
    return deleted + (await deleteAll(oldest, Math.max(0, over - deleted)));
  }

  const events = await deleteAll(eventsBefore(eventsBeforeMs), Number.POSITIVE_INFINITY);
  let eventsOver = Math.max(0, excess.events - events);
  // A flood makes decisions; it must not push out who changed what.
  const decisions = await deleteAll(oldestEvents("decision"), eventsOver);
  eventsOver -= decisions;
  const others = await deleteAll(oldestEvents(null), eventsOver);
  const visits = await deletePart(
    visitsBefore(visitsBeforeMinute),
    visitsBefore(null),
    excess.visits,
  );
  const traffic = await deletePart(
    trafficBefore(trafficBeforeMinute),
    trafficBefore(null),
    excess.traffic,
  );
  return events + decisions + others + visits + traffic;
}

/** Counts by the smallest index: tens of milliseconds of the reading thread for a full journal. */
async function countRows(database: Database<Schema>): Promise<JournalSizes> {
  async function count(table: "journal_event" | "journal_traffic" | "journal_visit") {
    const row = await database.kysely
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as("rows"))
      .executeTakeFirstOrThrow();
    return row.rows;
  }
  return {
    events: await count("journal_event"),
    traffic: await count("journal_traffic"),
    visits: await count("journal_visit"),
  };
}

function eventsBefore(atMs: number): DeleteBatch {
  return async (trx, limit) => {
    const result = await trx
      .deleteFrom("journal_event")
      .where("id", "in", (eb) =>
        eb
          .selectFrom("journal_event")
          .select("id")
          .where("last_at", "<", atMs)
          .orderBy("last_at")
          .orderBy("id")
          .limit(limit),
      )
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  };
}

function oldestEvents(kind: string | null): DeleteBatch {
  return async (trx, limit) => {
    const result = await trx
      .deleteFrom("journal_event")
      .where("id", "in", (eb) =>
        eb
          .selectFrom("journal_event")
          .select("id")
          .$if(kind !== null, (query) => query.where("kind", "=", kind ?? ""))
          .orderBy("last_at")
          .orderBy("id")
          .limit(limit),
      )
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  };
}

/** Null: whatever is oldest. */
function visitsBefore(minute: number | null): DeleteBatch {
  const key = sql`minute, family, address_start, surface, account`;
  return deleteOldest({ table: sql.table("journal_visit"), key, minute });
}

function trafficBefore(minute: number | null): DeleteBatch {
  const key = sql`minute, surface, account, country, verdict, reason`;
  return deleteOldest({ table: sql.table("journal_traffic"), key, minute });
}

function deleteOldest(from: {
  readonly table: RawBuilder<unknown>;
  readonly key: RawBuilder<unknown>;
  readonly minute: number | null;
}): DeleteBatch {
  const { table, key, minute } = from;
  const condition = minute === null ? sql`` : sql`where minute < ${minute}`;
  return async (trx, limit) => {
    const query = sql`delete from ${table} where (${key}) in
      (select ${key} from ${table} ${condition} order by minute limit ${limit})`;
    return Number((await query.execute(trx)).numAffectedRows ?? 0n);
  };
}
