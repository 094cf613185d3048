// Reads the history of the rules: revisions, and the entries that each of them changed.
import type { PolicyOwner } from "../../core/accounts/account.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import { ENTRIES_SUBJECT } from "../../api/revision-api.ts";
import { REVISED_ENTRIES_MAX } from "./record-revision.ts";
import type { RevisedEntry } from "./record-revision.ts";

export type StoredRevision = {
  readonly number: number;
  readonly change_id: string;
  readonly at: number;
  readonly subject: string;
  readonly owner: PolicyOwner;
  readonly account: string | null;
  readonly way: string;
  readonly actor: string;
  readonly address: string | null;
  readonly before_json: string;
  readonly after_json: string;
  readonly entries: number;
  readonly restores: number | null;
  readonly overrode: string | null;
};

const COLUMNS = [
  "number",
  "change_id",
  "at",
  "subject",
  "owner",
  "account",
  "way",
  "actor",
  "address",
  "before_json",
  "after_json",
  "entries",
  "restores",
  "overrode",
] as const;

const ENTRY_COLUMNS = [
  "family",
  "range_start",
  "range_end",
  "before_action",
  "before_note",
  "before_expires_at",
  "after_action",
  "after_note",
  "after_expires_at",
] as const;

type Read = ReadDatabase<Schema>;

/** Newest first. */
export async function listRevisions(
  read: Read,
  filter: {
    /** Null: everybody's. */
    readonly owners: readonly PolicyOwner[] | null;
    readonly subject: string | null;
    /** Older than this one; null: from the newest on. */
    readonly before: number | null;
    readonly limit: number;
  },
): Promise<readonly StoredRevision[]> {
  const { owners, subject, before } = filter;
  if (owners?.length === 0) return [];
  return read
    .selectFrom("journal_revision")
    .select(COLUMNS)
    .$if(owners !== null, (query) => query.where("owner", "in", owners!))
    .$if(subject !== null, (query) => query.where("subject", "=", subject!))
    .$if(before !== null, (query) => query.where("number", "<", before!))
    .orderBy("number", "desc")
    .limit(filter.limit)
    .execute();
}

export async function findRevision(read: Read, number: number): Promise<StoredRevision | null> {
  const row = await read
    .selectFrom("journal_revision")
    .select(COLUMNS)
    .where("number", "=", number)
    .executeTakeFirst();
  return row ?? null;
}

/** Everything that was changed in one step, in the order it was done. */
export function readRevisionsOf(read: Read, changeId: string): Promise<readonly StoredRevision[]> {
  return read
    .selectFrom("journal_revision")
    .select(COLUMNS)
    .where("change_id", "=", changeId)
    .orderBy("number")
    .execute();
}

/** The first of those that it changed, in the order of their ranges. */
export async function listRevisedEntries(
  read: Read,
  revision: number,
  limit: number,
): Promise<readonly RevisedEntry[]> {
  const rows = await read
    .selectFrom("journal_revision_entry")
    .select(ENTRY_COLUMNS)
    .where("revision", "=", revision)
    .orderBy("family")
    .orderBy("range_start")
    .orderBy("range_end")
    .limit(limit)
    .execute();
  return rows as RevisedEntry[];
}

/**
 * Every entry of the list that was changed by a revision from this one on, as it was before the
 * first of them. Null: there are more changes than are gone back over.
 * @param at.changeId only what this change did; null: whatever was done
 */
export async function readEntriesBefore(
  read: Read,
  at: {
    readonly owner: PolicyOwner;
    readonly from: number;
    readonly changeId: string | null;
  },
): Promise<readonly RevisedEntry[] | null> {
  if ((await countChangesSince(read, at)) > REVISED_ENTRIES_MAX) return null;
  const rows = await read
    .selectFrom("journal_revision_entry as entry")
    .innerJoin("journal_revision as made", "made.number", "entry.revision")
    .select(ENTRY_COLUMNS.map((name) => `entry.${name}` as const))
    .where("made.owner", "=", at.owner)
    .where("made.number", ">=", at.from)
    .$if(at.changeId !== null, (query) => query.where("made.change_id", "=", at.changeId!))
    .orderBy("made.number")
    .execute();
  const first = new Map<string, RevisedEntry>();
  for (const row of rows) {
    const key = `${row.family}:${row.range_start}-${row.range_end}`;
    if (!first.has(key)) first.set(key, row as RevisedEntry);
  }
  return [...first.values()];
}

/** As the revisions say: of very long ones not every entry is kept. */
async function countChangesSince(
  read: Read,
  at: {
    readonly owner: PolicyOwner;
    readonly from: number;
    readonly changeId: string | null;
  },
): Promise<number> {
  const { changed } = await read
    .selectFrom("journal_revision")
    .select((eb) => eb.fn.sum<number | string | null>("entries").as("changed"))
    .where("owner", "=", at.owner)
    .where("subject", "=", ENTRIES_SUBJECT)
    .where("number", ">=", at.from)
    .$if(at.changeId !== null, (query) => query.where("change_id", "=", at.changeId!))
    .executeTakeFirstOrThrow();
  return Number(changed ?? 0);
}
