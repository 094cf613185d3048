// Keeps security events: writing them, finding one, listing them newest first.
import type { Transaction } from "kysely";
import type { Step } from "../../core/decision.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { JournalEventTable } from "../migrations/journal-tables.ts";
import type { Schema } from "../migrations/schema.ts";
import { createBulkUpsert } from "./bulk-upsert.ts";
import type { BulkUpsert } from "./bulk-upsert.ts";
import type { EventCursor } from "./event-cursor.ts";
import { filterConditions } from "./event-filter.ts";
import type { EventFilter } from "./event-filter.ts";
import { fromEventRow, fromStepsJson, toEventRow } from "./journal-event.ts";
import type { JournalEvent } from "./journal-event.ts";

const COLUMNS = [
  "id",
  "kind",
  "first_at",
  "last_at",
  "count",
  "owner",
  "family",
  "address_start",
  "address",
  "surface",
  "account",
  "country",
  "verdict",
  "status",
  "reason",
  "actor",
  "user_id",
  "detail_json",
] as const satisfies readonly (keyof JournalEventTable)[];
const ALL_COLUMNS = [...COLUMNS, "steps_json"] as const;

export type EventWithSteps = { readonly event: JournalEvent; readonly steps: readonly Step[] };

export async function insertEvent(trx: Transaction<Schema>, event: JournalEvent): Promise<void> {
  await trx.insertInto("journal_event").values(toEventRow(event, null)).execute();
}

/**
 * Writes decisions by id: a row that is there already gets the new count and time. Writing the
 * same once more changes nothing, so a batch whose outcome is not known is simply sent again.
 */
export function createDecisionUpsert(): BulkUpsert<JournalEventTable> {
  return createBulkUpsert<JournalEventTable>(ALL_COLUMNS, (trx, rows) =>
    trx
      .insertInto("journal_event")
      .values(rows)
      .onConflict((conflict) =>
        conflict.column("id").doUpdateSet((eb) => ({
          last_at: eb.ref("excluded.last_at"),
          count: eb.ref("excluded.count"),
          detail_json: eb.ref("excluded.detail_json"),
        })),
      )
      .compile(),
  );
}

export async function findDecision(
  db: ReadDatabase<Schema>,
  id: string,
): Promise<EventWithSteps | null> {
  const row = await db
    .selectFrom("journal_event")
    .select(ALL_COLUMNS)
    .where("id", "=", id)
    .where("kind", "=", "decision")
    .executeTakeFirst();
  if (row === undefined) return null;
  return { event: fromEventRow(row), steps: fromStepsJson(row.steps_json) };
}

/** Those of the ids that are in the store, in no certain order. */
export async function findEvents(
  db: ReadDatabase<Schema>,
  ids: readonly string[],
): Promise<readonly JournalEvent[]> {
  const query = db.selectFrom("journal_event").select(COLUMNS).where("id", "in", ids);
  return (await query.execute()).map(fromEventRow);
}

export type EventPage = {
  readonly events: readonly JournalEvent[];
  /** Null: there is nothing after these. */
  readonly next: EventCursor | null;
};

export async function listEvents(
  db: ReadDatabase<Schema>,
  filter: EventFilter,
  page: { readonly after: EventCursor | null; readonly limit: number },
): Promise<EventPage> {
  const { after, limit } = page;
  let query = db
    .selectFrom("journal_event")
    .select(COLUMNS)
    .where((eb) => filterConditions(eb, filter));
  if (after !== null) {
    query = query.where((eb) =>
      eb(eb.refTuple("last_at", "id"), "<", eb.tuple(after.lastAtMs, after.id)),
    );
  }
  const rows = await query
    .orderBy("last_at", "desc")
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  const events = rows.slice(0, limit).map(fromEventRow);
  const last = events.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { events, next: hasMore ? { lastAtMs: last.lastAtMs, id: last.id } : null };
}
