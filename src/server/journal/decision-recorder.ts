// Puts repeated decisions together in memory, so that a flood cannot slow the gate or fill disks.
import { randomId } from "../../platform/crypto/random.ts";
import { countInto, noteAddress, openRow } from "./open-row.ts";
import type { DecisionInput, OpenRow } from "./open-row.ts";
import { createRowBudget } from "./row-budget.ts";
import { createRowPlaces, findRow, linkRow, unlinkRow } from "./row-places.ts";
import type { RowPlace, RowSpan } from "./row-places.ts";

/** The same decision of the same address within this time is one row. */
const ROW_WINDOW_MS = 60_000;
/** A row that is written already is written again at most this often while it counts on. */
const REWRITE_MS = 10_000;

/** Rows for all addresses together; more only while the store is away. */
const EVERYWHERE_ROWS_MAX = 1_000;

export const RECORDER_LIMITS = {
  rowsPerSecond: 200,
  burstMax: 2_000,
  /** Rows of one address each held in memory; more only while the store is away. */
  openRowsMax: 50_000,
  networkRowsMax: 2_000,
} as const;

export type RecorderLimits = { readonly [name in keyof typeof RECORDER_LIMITS]: number };

export type RecorderCounts = {
  readonly openRows: number;
  /** Rows whose latest count the store does not have yet. */
  readonly unwrittenRows: number;
  /** Decisions, since the start, that share a row with other addresses. */
  readonly aggregatedDecisions: number;
};

export type DecisionRecorder = {
  /** Returns the decision's id. No I/O; every id it ever gives can be found. */
  readonly record: (input: DecisionInput) => string;
  readonly find: (id: string) => OpenRow | undefined;
  /** New rows, and changed ones whose turn it is; `all`: every changed one. */
  readonly takeDue: (nowMs: number, all: boolean) => readonly DueRow[];
  readonly markWritten: (due: readonly DueRow[], nowMs: number) => void;
  /** Lets go of rows whose window has passed and whose last count is written. */
  readonly dropPassed: (nowMs: number) => void;
  readonly counts: () => RecorderCounts;
};

type RowAt = { readonly place: RowPlace; readonly span: RowSpan };

export type DueRow = { readonly row: OpenRow; readonly count: number };

/**
 * INVARIANT: the number of rows made is bounded by the limits whatever is asked: over the budget a
 * decision counts into the row of its network, and past the number of those into one row for all
 * addresses. While the store is away rows are kept past their window rather than made anew.
 */
export function createDecisionRecorder(limits: RecorderLimits = RECORDER_LIMITS): DecisionRecorder {
  const places = createRowPlaces();
  const byId = new Map<string, OpenRow>();
  const budget = createRowBudget(limits);
  const openBySpan: Record<RowSpan, number> = { address: 0, network: 0, everywhere: 0 };
  let aggregatedDecisions = 0;

  /** The id of the row that counts for this decision now, if there is one. */
  function countIntoKnown(input: DecisionInput, at: RowAt, isFull: boolean): string | null {
    const row = findRow(at.place, at.span, input.client);
    if (row === undefined) return null;
    if (input.atMs - row.firstAtMs >= ROW_WINDOW_MS && !isFull) return null;
    // Another entry or ban decided: that is another decision.
    if (at.span === "address" && row.ruleId !== input.ruleId) return null;
    countInto(row, input);
    return row.id;
  }

  function open(input: DecisionInput, at: RowAt): string {
    const row = openRow(input, { id: randomId(), ...at });
    noteAddress(row, input.client);
    linkRow(row);
    byId.set(row.id, row);
    openBySpan[at.span] += 1;
    return row.id;
  }

  function record(input: DecisionInput): string {
    const at = { place: places.placeOf(input), span: "address" } as const;
    const isFull = openBySpan.address >= limits.openRowsMax;
    const known = countIntoKnown(input, at, isFull);
    if (known !== null) return known;
    if (!isFull && budget.take(input.atMs)) return open(input, at);
    aggregatedDecisions += 1;
    return recordTogether(input, at.place);
  }

  function recordTogether(input: DecisionInput, place: RowPlace): string {
    if (input.client !== null) {
      const at = { place, span: "network" } as const;
      const isFull = openBySpan.network >= limits.networkRowsMax;
      const network = countIntoKnown(input, at, isFull);
      if (network !== null) return network;
      if (!isFull) return open(input, at);
    }
    // Few of these are possible: reasons, statuses and surfaces are closed lists.
    const at = { place: places.sharedPlaceOf(input), span: "everywhere" } as const;
    const isFull = openBySpan.everywhere >= EVERYWHERE_ROWS_MAX;
    return countIntoKnown(input, at, isFull) ?? open(input, at);
  }

  function takeDue(nowMs: number, all: boolean): readonly DueRow[] {
    const due: DueRow[] = [];
    for (const row of byId.values()) {
      if (row.count === row.storedCount) continue;
      const isNew = row.storedCount === 0;
      const isTurn = nowMs - row.storedAtMs >= REWRITE_MS || hasPassed(row, nowMs);
      if (all || isNew || isTurn) due.push({ row, count: row.count });
    }
    return due;
  }

  function markWritten(due: readonly DueRow[], nowMs: number): void {
    for (const { row, count } of due) {
      row.storedCount = count;
      row.storedAtMs = nowMs;
    }
  }

  function dropPassed(nowMs: number): void {
    for (const row of byId.values()) {
      if (!hasPassed(row, nowMs) || row.count !== row.storedCount) continue;
      byId.delete(row.id);
      openBySpan[row.span] -= 1;
      unlinkRow(row);
    }
  }

  function counts(): RecorderCounts {
    let unwrittenRows = 0;
    for (const row of byId.values()) if (row.count !== row.storedCount) unwrittenRows += 1;
    return { openRows: byId.size, unwrittenRows, aggregatedDecisions };
  }

  return { record, find: (id) => byId.get(id), takeDue, markWritten, dropPassed, counts };
}

function hasPassed(row: OpenRow, nowMs: number): boolean {
  return nowMs - row.firstAtMs >= ROW_WINDOW_MS;
}
