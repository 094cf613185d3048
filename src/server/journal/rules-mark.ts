// Finds out whether rules were changed, on any node, between a judgement and what was judged.
import type { Transaction } from "kysely";
import type { EventKind } from "../../api/journal-api.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import { EMPTY_CHAIN } from "./audit-entry.ts";
import { readHead } from "./audit-store.ts";

/** Each change of rules writes one of these into the audit, in its own transaction. */
const RULES_CHANGED = [
  "policy-changed",
  "entries-changed",
  "identity-policy-changed",
  "audio-policy-changed",
  "subscription-changed",
] as const satisfies readonly EventKind[];

/** Where the audit ends: what changes rules from now on stands behind it. */
export async function readRulesMark(read: ReadDatabase<Schema>): Promise<number> {
  return ((await readHead(read)) ?? EMPTY_CHAIN).number;
}

/**
 * Last in a transaction, before its own entries of the audit are written. INVARIANT: the row lock
 * of the audit's head makes whoever else changes rules wait, or be seen here.
 */
export async function haveRulesMovedOn(trx: Transaction<Schema>, mark: number): Promise<boolean> {
  await trx
    .updateTable("journal_audit_head")
    .set((eb) => ({ number: eb.ref("number") }))
    .where("id", "=", 1)
    .execute();
  const later = await trx
    .selectFrom("journal_audit")
    .select("number")
    .where("number", ">", mark)
    .where("kind", "in", RULES_CHANGED)
    .limit(1)
    .executeTakeFirst();
  return later !== undefined;
}
