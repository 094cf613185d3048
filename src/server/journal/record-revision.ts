// Writes what a change of a policy was into its history, in the change's own transaction.
import type { Transaction } from "kysely";
import type { PolicyOwner } from "../../core/accounts/account.ts";
import { insertMany } from "../../platform/database/insert-many.ts";
import type { JournalRevisionEntryTable } from "../migrations/journal-tables.ts";
import type { Schema } from "../migrations/schema.ts";
import type { ChangeContext } from "./change-context.ts";

export type Revision = {
  readonly context: ChangeContext;
  readonly atMs: number;
  /** A section's name, `audio-download` or `entries`. */
  readonly subject: string;
  readonly owner: PolicyOwner;
  /** Code; null: the platform. */
  readonly account: string | null;
  /** Whole values; null for entries. */
  readonly before: unknown;
  readonly after: unknown;
  /** How many entries it changed. */
  readonly entries?: number;
  /** What the guard would have refused, in a sentence. */
  readonly overrode: string | null;
};

export type RevisedEntry = Omit<JournalRevisionEntryTable, "revision" | "family"> & {
  readonly family: 4 | 6;
};

/** @returns the number of the revision */
export async function recordRevision(
  trx: Transaction<Schema>,
  revision: Revision,
): Promise<number> {
  const { context, atMs, subject, owner, account } = revision;
  const { number } = await trx
    .insertInto("journal_revision")
    .values({
      change_id: context.changeId,
      at: atMs,
      subject,
      owner,
      account,
      way: context.way,
      actor: context.actor,
      address: context.address,
      before_json: JSON.stringify(revision.before ?? null),
      after_json: JSON.stringify(revision.after ?? null),
      entries: revision.entries ?? 0,
      restores: context.restores,
      overrode: revision.overrode,
    })
    .returning("number")
    .executeTakeFirstOrThrow();
  return number;
}

const COLUMNS = [
  { name: "revision", type: "integer" },
  { name: "family", type: "integer" },
  { name: "range_start", type: "text" },
  { name: "range_end", type: "text" },
  { name: "before_action", type: "text" },
  { name: "before_note", type: "text" },
  { name: "before_expires_at", type: "integer" },
  { name: "after_action", type: "text" },
  { name: "after_note", type: "text" },
  { name: "after_expires_at", type: "integer" },
] as const;

/** More changes of entries than these are never gone back over at once. */
export const REVISED_ENTRIES_MAX = 100_000;

const ROWS_PER_INSERT = 2000;

export async function recordRevisedEntries(
  trx: Transaction<Schema>,
  revision: number,
  entries: readonly RevisedEntry[],
): Promise<void> {
  for (let at = 0; at < entries.length; at += ROWS_PER_INSERT) {
    const part = entries.slice(at, at + ROWS_PER_INSERT);
    const rows = part.map((entry) => COLUMNS.map(({ name }) => cellOf(entry, name, revision)));
    await insertMany(trx, { table: "journal_revision_entry", columns: COLUMNS, rows });
  }
}

type ColumnName = (typeof COLUMNS)[number]["name"];

function cellOf(entry: RevisedEntry, name: ColumnName, revision: number): string | number | null {
  return name === "revision" ? revision : entry[name];
}
