// Says what an import would change, or which lines it would refuse, and stores nothing.
import type { Readable } from "node:stream";
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import { PROPOSED_ENTRIES_MAX } from "../../api/proposed-change-api.ts";
import { formatRange, rangeFromKeys } from "../../core/network/address-range.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import { describeContradiction, IMPORT_ERRORS_MAX, joinByReadingOnce } from "./activate-import.ts";
import type { Network } from "./create-network.ts";
import { createErrorList, dropStaged, stageLines } from "./import-entries.ts";
import type { BadList, ErrorList, ImportCounts, ListOrder } from "./import-entries.ts";

export type PlannedEntry = {
  readonly range: string;
  readonly action: ListAction;
  readonly expiresAt: string | null;
};

export type ImportPlan =
  | ({
      readonly ok: true;
      /** Those that would do something. Null: there are more than are previewed. */
      readonly add: readonly PlannedEntry[] | null;
    } & ImportCounts)
  | BadList;

/** Reads, checks and counts every line as `importEntries` does. */
export async function planImport(
  network: Network,
  body: Readable,
  order: ListOrder,
): Promise<ImportPlan> {
  const { database } = network;
  const errors = createErrorList();
  try {
    const { staged, overruled } = await stageLines(database, body, { order, errors });
    if (errors.count > 0) return errors.outcome();
    return await readStaged(network, async (read) => {
      await findContradictions(read, order, errors);
      if (errors.count > 0) return errors.outcome();
      const added = await countNew(read, order);
      const add = await readNew(read, order);
      return { ok: true, added, unchanged: staged - added, overruled, add };
    });
  } finally {
    await database.transaction((trx) => dropStaged(trx, order.importId));
  }
}

type Read = ReadDatabase<Schema>;

function readStaged<Answer>(
  network: Network,
  work: (read: Read) => Promise<Answer>,
): Promise<Answer> {
  const { database } = network;
  if (database.engine !== "postgres") return work(database.kysely);
  return database.transaction(async (trx) => {
    await joinByReadingOnce(network, trx);
    return work(trx);
  });
}

/** Of lines that give one range twice the first counts. */
function markedLines({ importId }: ListOrder): RawBuilder<unknown> {
  return sql`
    select line, action, family, range_start, range_end, expires_at,
      first_value(action) over one_range as first_action,
      row_number() over one_range as place
    from network_entry_import where import_id = ${importId}
    window one_range as (partition by family, range_start, range_end order by line)`;
}

/** Entries that have ended make room. */
function standingEntry({ owner, nowMs }: ListOrder): RawBuilder<unknown> {
  return sql`
    network_entry entry
      on entry.owner = ${owner} and entry.family = staged.family
      and entry.range_start = staged.range_start and entry.range_end = staged.range_end
      and (entry.expires_at is null or entry.expires_at > cast(${nowMs} as bigint))`;
}

/** Where an entry stands already, lines are held against that, and not against one another. */
async function findContradictions(read: Read, order: ListOrder, errors: ErrorList): Promise<void> {
  type Contradiction = { line: number; id: number | null; action: string };
  const inList = await sql<Contradiction>`
    select staged.line as line, null as id, staged.first_action as action
    from (${markedLines(order)}) staged left join ${standingEntry(order)}
    where staged.action <> staged.first_action and entry.id is null
    order by staged.line limit ${IMPORT_ERRORS_MAX}`.execute(read);
  const standing = await sql<Contradiction>`
    select staged.line as line, entry.id as id, entry.action as action
    from network_entry_import staged join ${standingEntry(order)}
    where staged.import_id = ${order.importId} and entry.action <> staged.action
    order by staged.line limit ${IMPORT_ERRORS_MAX}`.execute(read);
  for (const { line, id, action } of [...inList.rows, ...standing.rows]) {
    errors.add(line, describeContradiction(action, id));
  }
}

function newLines(order: ListOrder): RawBuilder<unknown> {
  return sql`
    (${markedLines(order)}) staged left join ${standingEntry(order)}
    where staged.place = 1 and entry.id is null`;
}

async function countNew(read: Read, order: ListOrder): Promise<number> {
  const { rows } = await sql<{ count: number | string }>`
    select count(*) as count from ${newLines(order)}`.execute(read);
  return Number(rows[0]?.count ?? 0);
}

async function readNew(read: Read, order: ListOrder): Promise<readonly PlannedEntry[] | null> {
  const { rows } = await sql<{
    action: ListAction;
    family: 4 | 6;
    range_start: string;
    range_end: string;
    expires_at: number | null;
  }>`
    select staged.action as action, staged.family as family, staged.range_start as range_start,
      staged.range_end as range_end, staged.expires_at as expires_at
    from ${newLines(order)}
      and (staged.expires_at is null or staged.expires_at > cast(${order.nowMs} as bigint))
    order by staged.line limit ${PROPOSED_ENTRIES_MAX + 1}`.execute(read);
  if (rows.length > PROPOSED_ENTRIES_MAX) return null;
  return rows.map(({ action, family, range_start: start, range_end: end, expires_at: endsAt }) => ({
    range: formatRange(rangeFromKeys(family, start, end)),
    action,
    expiresAt: endsAt === null ? null : new Date(endsAt).toISOString(),
  }));
}
