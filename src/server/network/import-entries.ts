// Imports a list as one: every line is read and checked before the first entry is stored.

import type { Readable } from "node:stream";
import { sql } from "kysely";
import type { Transaction } from "kysely";
import { parseRule } from "../../core/network/address-rule.ts";
import { isVeryWide, rangeKeys } from "../../core/network/address-range.ts";
import type { PolicyOwner } from "../../core/accounts/account.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import { NOTE_LENGTH_MAX } from "../../api/entry-api.ts";
import type { Database } from "../../platform/database/database.ts";
import { insertMany } from "../../platform/database/insert-many.ts";
import type { LineError } from "../../platform/problem/problem.ts";
import type { Schema } from "../migrations/schema.ts";
import { recordChanges } from "./change-feed.ts";
import { isFatal, readEntryLines } from "./entry-lines.ts";
import type { EntryFormat, EntryLine } from "./entry-lines.ts";

export type ImportOrder = {
  readonly importId: string;
  readonly owner: PolicyOwner;
  readonly format: EntryFormat;
  /** For lines that name none; null: such a line is refused. */
  readonly action: ListAction | null;
  readonly confirmWide: boolean;
  readonly author: string;
  readonly nowMs: number;
};

export type ImportOutcome =
  | { readonly ok: true; readonly added: number; readonly unchanged: number }
  | { readonly ok: false; readonly errors: readonly LineError[]; readonly errorCount: number };

export const IMPORT_LINES_MAX = 2_000_000;
const ERRORS_MAX = 100;
const ROWS_PER_INSERT = 2000;

type StagedRow = readonly [
  string,
  number,
  ListAction,
  number,
  string,
  string,
  string,
  number | null,
];

const STAGED_COLUMNS = [
  { name: "import_id", type: "text" },
  { name: "line", type: "integer" },
  { name: "action", type: "text" },
  { name: "family", type: "integer" },
  { name: "range_start", type: "text" },
  { name: "range_end", type: "text" },
  { name: "note", type: "text" },
  { name: "expires_at", type: "integer" },
] as const;

/**
 * All or nothing: lines wait in a table of their own, and one transaction turns them into entries.
 * A connection that breaks or a bad line leaves no trace. Identical ranges with the same action
 * become one entry; with another action they are refused by line.
 */
export async function importEntries(
  database: Database<Schema>,
  body: Readable,
  order: ImportOrder,
): Promise<ImportOutcome> {
  const errors = createErrorList();
  try {
    const staged = await stageLines(database, body, { order, errors });
    if (errors.count > 0) return errors.outcome();
    await findContradictions(database, order, errors);
    if (errors.count > 0) return errors.outcome();
    const added = await database.transaction((trx) => activate(trx, order));
    return { ok: true, added, unchanged: staged - added };
  } finally {
    await database.transaction((trx) => dropStaged(trx, order.importId));
  }
}

function createErrorList() {
  const errors: LineError[] = [];
  let count = 0;
  return {
    add(line: number, message: string): void {
      count += 1;
      if (errors.length < ERRORS_MAX) errors.push({ line, message });
    },
    get count(): number {
      return count;
    },
    outcome(): ImportOutcome {
      return { ok: false, errors: errors.toSorted((a, b) => a.line - b.line), errorCount: count };
    },
  };
}

type ErrorList = ReturnType<typeof createErrorList>;

async function stageLines(
  database: Database<Schema>,
  body: Readable,
  context: { readonly order: ImportOrder; readonly errors: ErrorList },
): Promise<number> {
  const { order, errors } = context;
  let rows: StagedRow[] = [];
  let staged = 0;
  const flush = async (): Promise<void> => {
    const batch = rows;
    rows = [];
    if (batch.length === 0 || errors.count > 0) return;
    await database.transaction((trx) =>
      insertMany(trx, { table: "network_entry_import", columns: STAGED_COLUMNS, rows: batch }),
    );
  };
  for await (const batch of readEntryLines(body, order.format)) {
    for (const line of batch) {
      const row = readRow(line, order);
      if (typeof row === "string") errors.add(line.line, row);
      else rows.push(row);
      staged += 1;
    }
    if (staged > IMPORT_LINES_MAX) {
      errors.add(
        IMPORT_LINES_MAX + 1,
        `At most ${IMPORT_LINES_MAX} lines can be imported at once.`,
      );
      return staged;
    }
    if (rows.length >= ROWS_PER_INSERT) await flush();
    if (batch.some(isFatal)) return staged;
  }
  await flush();
  return staged;
}

/** The row, or what is wrong with the line and what is accepted. */
function readRow(line: EntryLine, order: ImportOrder): StagedRow | string {
  if ("fault" in line) return line.fault;
  const reading = parseRule(line.range);
  if (!reading.ok) return describeRefusal(reading.reason, reading.suggest);
  if (isVeryWide(reading.range) && !order.confirmWide) {
    return `${reading.canonical} is very wide; confirm wide ranges to import it.`;
  }
  const action = line.action ?? order.action;
  if (action !== "allow" && action !== "deny") {
    return "The action must be allow or deny, on the line or for the whole import.";
  }
  const note = line.note ?? "";
  if (typeof note !== "string" || note.length > NOTE_LENGTH_MAX) {
    return `The note must be text of at most ${NOTE_LENGTH_MAX} characters.`;
  }
  const expiresAtMs = readExpiry(line.expiresAt);
  if (Number.isNaN(expiresAtMs)) return EXPIRY_ACCEPTED;
  const { start, end } = rangeKeys(reading.range);
  const { family } = reading.range;
  return [order.importId, line.line, action, family, start, end, note, expiresAtMs];
}

export function describeRefusal(reason: string, suggest: string | null): string {
  return suggest === null ? `${reason}.` : `${reason}; write ${suggest}.`;
}

export const EXPIRY_ACCEPTED = "The expiry must be an RFC 3339 time such as 2027-01-31T12:00:00Z.";
const RFC3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** Epoch ms, null for no end, NaN for anything that is not an RFC 3339 time. */
export function readExpiry(value: unknown): number | null {
  if (value === null || value === undefined) return null;
  return typeof value === "string" && RFC3339.test(value) ? Date.parse(value) : Number.NaN;
}

/** Lines that give one range two actions, in the list itself or against what is stored. */
async function findContradictions(
  database: Database<Schema>,
  order: ImportOrder,
  errors: ErrorList,
): Promise<void> {
  const within = await sql<{ line: number; first_line: number }>`
    select staged.line as line, first.first_line as first_line
    from network_entry_import staged
    join (
      select family, range_start, range_end, min(line) as first_line
      from network_entry_import where import_id = ${order.importId}
      group by family, range_start, range_end having count(distinct action) > 1
    ) first
      on first.family = staged.family and first.range_start = staged.range_start
      and first.range_end = staged.range_end
    join network_entry_import original
      on original.import_id = staged.import_id and original.line = first.first_line
    where staged.import_id = ${order.importId} and staged.action <> original.action
    order by staged.line limit ${ERRORS_MAX}`.execute(database.kysely);
  for (const { line, first_line: first } of within.rows) {
    errors.add(line, `Line ${first} gives the same range the other action.`);
  }
  const stored = await sql<{ line: number; id: number; action: string }>`
    select staged.line as line, entry.id as id, entry.action as action
    from network_entry_import staged
    join network_entry entry
      on entry.owner = ${order.owner} and entry.family = staged.family
      and entry.range_start = staged.range_start and entry.range_end = staged.range_end
    where staged.import_id = ${order.importId} and entry.action <> staged.action
    order by staged.line limit ${ERRORS_MAX}`.execute(database.kysely);
  for (const { line, id, action } of stored.rows) {
    errors.add(line, `The same range is entry ${id} already, with action ${action}.`);
  }
}

async function activate(trx: Transaction<Schema>, order: ImportOrder): Promise<number> {
  const inserted = await sql`
    insert into network_entry
      (owner, action, family, range_start, range_end, note, author, created_at, expires_at)
    select ${order.owner}, action, family, range_start, range_end, note,
      ${order.author}, cast(${order.nowMs} as bigint), expires_at
    from network_entry_import where import_id = ${order.importId}
    order by line
    on conflict (owner, family, range_start, range_end) do nothing`.execute(trx);
  await recordChanges(trx, [{ kind: "entries-reloaded", owner: order.owner }], order.nowMs);
  return Number(inserted.numAffectedRows ?? 0n);
}

async function dropStaged(trx: Transaction<Schema>, importId: string): Promise<void> {
  await trx.deleteFrom("network_entry_import").where("import_id", "=", importId).execute();
}
