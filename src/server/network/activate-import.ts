// Stores the lines of an import that were all read: as entries, in one transaction.
import { sql } from "kysely";
import type { Transaction } from "kysely";
import type { Schema } from "../migrations/schema.ts";
import { REVISED_ENTRIES_SHOWN } from "../../api/revision-api.ts";
import { recordRevision, REVISED_ENTRIES_MAX } from "../journal/index.ts";
import { recordChanges } from "./change-feed.ts";
import type { Network } from "./create-network.ts";
import type { ErrorList, ImportOrder } from "./import-entries.ts";

/** So many bad lines are named. */
export const IMPORT_ERRORS_MAX = 100;

/** Thrown inside the transaction so that it is rolled back; the list holds what to say. */
export class ContradictionError extends Error {}

type Activation = {
  readonly trx: Transaction<Schema>;
  readonly order: ImportOrder;
  readonly errors: ErrorList;
  readonly overrode: string | null;
};

/** Stores the lines, unless one gives a range the other action: then nothing is stored. */
export async function activateImport(
  network: Network,
  { trx, order, errors, overrode }: Activation,
): Promise<number> {
  const { importId, owner, nowMs, context } = order;
  const { actor } = context;
  await joinByReadingOnce(network, trx);
  const { before } = await trx
    .selectFrom("network_entry")
    .select((eb) => eb.fn.coalesce(eb.fn.max("id"), eb.lit(0)).as("before"))
    .executeTakeFirstOrThrow();
  await makeRoom(trx, order);
  const inserted = await sql`
    insert into network_entry
      (owner, action, family, range_start, range_end, note, author, created_at, expires_at)
    select ${owner}, action, family, range_start, range_end, note,
      ${actor}, cast(${nowMs} as bigint), expires_at
    from network_entry_import where import_id = ${importId}
    order by line
    on conflict (owner, family, range_start, range_end) do nothing`.execute(trx);
  // Every range of the list is an entry now; one with the other action contradicts its line.
  const contradictions = await sql<{ line: number; id: number; action: string }>`
    select staged.line as line, entry.id as id, entry.action as action
    from network_entry_import staged
    join network_entry entry
      on entry.owner = ${owner} and entry.family = staged.family
      and entry.range_start = staged.range_start and entry.range_end = staged.range_end
    where staged.import_id = ${importId} and entry.action <> staged.action
    limit ${IMPORT_ERRORS_MAX}`.execute(trx);
  for (const { line, id, action } of contradictions.rows) {
    errors.add(line, describeContradiction(action, id > before ? null : id));
  }
  if (errors.count > 0) throw new ContradictionError();
  const added = Number(inserted.numAffectedRows ?? 0n);
  if (added > 0) await reviseImport(network, { trx, order, overrode, added, before });
  await network.recordEvent(trx, {
    kind: "entries-changed",
    atMs: nowMs,
    owner,
    range: null,
    reason: order.action,
    actor,
    detail: { change: "imported", added, importId, ...(overrode === null ? {} : { overrode }) },
  });
  await recordChanges(trx, [{ kind: "entries-reloaded", owner }], nowMs);
  return added;
}

/** @param id of the entry; null: a line of the list says it */
export function describeContradiction(action: string, id: number | null): string {
  const other = id === null ? "an earlier line" : `entry ${id}`;
  return `The same range has the action ${action} by ${other}.`;
}

/**
 * Lines and entries of one range are joined by reading each table once. PostgreSQL believes what it
 * last counted: after it has counted none it would read all entries for each line, for hours.
 */
export async function joinByReadingOnce(network: Network, trx: Transaction<Schema>): Promise<void> {
  if (network.database.engine !== "postgres") return;
  await sql`set local enable_nestloop = off`.execute(trx);
}

/**
 * By one statement: of a million lines none passes through here again. Of more than can be gone
 * back over only those are kept that the history shows: it stays for good.
 */
async function reviseImport(
  network: Network,
  {
    trx,
    order,
    overrode,
    added,
    before,
  }: Omit<Activation, "errors"> & { readonly added: number; readonly before: number },
): Promise<void> {
  const { owner, nowMs, context } = order;
  const revision = await recordRevision(trx, {
    context,
    atMs: nowMs,
    subject: "entries",
    owner,
    account: network.accountCodeOf(owner),
    before: null,
    after: null,
    entries: added,
    overrode,
  });
  const kept = added > REVISED_ENTRIES_MAX ? REVISED_ENTRIES_SHOWN : added;
  await sql`
    insert into journal_revision_entry
      (revision, family, range_start, range_end, after_action, after_note, after_expires_at)
    select cast(${revision} as bigint), family, range_start, range_end, action, note, expires_at
    from network_entry where owner = ${owner} and id > cast(${before} as bigint)
    order by family, range_start, range_end limit cast(${kept} as bigint)`.execute(trx);
}

/** Entries that have ended make room for lines of the same range that have not. */
async function makeRoom(trx: Transaction<Schema>, order: ImportOrder): Promise<void> {
  const { importId, owner, nowMs } = order;
  await sql`
    delete from network_entry
    where owner = ${owner} and expires_at <= cast(${nowMs} as bigint)
      and (family, range_start, range_end) in (
        select family, range_start, range_end from network_entry_import
        where import_id = ${importId}
          and (expires_at is null or expires_at > cast(${nowMs} as bigint)))`.execute(trx);
}
