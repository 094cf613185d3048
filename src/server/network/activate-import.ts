// Stores the lines of an import that were all read: as entries, in one transaction.
import { sql } from "kysely";
import type { Transaction } from "kysely";
import type { ListAction } from "../../core/network/network-policy.ts";
import type { Schema } from "../migrations/schema.ts";
import { REVISED_ENTRIES_SHOWN } from "../../api/revision-api.ts";
import { recordRevision, REVISED_ENTRIES_MAX } from "../journal/index.ts";
import { recordChanges } from "./change-feed.ts";
import type { Network } from "./create-network.ts";
import type { ErrorList, ImportOrder } from "./import-entries.ts";

/** So many bad lines are named. */
export const IMPORT_ERRORS_MAX = 100;

const ROWS_PER_DELETE = 1_000;

/** Thrown inside the transaction so that it is rolled back; the list holds what to say. */
export class ContradictionError extends Error {}

type Activation = {
  readonly trx: Transaction<Schema>;
  readonly order: ImportOrder;
  readonly errors: ErrorList;
  /** The number of its lines. */
  readonly staged: number;
  readonly overrode: string | null;
};

/** Stores the lines, unless one gives a range the other action: then nothing is stored. */
export async function activateImport(
  network: Network,
  { trx, order, errors, staged, overrode }: Activation,
): Promise<number> {
  const { importId, owner, nowMs, context } = order;
  const { actor } = context;
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
  const added = Number(inserted.numAffectedRows ?? 0n);
  // Only a line that became no entry can contradict the one of its range.
  if (added < staged) await findContradictions({ trx, order, errors, before });
  if (errors.count > 0) throw new ContradictionError();
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

/**
 * Looks each line up by itself, and so does `makeRoom`: how PostgreSQL would join the two tables
 * rests on what it last counted in them, and after an empty count on each line with each entry.
 */
async function findContradictions({
  trx,
  order,
  errors,
  before,
}: Pick<Activation, "trx" | "order" | "errors"> & { readonly before: number }): Promise<void> {
  const { importId, owner } = order;
  const contradictions = await sql<{ line: number; action: ListAction; id: number }>`
    select line, action, id from (
      select staged.line as line, staged.action as action, (
        select entry.id from network_entry entry
        where entry.owner = ${owner} and entry.family = staged.family
          and entry.range_start = staged.range_start and entry.range_end = staged.range_end
          and entry.action <> staged.action) as id
      from network_entry_import staged where staged.import_id = ${importId}) as found
    where id is not null limit ${IMPORT_ERRORS_MAX}`.execute(trx);
  for (const { line, action, id } of contradictions.rows) {
    const has = action === "allow" ? "deny" : "allow";
    const other = id > before ? "an earlier line" : `entry ${id}`;
    errors.add(line, `The same range has the action ${has} by ${other}.`);
  }
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
  }: Omit<Activation, "errors" | "staged"> & { readonly added: number; readonly before: number },
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
  const anyEnded = await trx
    .selectFrom("network_entry")
    .select("id")
    .where("owner", "=", owner)
    .where("expires_at", "<=", nowMs)
    .limit(1)
    .executeTakeFirst();
  if (anyEnded === undefined) return;
  const { rows } = await sql<{ id: number }>`
    select distinct id from (
      select (
        select entry.id from network_entry entry
        where entry.owner = ${owner} and entry.family = staged.family
          and entry.range_start = staged.range_start and entry.range_end = staged.range_end
          and entry.expires_at <= cast(${nowMs} as bigint)) as id
      from network_entry_import staged
      where staged.import_id = ${importId}
        and (staged.expires_at is null or staged.expires_at > cast(${nowMs} as bigint))) as found
    where id is not null`.execute(trx);
  for (let from = 0; from < rows.length; from += ROWS_PER_DELETE) {
    const ids = rows.slice(from, from + ROWS_PER_DELETE).map(({ id }) => id);
    await trx.deleteFrom("network_entry").where("id", "in", ids).execute();
  }
}
