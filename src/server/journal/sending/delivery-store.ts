// Keeps what still has to be sent: a row for each webhook and event, claimed before it is sent.
import type { Transaction } from "kysely";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import { insertMany } from "../../../platform/database/insert-many.ts";
import type { Schema } from "../../migrations/schema.ts";

export type Delivery = {
  readonly id: string;
  /** The event's id: the same at each attempt and for each webhook. */
  readonly messageId: string;
  readonly body: string;
  /** Those begun, the one under way included. */
  readonly attempts: number;
  readonly createdAtMs: number;
};

/** Whoever claimed deliveries and was killed holds them no longer than this. */
export const CLAIM_MS = 120_000;

const ROWS_PER_STATEMENT = 2_000;

const COLUMNS = [
  { name: "id", type: "text" },
  { name: "webhook_id", type: "text" },
  { name: "body", type: "text" },
  { name: "attempts", type: "integer" },
  { name: "next_at", type: "integer" },
  { name: "created_at", type: "integer" },
] as const;

/** Neither part has a dot. INVARIANT: the same event for the same webhook is the same row. */
function deliveryIdOf(webhookId: string, messageId: string): string {
  return `${webhookId}.${messageId}`;
}

export type NewDelivery = {
  readonly messageId: string;
  readonly body: string;
  /** When it happened: they are sent in this order. */
  readonly atMs: number;
};

export async function insertDeliveries(
  trx: Transaction<Schema>,
  webhookId: string,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  for (let at = 0; at < deliveries.length; at += ROWS_PER_STATEMENT) {
    const rows = deliveries
      .slice(at, at + ROWS_PER_STATEMENT)
      .map(({ messageId, body, atMs }) => [
        deliveryIdOf(webhookId, messageId),
        webhookId,
        body,
        0,
        0,
        atMs,
      ]);
    await insertMany(trx, {
      table: "journal_delivery",
      columns: COLUMNS,
      rows,
      onConflict: "ignore",
    });
  }
}

/** How many wait for each webhook; those without any are not in it. */
export async function countWaiting(db: ReadDatabase<Schema>): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom("journal_delivery")
    .select((eb) => ["webhook_id", eb.fn.countAll<number | string>().as("waiting")] as const)
    .groupBy("webhook_id")
    .execute();
  return new Map(rows.map(({ webhook_id, waiting }) => [webhook_id, Number(waiting)]));
}

/**
 * The oldest that are due; none while the webhook is off or paused, whatever was known of it when
 * it was looked for. INVARIANT: of any number of nodes one gets each of them.
 */
export async function claimDeliveries(
  trx: Transaction<Schema>,
  wanted: { readonly webhookId: string; readonly nowMs: number; readonly limit: number },
): Promise<readonly Delivery[]> {
  const { webhookId, nowMs, limit } = wanted;
  const rows = await trx
    .updateTable("journal_delivery")
    .set((eb) => ({ next_at: nowMs + CLAIM_MS, attempts: eb("attempts", "+", 1) }))
    .where("id", "in", (eb) =>
      eb
        .selectFrom("journal_delivery")
        .select("id")
        .where("webhook_id", "=", webhookId)
        .where("next_at", "<=", nowMs)
        .orderBy("created_at")
        .orderBy("id")
        .limit(limit),
    )
    // PostgreSQL looks at a row again that another node has just claimed.
    .where("next_at", "<=", nowMs)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("journal_webhook")
          .select("journal_webhook.id")
          .where("journal_webhook.id", "=", webhookId)
          .where("journal_webhook.is_on", "=", 1)
          .where("journal_webhook.next_at", "<=", nowMs),
      ),
    )
    .returning(["id", "body", "attempts", "created_at"])
    .execute();
  return rows
    .map(({ id, body, attempts, created_at: createdAtMs }) => {
      return { id, messageId: id.slice(id.indexOf(".") + 1), body, attempts, createdAtMs };
    })
    .toSorted((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1));
}

/** For good: sent, or given up. What a claim that ran out has left to others stays. */
export async function removeDeliveries(
  trx: Transaction<Schema>,
  deliveries: readonly Delivery[],
): Promise<void> {
  for (const { id, attempts } of deliveries) {
    await trx
      .deleteFrom("journal_delivery")
      .where("id", "=", id)
      .where("attempts", "=", attempts)
      .execute();
  }
}

/** `isTried`: false: the attempt was never made, and does not count. */
export async function putBack(
  trx: Transaction<Schema>,
  delivery: Delivery,
  { nextAtMs, isTried }: { readonly nextAtMs: number; readonly isTried: boolean },
): Promise<void> {
  const { id, attempts } = delivery;
  await trx
    .updateTable("journal_delivery")
    .set({ next_at: nextAtMs, attempts: isTried ? attempts : attempts - 1 })
    .where("id", "=", id)
    // Attempts only grow while somebody else has it: the number says whose claim it is.
    .where("attempts", "=", attempts)
    .execute();
}

/** Returns how many there were. */
export async function dropDeliveries(trx: Transaction<Schema>, webhookId: string): Promise<number> {
  const deleted = await trx
    .deleteFrom("journal_delivery")
    .where("webhook_id", "=", webhookId)
    .executeTakeFirst();
  return Number(deleted.numDeletedRows);
}

/** What was written for a webhook in the moment when it was deleted or turned off. */
export async function dropOrphans(trx: Transaction<Schema>): Promise<void> {
  await trx
    .deleteFrom("journal_delivery")
    .where("webhook_id", "not in", (eb) =>
      eb.selectFrom("journal_webhook").select("id").where("is_on", "=", 1),
    )
    .execute();
}
