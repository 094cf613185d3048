// Reads and writes the rows of the audit. There is nothing here that changes or deletes one.
import { sql } from "kysely";
import type { RawBuilder, SqlBool, Transaction } from "kysely";
import type { ReadDatabase } from "../../platform/database/database.ts";
import { partPattern } from "../accounts/index.ts";
import type { JournalAuditTable } from "../migrations/journal-tables.ts";
import type { Schema } from "../migrations/schema.ts";
import { chainEvent, NUMBER_MAX, TIME_MAX_MS } from "./audit-entry.ts";
import type { AuditHead } from "./audit-entry.ts";
import type { JournalEvent } from "./journal-event.ts";

const ROWS_PER_INSERT = 200;

/** Somebody may have written what no number here can hold: it is read as the nearest that can. */
function within(column: "number" | "at", max: number): RawBuilder<number> {
  const [name, most] = [sql.ref(column), sql.lit(max)];
  return sql`case when ${name} > ${most} then ${most} when ${name} < -${most} then -${most}
    else ${name} end`;
}

const AUDIT_COLUMNS = [
  within("number", NUMBER_MAX).as("number"),
  within("at", TIME_MAX_MS).as("at"),
  ...(["event_id", "kind", "owner", "account", "user_id", "actor", "address", "reason"] as const),
  ...(["detail_json", "previous_hash", "hash"] as const),
] as const;

/** Null: the row that every store has is gone. */
export async function readHead(read: ReadDatabase<Schema>): Promise<AuditHead | null> {
  const columns = [within("number", NUMBER_MAX).as("number"), "hash"] as const;
  const query = read.selectFrom("journal_audit_head").select(columns);
  return (await query.where("id", "=", 1).executeTakeFirst()) ?? null;
}

/**
 * Adds the events to the chain, in their order. INVARIANT: the row lock of `journal_audit_head`
 * gives the entries of all nodes one order; it is taken last in a transaction, or two of them
 * would wait for each other.
 */
export async function appendToChain(
  trx: Transaction<Schema>,
  events: readonly JournalEvent[],
): Promise<void> {
  if (events.length === 0) return;
  let head: AuditHead = await trx
    .updateTable("journal_audit_head")
    .set((eb) => ({ number: eb("number", "+", events.length) }))
    .where("id", "=", 1)
    .returning((eb) => [eb("number", "-", events.length).as("number"), "hash"])
    .executeTakeFirstOrThrow();
  const rows: JournalAuditTable[] = [];
  for (const event of events) {
    const row = chainEvent(head, event);
    rows.push(row);
    head = row;
  }
  for (let index = 0; index < rows.length; index += ROWS_PER_INSERT) {
    const part = rows.slice(index, index + ROWS_PER_INSERT);
    await trx.insertInto("journal_audit").values(part).execute();
  }
  await trx
    .updateTable("journal_audit_head")
    .set({ hash: head.hash })
    .where("id", "=", 1)
    .execute();
}

export type AuditFilter = {
  readonly kind?: string;
  readonly userId?: string;
  /** Part of it. */
  readonly actor?: string;
  /** Both included. */
  readonly sinceMs?: number;
  readonly untilMs?: number;
};

export type AuditPage = {
  readonly rows: readonly JournalAuditTable[];
  /** The number to go on before; null: there is nothing before these. */
  readonly next: number | null;
};

/** Newest first. */
export async function listAudit(
  read: ReadDatabase<Schema>,
  filter: AuditFilter,
  page: { readonly before: number | null; readonly limit: number },
): Promise<AuditPage> {
  const { kind, userId, actor, sinceMs, untilMs } = filter;
  const { before, limit } = page;
  let query = read.selectFrom("journal_audit").select(AUDIT_COLUMNS);
  if (kind !== undefined) query = query.where("kind", "=", kind);
  if (userId !== undefined) query = query.where("user_id", "=", userId);
  if (actor !== undefined) {
    query = query.where(sql<SqlBool>`lower(actor) like ${partPattern(actor)} escape '\\'`);
  }
  if (sinceMs !== undefined) query = query.where("at", ">=", sinceMs);
  if (untilMs !== undefined) query = query.where("at", "<=", untilMs);
  if (before !== null) query = query.where("number", "<", before);
  const found = await query
    .orderBy("journal_audit.number", "desc")
    .limit(limit + 1)
    .execute();
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? (rows.at(-1)?.number ?? null) : null };
}

/** In their order. */
export async function readChain(
  read: ReadDatabase<Schema>,
  after: number,
  limit: number,
): Promise<readonly JournalAuditTable[]> {
  return await read
    .selectFrom("journal_audit")
    .select(AUDIT_COLUMNS)
    .where("number", ">", after)
    .orderBy("journal_audit.number")
    .limit(limit)
    .execute();
}

/** The hashes of those of the entries that there are. */
export async function readHashes(
  read: ReadDatabase<Schema>,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const query = read.selectFrom("journal_audit").select(["number", "hash"]);
  const rows = await query.where("number", "in", numbers).execute();
  return new Map(rows.map(({ number, hash }) => [number, hash]));
}
