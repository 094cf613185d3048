// Imports a list as one: every line is read and checked before the first entry is stored.

import type { Readable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Transaction } from "kysely";
import { parseRfc3339Time } from "../../core/network/parse-rfc3339-time.ts";
import { parseRule } from "../../core/network/address-rule.ts";
import { describeRuleRefusal } from "../../core/network/describe-rule-refusal.ts";
import { quoteText } from "../../core/network/quote-text.ts";
import { isVeryWide, rangeFromKeys, rangeKeys } from "../../core/network/address-range.ts";
import type { AddressRange } from "../../core/network/address-range.ts";
import type { PolicyOwner } from "../../core/accounts/account.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import { NOTE_LENGTH_MAX, NOTE_PATTERN } from "../../core/network/entry-note.ts";
import type { Database } from "../../platform/database/database.ts";
import { insertMany } from "../../platform/database/insert-many.ts";
import type { LineError } from "../../platform/problem/problem.ts";
import type { Schema } from "../migrations/schema.ts";
import type { ChangeContext } from "../journal/index.ts";
import { accountOf } from "./account-of.ts";
import { activateImport, ContradictionError, IMPORT_ERRORS_MAX } from "./activate-import.ts";
import type { Network } from "./create-network.ts";
import { findStagedActions } from "./find-staged-actions.ts";
import { isFatal, readEntryLines } from "./entry-lines.ts";
import type { EntryFormat, EntryLine } from "./entry-lines.ts";

export type ListOrder = {
  readonly importId: string;
  readonly owner: PolicyOwner;
  readonly format: EntryFormat;
  /** For lines that name none; null: such a line is refused. */
  readonly action: ListAction | null;
  readonly confirmWide: boolean;
  readonly nowMs: number;
  /** Whether an allow entry shares an address with a range; allow wins there. */
  readonly isAllowed: (range: AddressRange) => boolean;
};

export type ImportOrder = ListOrder & { readonly context: ChangeContext };

export type ImportCounts = {
  readonly added: number;
  readonly unchanged: number;
  /** Deny lines that allow entries take something from. */
  readonly overruled: number;
};

/** Every bad line, or the first of very many. */
export type BadList = {
  readonly ok: false;
  readonly errors: readonly LineError[];
  readonly errorCount: number;
};

export type ImportOutcome = ({ readonly ok: true } & ImportCounts) | BadList;

const IMPORT_LINES_MAX = 2_000_000;
const NOTE = new RegExp(NOTE_PATTERN);
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
  network: Network,
  body: Readable,
  order: ImportOrder,
): Promise<ImportOutcome> {
  const { database } = network;
  const { context, owner, importId } = order;
  const errors = createErrorList();
  try {
    const { staged, overruled } = await stageLines(database, body, { order, errors });
    if (errors.count > 0) return errors.outcome();
    let added = 0;
    const { nowMs } = order;
    const listedAs = (address: string) =>
      findStagedActions(database.kysely, importId, { address, nowMs });
    await network.changes.make({
      changes: [{ kind: "entry-import", ...accountOf(network, owner), listedAs }],
      context,
      prepare: (overrode) => [
        {
          store: async (trx) => {
            added = await activateImport(network, { trx, overrode, order, errors });
          },
          follow: () => network.follower.follow(),
        },
      ],
    });
    return { ok: true, added, unchanged: staged - added, overruled };
  } catch (error) {
    if (error instanceof ContradictionError) return errors.outcome();
    throw error;
  } finally {
    await database.transaction((trx) => dropStaged(trx, order.importId));
  }
}

export function createErrorList() {
  const errors: LineError[] = [];
  let count = 0;
  return {
    add(line: number, message: string): void {
      count += 1;
      if (errors.length < IMPORT_ERRORS_MAX) errors.push({ line, message });
    },
    get count(): number {
      return count;
    },
    outcome(): BadList {
      return { ok: false, errors: errors.toSorted((a, b) => a.line - b.line), errorCount: count };
    },
  };
}

export type ErrorList = ReturnType<typeof createErrorList>;

export async function stageLines(
  database: Database<Schema>,
  body: Readable,
  context: { readonly order: ListOrder; readonly errors: ErrorList },
): Promise<{ readonly staged: number; readonly overruled: number }> {
  const { order, errors } = context;
  let rows: StagedRow[] = [];
  let staged = 0;
  let overruled = 0;
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
      else {
        rows.push(row);
        if (isOverruled(row, order)) overruled += 1;
      }
      staged += 1;
    }
    if (staged > IMPORT_LINES_MAX) {
      errors.add(
        IMPORT_LINES_MAX + 1,
        `At most ${IMPORT_LINES_MAX} lines can be imported at once.`,
      );
      return { staged, overruled };
    }
    if (rows.length >= ROWS_PER_INSERT) await flush();
    if (batch.some(isFatal)) return { staged, overruled };
    // Decisions come between two batches, however fast the lines arrive.
    await nextTurn();
  }
  await flush();
  return { staged, overruled };
}

function isOverruled(row: StagedRow, order: ListOrder): boolean {
  const [, , action, family, start, end] = row;
  return action === "deny" && order.isAllowed(rangeFromKeys(family as 4 | 6, start, end));
}

/** The row, or what is wrong with the line and what is accepted. */
function readRow(line: EntryLine, order: ListOrder): StagedRow | string {
  if ("fault" in line) return line.fault;
  const reading = parseRule(line.range);
  if (!reading.ok) return describeRuleRefusal(line.range, reading);
  if (isVeryWide(reading.range) && !order.confirmWide) {
    return `${reading.canonical} is very wide; confirm wide ranges to import it.`;
  }
  const action = line.action ?? order.action;
  if (action !== "allow" && action !== "deny") {
    const given = action === null ? "" : `${quote(action)} is none: `;
    return `${given}the action must be allow or deny, on the line or for the whole import.`;
  }
  const note = line.note ?? "";
  if (typeof note !== "string" || note.length > NOTE_LENGTH_MAX || !NOTE.test(note)) {
    const accepted = `one line of at most ${NOTE_LENGTH_MAX} printable characters`;
    return `The note must be ${accepted}, and not ${quote(note)}.`;
  }
  const expiresAtMs = readExpiry(line.expiresAt);
  if (Number.isNaN(expiresAtMs)) return `${quote(line.expiresAt)}: ${EXPIRY_ACCEPTED}`;
  const { start, end } = rangeKeys(reading.range);
  const { family } = reading.range;
  return [order.importId, line.line, action, family, start, end, note, expiresAtMs];
}

function quote(value: unknown): string {
  return quoteText(typeof value === "string" ? value : JSON.stringify(value));
}

export const EXPIRY_ACCEPTED = "The expiry must be an RFC 3339 time such as 2027-01-31T12:00:00Z.";

/** Epoch ms, null for no end, NaN for anything that is not an RFC 3339 time. */
export function readExpiry(value: unknown): number | null {
  if (value === null || value === undefined) return null;
  return typeof value === "string" ? parseRfc3339Time(value) : Number.NaN;
}

export async function dropStaged(trx: Transaction<Schema>, importId: string): Promise<void> {
  await trx.deleteFrom("network_entry_import").where("import_id", "=", importId).execute();
}
