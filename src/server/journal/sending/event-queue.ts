// Holds new events in memory until there is a row for each webhook that wants them.
import { WEBHOOK_BOUNDS } from "../../../api/webhook-api.ts";
import type { Database } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { JournalEvent } from "../journal-event.ts";
import { countWaiting, insertDeliveries } from "./delivery-store.ts";
import type { NewDelivery } from "./delivery-store.ts";
import { groupOf, toMessageBody } from "./webhook-message.ts";
import { addLost, listWebhooks } from "./webhook-store.ts";

export type EventQueue = {
  /** No I/O. */
  readonly add: (events: readonly JournalEvent[]) => void;
  /** Rejects when the store is away; the events stay for the next time. Not twice at once. */
  readonly store: () => Promise<void>;
  /** Events that found no room here, since the start; they are in the journal all the same. */
  readonly lost: () => number;
};

/** More are there only while the store is away. */
const HELD_MAX = 10_000;
const BATCH = 1_000;

export function createEventQueue(database: Database<Schema>): EventQueue {
  const held: JournalEvent[] = [];
  let lost = 0;

  function add(events: readonly JournalEvent[]): void {
    for (const event of events) {
      if (held.length < HELD_MAX) held.push(event);
      else lost += 1;
    }
  }

  async function store(): Promise<void> {
    while (held.length > 0) {
      const batch = held.slice(0, BATCH);
      await storeBatch(database, batch);
      held.splice(0, batch.length);
    }
  }

  return { add, store, lost: () => lost };
}

/** INVARIANT: no webhook has more rows than it may; what is left out is counted for it. */
async function storeBatch(
  database: Database<Schema>,
  batch: readonly JournalEvent[],
): Promise<void> {
  const isAsked = (await listWebhooks(database.kysely)).some(({ isOn }) => isOn);
  if (!isAsked) return;
  const deliveries = batch.map((event) => ({ group: groupOf(event), ...toDelivery(event) }));
  await database.transaction(async (trx) => {
    const waiting = await countWaiting(trx);
    for (const { id, isOn, groups } of await listWebhooks(trx)) {
      const wanted = isOn ? deliveries.filter(({ group }) => groups.includes(group)) : [];
      if (wanted.length === 0) continue;
      const room = Math.max(0, WEBHOOK_BOUNDS.waiting - (waiting.get(id) ?? 0));
      await insertDeliveries(trx, id, wanted.slice(0, room));
      await addLost(trx, id, Math.max(0, wanted.length - room));
    }
  });
}

function toDelivery(event: JournalEvent): NewDelivery {
  return { messageId: event.id, body: toMessageBody(event), atMs: event.lastAtMs };
}
