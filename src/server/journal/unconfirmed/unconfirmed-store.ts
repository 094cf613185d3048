// Keeps in SQL which changes go back by themselves, and what each of them changed.
import type { Transaction } from "kysely";
import { ENTRIES_SUBJECT } from "../../../api/revision-api.ts";
import { canReach } from "../../../core/accounts/reach.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import { reachOf } from "../../accounts/index.ts";
import type { Principal } from "../../accounts/index.ts";
import type { JournalUnconfirmedTable } from "../../migrations/journal-tables.ts";
import type { Schema } from "../../migrations/schema.ts";
import { readRevisionsOf } from "../revision-store.ts";
import type { StoredRevision } from "../revision-store.ts";

type Read = ReadDatabase<Schema>;
type Trx = Transaction<Schema>;

export type StoredUnconfirmed = JournalUnconfirmedTable;

/** With what it changed, in the order it was made. */
export type WaitingChange = {
  readonly changeId: string;
  readonly madeAtMs: number;
  /** From then on it is as if it had never been made. */
  readonly goesBackAtMs: number;
  readonly actor: string;
  /** Canonical text; null: nobody asked over the network. */
  readonly address: string | null;
  readonly revisions: readonly StoredRevision[];
};

/** The next to go back first. */
export function listUnconfirmed(read: Read): Promise<readonly StoredUnconfirmed[]> {
  return read
    .selectFrom("journal_unconfirmed")
    .selectAll()
    .orderBy("reverts_at")
    .orderBy("change_id")
    .execute();
}

export async function readWaiting(read: Read, row: StoredUnconfirmed): Promise<WaitingChange> {
  return {
    changeId: row.change_id,
    madeAtMs: row.made_at,
    goesBackAtMs: row.reverts_at,
    actor: row.actor,
    address: row.address,
    revisions: await readRevisionsOf(read, row.change_id),
  };
}

export async function insertUnconfirmed(trx: Trx, row: StoredUnconfirmed): Promise<void> {
  await trx.insertInto("journal_unconfirmed").values(row).execute();
}

/**
 * One conditional write: of everybody who confirms a change, takes it back or lets it go back, one
 * does. @returns false when it waits no more
 */
export async function claimUnconfirmed(
  trx: Trx,
  changeId: string,
  /** Only while it waits until later than this; null: at any time. */
  laterThanMs: number | null,
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom("journal_unconfirmed")
    .where("change_id", "=", changeId)
    .$if(laterThanMs !== null, (query) => query.where("reverts_at", ">", laterThanMs!))
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/**
 * Whether the store undid all of it, here or by another node; else it was confirmed, some of it is
 * kept, or there was nothing to undo.
 */
export async function hasGoneBack(read: Read, { revisions }: WaitingChange): Promise<boolean> {
  const { count } = await read
    .selectFrom("journal_revision")
    .select((eb) => eb.fn.countAll<number | string>().as("count"))
    .where("restores", "=", revisions.at(-1)?.number ?? 0)
    .executeTakeFirstOrThrow();
  return Number(count) >= revisions.length;
}

/** The first waiting change that is about what this change has just written; null: none is. */
export async function findWaitingUnder(
  trx: Trx,
  changeId: string,
): Promise<StoredUnconfirmed | null> {
  const found = await trx
    .selectFrom("journal_unconfirmed as waiting")
    .innerJoin("journal_revision as before", "before.change_id", "waiting.change_id")
    .innerJoin("journal_revision as made", (join) =>
      join
        .onRef("made.owner", "=", "before.owner")
        .onRef("made.subject", "=", "before.subject")
        .on("made.change_id", "=", changeId),
    )
    .where("waiting.change_id", "<>", changeId)
    .where((eb) =>
      eb.or([
        eb("before.subject", "<>", ENTRIES_SUBJECT),
        // Of a list only the same range: others may be banned while one waits.
        eb.exists(
          eb
            .selectFrom("journal_revision_entry as one")
            .innerJoin("journal_revision_entry as other", (join) =>
              join
                .onRef("other.family", "=", "one.family")
                .onRef("other.range_start", "=", "one.range_start")
                .onRef("other.range_end", "=", "one.range_end"),
            )
            .select("one.revision")
            .whereRef("one.revision", "=", "before.number")
            .whereRef("other.revision", "=", "made.number"),
        ),
      ]),
    )
    .selectAll("waiting")
    .orderBy("waiting.reverts_at")
    .executeTakeFirst();
  return found ?? null;
}

/** Only whoever may change all of it is told of a change. */
export function isWithinReach(
  { revisions }: Pick<WaitingChange, "revisions">,
  principal: Principal,
): boolean {
  const reach = reachOf(principal);
  return reach.kind === "platform" || revisions.every(({ owner }) => canReach(reach, owner));
}
