// Writes who asked for recordings, no more rows for an account's day than are kept.
import type { Transaction } from "kysely";
import { isPlayReason } from "../../../core/recordings/play-reason.ts";
import type { RecordingReason } from "../../../core/recordings/decide-recording.ts";
import type { Database } from "../../../platform/database/database.ts";
import type { RecordingVisitorTable } from "../../migrations/recordings-tables.ts";
import type { Schema } from "../../migrations/schema.ts";
import { addToVisitor, addVisitors, countVisitors, NOT_KEPT } from "./visit-store.ts";
import { unkeptRow } from "./visit-tally.ts";
import type { TalliedDay, VisitTally } from "./visit-tally.ts";

/** Rows of one account's day: a flood must not fill the disk. */
const VISITS_KEPT_MAX = { played: 20_000, refused: 5000 } as const;
type VisitsKeptMax = { readonly [kind in keyof typeof VISITS_KEPT_MAX]: number };

const BATCH_ROWS = 100;

/** Rejects with the store's error; what was not written then waits for the next call. */
export async function writeVisits(
  database: Database<Schema>,
  tally: VisitTally,
  keptMax: VisitsKeptMax = VISITS_KEPT_MAX,
): Promise<void> {
  const days = tally.take();
  for (const [index, day] of days.entries()) {
    try {
      await database.transaction((trx) => writeDay(trx, day, keptMax));
    } catch (error) {
      tally.putBack(days.slice(index));
      throw error;
    }
  }
}

async function writeDay(
  trx: Transaction<Schema>,
  day: TalliedDay,
  keptMax: VisitsKeptMax,
): Promise<void> {
  const kept = { played: 0, refused: 0 };
  for (const [reason, count] of await countVisitors(trx, day)) {
    if (reason === NOT_KEPT) continue;
    kept[isPlayReason(reason as RecordingReason) ? "played" : "refused"] += count;
  }
  let unkept = day.unkept.requests;
  for (const kind of ["played", "refused"] as const) {
    unkept += await writeRows(trx, day[kind], keptMax[kind] - kept[kind]);
  }
  if (unkept > 0) await addVisitors(trx, [unkeptRow(day, unkept)]);
}

/** Returns how many requests found no room. */
async function writeRows(
  trx: Transaction<Schema>,
  rows: readonly RecordingVisitorTable[],
  room: number,
): Promise<number> {
  // Always in one order: two nodes that add to the same rows would wait for each other.
  const inOrder = rows.toSorted((a, b) => (sortText(a) < sortText(b) ? -1 : 1));
  if (rows.length <= room) {
    for (let at = 0; at < rows.length; at += BATCH_ROWS) {
      await addVisitors(trx, inOrder.slice(at, at + BATCH_ROWS));
    }
    return 0;
  }
  let left = room;
  let unkept = 0;
  for (const row of inOrder) {
    if (await addToVisitor(trx, row)) continue;
    if (left > 0) await addVisitors(trx, [row]);
    else unkept += row.requests;
    left -= 1;
  }
  return unkept;
}

function sortText(row: RecordingVisitorTable): string {
  return [row.tracking_number_id, row.user_id, row.address, row.reason].join(" ");
}
