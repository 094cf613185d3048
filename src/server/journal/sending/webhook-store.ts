// Keeps webhooks in SQL: one row each, with its sealed secret, a version, and how it fares.
import type { Transaction } from "kysely";
import type { EventGroup } from "../../../api/journal-api.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { JournalWebhookTable } from "../../migrations/journal-tables.ts";
import type { Schema } from "../../migrations/schema.ts";
import { webhookPauseMs } from "./retry-webhook.ts";

export type WebhookSettings = {
  readonly name: string;
  readonly url: string;
  readonly groups: readonly EventGroup[];
  readonly isOn: boolean;
};

export type StoredWebhook = WebhookSettings & {
  readonly id: string;
  readonly sealedSecret: string;
  readonly version: number;
  readonly createdAtMs: number;
  readonly createdBy: string;
  readonly deliveredAtMs: number | null;
  /** When the failures since the last success began. */
  readonly failedAtMs: number | null;
  /** Until then nothing is sent. */
  readonly nextAtMs: number;
  readonly fault: string | null;
  readonly failures: number;
  readonly lost: number;
};

/** What a webhook's secret is sealed for. */
export function webhookSecretRow(id: string): string {
  return `journal_webhook/secret/${id}`;
}

/** In the order of their names. */
export async function listWebhooks(db: ReadDatabase<Schema>): Promise<readonly StoredWebhook[]> {
  const rows = await db
    .selectFrom("journal_webhook")
    .selectAll()
    .orderBy("name")
    .orderBy("id")
    .execute();
  return rows.map(toWebhook);
}

export async function findWebhook(
  db: ReadDatabase<Schema>,
  id: string,
): Promise<StoredWebhook | null> {
  const row = await db
    .selectFrom("journal_webhook")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined ? null : toWebhook(row);
}

export async function insertWebhook(
  trx: Transaction<Schema>,
  made: WebhookSettings & {
    readonly id: string;
    readonly sealedSecret: string;
    readonly createdBy: string;
    readonly nowMs: number;
  },
): Promise<void> {
  await trx
    .insertInto("journal_webhook")
    .values({
      id: made.id,
      ...columnsOf(made),
      sealed_secret: made.sealedSecret,
      version: 1,
      created_at: made.nowMs,
      created_by: made.createdBy,
      delivered_at: null,
      failed_at: null,
      next_at: 0,
      fault: null,
      failures: 0,
      lost: 0,
    })
    .execute();
}

/** What was wrong is forgotten. False when it has moved on since it was read, or is gone. */
export async function updateWebhook(
  trx: Transaction<Schema>,
  before: Pick<StoredWebhook, "id" | "version">,
  after: WebhookSettings & { readonly sealedSecret: string },
): Promise<boolean> {
  const updated = await trx
    .updateTable("journal_webhook")
    .set({
      ...columnsOf(after),
      sealed_secret: after.sealedSecret,
      version: before.version + 1,
      failed_at: null,
      next_at: 0,
      fault: null,
      failures: 0,
    })
    .where("id", "=", before.id)
    .where("version", "=", before.version)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

export async function deleteWebhookRow(trx: Transaction<Schema>, id: string): Promise<boolean> {
  const deleted = await trx.deleteFrom("journal_webhook").where("id", "=", id).executeTakeFirst();
  return deleted.numDeletedRows === 1n;
}

export async function noteDelivered(
  trx: Transaction<Schema>,
  id: string,
  nowMs: number,
): Promise<void> {
  await trx
    .updateTable("journal_webhook")
    .set({ delivered_at: nowMs, failed_at: null, next_at: 0, fault: null, failures: 0 })
    .where("id", "=", id)
    .where("is_on", "=", 1)
    .execute();
}

/** Returns it as it is then; null when it is off or gone by now. */
export async function noteFailed(
  trx: Transaction<Schema>,
  id: string,
  { nowMs, fault }: { readonly nowMs: number; readonly fault: string },
): Promise<StoredWebhook | null> {
  const row = await trx
    .updateTable("journal_webhook")
    .set((eb) => ({
      failed_at: eb.fn.coalesce("failed_at", eb.val(nowMs)),
      fault,
      failures: eb("failures", "+", 1),
    }))
    .where("id", "=", id)
    .where("is_on", "=", 1)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return null;
  const nextAtMs = nowMs + webhookPauseMs(row.failures);
  await trx
    .updateTable("journal_webhook")
    .set({ next_at: nextAtMs })
    .where("id", "=", id)
    .execute();
  return { ...toWebhook(row), nextAtMs };
}

/** The version moves on: whoever has it open is told. False when it was off already. */
export async function switchOff(
  trx: Transaction<Schema>,
  id: string,
  fault: string,
): Promise<boolean> {
  const updated = await trx
    .updateTable("journal_webhook")
    .set((eb) => ({ is_on: 0, fault, version: eb("version", "+", 1) }))
    .where("id", "=", id)
    .where("is_on", "=", 1)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

export async function addLost(trx: Transaction<Schema>, id: string, events: number): Promise<void> {
  if (events === 0) return;
  await trx
    .updateTable("journal_webhook")
    .set((eb) => ({ lost: eb("lost", "+", events) }))
    .where("id", "=", id)
    .execute();
}

function columnsOf({ name, url, groups, isOn }: WebhookSettings) {
  return { name, url, groups_json: JSON.stringify(groups), is_on: isOn ? 1 : 0 };
}

function toWebhook(row: JournalWebhookTable): StoredWebhook {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    // INVARIANT: only groups that the API's schema lets in were ever stored.
    groups: JSON.parse(row.groups_json) as readonly EventGroup[],
    isOn: row.is_on === 1,
    sealedSecret: row.sealed_secret,
    version: row.version,
    createdAtMs: row.created_at,
    createdBy: row.created_by,
    deliveredAtMs: row.delivered_at,
    failedAtMs: row.failed_at,
    nextAtMs: row.next_at,
    fault: row.fault,
    failures: row.failures,
    lost: row.lost,
  };
}
