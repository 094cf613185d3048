// Writes the minutes of traffic that are over, a batch at a time.
import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import type { Database } from "../../platform/database/database.ts";
import type { JournalTrafficTable, JournalVisitTable } from "../migrations/journal-tables.ts";
import type { Schema } from "../migrations/schema.ts";
import { createBulkUpsert } from "./bulk-upsert.ts";
import type { BulkUpsert } from "./bulk-upsert.ts";
import { hexWord, storeKeyOfUnits } from "./client-network.ts";
import { placesOf } from "./traffic-minute.ts";
import type { Place, TrafficMinute, Visitor } from "./traffic-minute.ts";
import type { TrafficRollup } from "./traffic-rollup.ts";

/** About a millisecond of this thread. */
const BATCH_ROWS = 512;

const TRAFFIC_KEY = ["minute", "surface", "account", "country", "verdict", "reason"] as const;
const VISIT_KEY = ["minute", "family", "address_start", "surface", "account"] as const;
const TRAFFIC_COLUMNS = [...TRAFFIC_KEY, "requests"] as const;
const VISIT_COLUMNS = [...VISIT_KEY, "country", "requests", "refused"] as const;

type VisitRow = Omit<JournalVisitTable, "imported">;

type Writers = {
  readonly traffic: BulkUpsert<JournalTrafficTable>;
  readonly visits: BulkUpsert<VisitRow>;
};

export type TrafficWriter = {
  readonly write: () => Promise<void>;
  /** Changes whenever something begins to move from memory to the store. */
  readonly writes: () => number;
};

/**
 * Other nodes and earlier runs may have counted in the same minute, so rows are added up. Each
 * batch is one transaction and leaves memory once it is written: after a failure the next call
 * goes on with the rest. Rejects with the store's error.
 */
export function createTrafficWriter(
  database: Database<Schema>,
  rollup: TrafficRollup,
): TrafficWriter {
  const writers: Writers = { traffic: createTrafficUpsert(), visits: createVisitUpsert() };
  let writes = 0;

  async function write(): Promise<void> {
    for (;;) {
      const minute = rollup.waiting()[0];
      if (minute === undefined) return;
      writes += 1;
      await writeOutcomes(database, writers, minute);
      while (await writeVisitors(database, writers, minute)) await nextTurn();
      // Minutes that were folded or lost while we waited are no longer the oldest.
      if (rollup.waiting()[0] === minute && isWritten(minute)) rollup.dropOldest();
    }
  }

  return { write, writes: () => writes };
}

async function writeOutcomes(
  database: Database<Schema>,
  writers: Writers,
  minute: TrafficMinute,
): Promise<void> {
  for (const place of placesOf(minute)) {
    while (place.outcomes.length > 0) {
      const part = place.outcomes.slice(0, BATCH_ROWS);
      const { surface, account } = place;
      const rows = part.map((outcome) => ({ minute: minute.minute, surface, account, ...outcome }));
      await database.transaction((trx) => writers.traffic(trx, rows));
      place.outcomes.splice(0, part.length);
    }
  }
}

/** Writes one batch; false when there was nothing left to write. */
async function writeVisitors(
  database: Database<Schema>,
  writers: Writers,
  minute: TrafficMinute,
): Promise<boolean> {
  const { rows, remove } = takeVisitors(minute);
  const { overflow } = minute;
  const told = rows.length < BATCH_ROWS ? { ...overflow } : { requests: 0, refused: 0 };
  if (told.requests > 0) rows.push(overflowRow(minute.minute, told));
  if (rows.length === 0) return false;
  await database.transaction((trx) => writers.visits(trx, rows));
  remove();
  // Visitors may have been folded into it meanwhile, so it is not simply cleared.
  overflow.requests -= told.requests;
  overflow.refused -= told.refused;
  return true;
}

type TakenVisitors = {
  readonly rows: VisitRow[];
  /** Forgets those of the rows that are still there. */
  readonly remove: () => void;
};

function takeVisitors(minute: TrafficMinute): TakenVisitors {
  const rows: VisitRow[] = [];
  const removals: (() => boolean)[] = [];

  function take(place: Place, visitor: Visitor, at: { family: 4 | 6; key: string }): void {
    rows.push({
      minute: minute.minute,
      family: at.family,
      address_start: at.key,
      surface: place.surface,
      account: place.account,
      ...visitor,
    });
  }

  for (const place of placesOf(minute)) {
    for (const [word, visitor] of place.ipv4) {
      if (rows.length >= BATCH_ROWS) break;
      take(place, visitor, { family: 4, key: hexWord(word >>> 0) });
      removals.push(() => place.ipv4.delete(word));
    }
    for (const [units, visitor] of place.ipv6) {
      if (rows.length >= BATCH_ROWS) break;
      take(place, visitor, { family: 6, key: storeKeyOfUnits(units) });
      removals.push(() => place.ipv6.delete(units));
    }
  }

  function remove(): void {
    for (const removeOne of removals) if (removeOne()) minute.visitors -= 1;
  }
  return { rows, remove };
}

function overflowRow(minute: number, overflow: TrafficMinute["overflow"]): VisitRow {
  const nowhere = { family: 0, address_start: "", surface: "", account: "", country: "" };
  return { minute, ...nowhere, ...overflow };
}

function isWritten(minute: TrafficMinute): boolean {
  const hasOutcomes = placesOf(minute).some((place) => place.outcomes.length > 0);
  return !hasOutcomes && minute.visitors === 0 && minute.overflow.requests === 0;
}

function createTrafficUpsert(): BulkUpsert<JournalTrafficTable> {
  return createBulkUpsert<JournalTrafficTable>(TRAFFIC_COLUMNS, (trx, rows) =>
    trx
      .insertInto("journal_traffic")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns([...TRAFFIC_KEY]).doUpdateSet((eb) => ({
          requests: eb("journal_traffic.requests", "+", eb.ref("excluded.requests")),
        })),
      )
      .compile(),
  );
}

function createVisitUpsert(): BulkUpsert<VisitRow> {
  return createBulkUpsert<VisitRow>(VISIT_COLUMNS, (trx, rows) =>
    trx
      .insertInto("journal_visit")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns([...VISIT_KEY]).doUpdateSet((eb) => ({
          country: eb.ref("excluded.country"),
          // What a log told of this minute is in what was counted here.
          requests: sql<number>`excluded.requests +
            case when journal_visit.imported = 0 then journal_visit.requests else 0 end`,
          imported: eb.lit(0),
          refused: eb("journal_visit.refused", "+", eb.ref("excluded.refused")),
        })),
      )
      .compile(),
  );
}
