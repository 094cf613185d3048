// A page from anywhere in lists of a million entries, in the order of addresses, from memory.

import type { AddressRange } from "./address-range.ts";
import type { AddressSet } from "./address-set.ts";
import {
  compareStart,
  compareWithRow,
  endOf,
  idOf,
  positionOf,
  rowsRemovedBetween,
  startOf,
} from "./range-table.ts";
import type { RangeRow, RangeTable } from "./range-table.ts";

export type PageOfRanges = {
  readonly ids: readonly number[];
  /** Entries on all pages, expired ones too. */
  readonly total: number;
};

export type PagePlace = { readonly offset: number; readonly limit: number };

/** Rows `from` up to `to` of a table are asked for. */
type Rows = { readonly table: RangeTable; readonly from: number; readonly to: number };

/** Fewer rows than this are walked through instead of halved. */
const WALKED_ROWS = 64;

/**
 * The ids of entries of any of the sets: IPv4 first, by start ascending, then the wider one first.
 * Takes the logarithm of the number of entries, and the page itself.
 * @param within only ranges that start in it; null: all
 */
export function pageOfRanges(
  sets: readonly AddressSet[],
  within: AddressRange | null,
  { offset, limit }: PagePlace,
): PageOfRanges {
  const ids: number[] = [];
  let total = 0;
  for (const family of [4, 6] as const) {
    if (within !== null && within.family !== family) continue;
    const parts = sets.flatMap((set) => tablesOf(set, family)).map((table) => cut(table, within));
    const count = parts.reduce((sum, { table, from, to }) => sum + countLive(table, from, to), 0);
    const skip = offset - total;
    if (skip < count && ids.length < limit) {
      ids.push(...readPage(parts, { offset: Math.max(0, skip), limit: limit - ids.length }));
    }
    total += count;
  }
  return { ids, total };
}

function tablesOf(set: AddressSet, family: 4 | 6): readonly RangeTable[] {
  return family === 4 ? [set.base4, set.overlay4] : [set.base6, set.overlay6];
}

function cut(table: RangeTable, within: AddressRange | null): Rows {
  if (within === null) return { table, from: 0, to: table.count };
  const { start, end } = within;
  return {
    table,
    from: firstRow(table, (row) => compareStart(table, row, start) >= 0),
    to: firstRow(table, (row) => compareStart(table, row, end) > 0),
  };
}

/** The first row for which it is true, as for all after it. */
function firstRow(table: RangeTable, isReached: (row: number) => boolean): number {
  let from = 0;
  let to = table.count;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (isReached(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

function countLive(table: RangeTable, from: number, to: number): number {
  return to - from - rowsRemovedBetween(table, from, to);
}

/** INVARIANT: what stands before `low` in any table is before the page. */
function readPage(parts: readonly Rows[], { offset, limit }: PagePlace): readonly number[] {
  const low = parts.map(({ from }) => from);
  const high = parts.map(({ to }) => to);
  for (;;) {
    const widest = widestOf(low, high);
    if (high[widest]! - low[widest]! <= WALKED_ROWS) break;
    const pivot = rowAt(parts[widest]!.table, (low[widest]! + high[widest]!) >>> 1);
    const cuts = parts.map(({ table }, index) =>
      Math.min(high[index]!, Math.max(low[index]!, positionOf(table, pivot))),
    );
    const before = countBefore(parts, cuts);
    cuts.forEach((at, index) => {
      if (before <= offset) low[index] = at;
      else high[index] = at;
    });
  }
  return walk(parts, low, { offset: offset - countBefore(parts, low), limit });
}

function countBefore(parts: readonly Rows[], cuts: readonly number[]): number {
  return parts.reduce(
    (sum, { table, from }, index) => sum + countLive(table, from, cuts[index]!),
    0,
  );
}

function widestOf(low: readonly number[], high: readonly number[]): number {
  return low.reduce(
    (widest, from, index) => (high[index]! - from > high[widest]! - low[widest]! ? index : widest),
    0,
  );
}

/** Goes through the tables side by side from these rows on. */
function walk(
  parts: readonly Rows[],
  from: readonly number[],
  { offset, limit }: PagePlace,
): readonly number[] {
  const at = parts.map(({ table, to }, index) => nextLive(table, from[index]!, to));
  const ids: number[] = [];
  for (let skipped = 0; ids.length < limit; skipped += 1) {
    const first = firstOf(parts, at);
    if (first === -1) return ids;
    const { table, to } = parts[first]!;
    if (skipped >= offset) ids.push(idOf(table, at[first]!));
    at[first] = nextLive(table, at[first]! + 1, to);
  }
  return ids;
}

/** Which table has the row that stands first; -1 when all of them are at their end. */
function firstOf(parts: readonly Rows[], at: readonly number[]): number {
  let first = -1;
  let row: RangeRow | null = null;
  parts.forEach(({ table, to }, index) => {
    if (at[index]! >= to) return;
    if (row !== null && compareWithRow(table, at[index]!, row) > 0) return;
    first = index;
    row = rowAt(table, at[index]!);
  });
  return first;
}

function nextLive(table: RangeTable, row: number, to: number): number {
  let next = row;
  while (next < to && rowsRemovedBetween(table, next, next + 1) === 1) next += 1;
  return next;
}

function rowAt(table: RangeTable, row: number): RangeRow {
  const { family } = table;
  const [start, end] = [startOf(table, row), endOf(table, row)];
  return { family, start, end, id: idOf(table, row), expiresAtMs: Infinity };
}
