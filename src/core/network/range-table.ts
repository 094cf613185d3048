// A sorted table of address ranges of one family in typed arrays: how rows are kept and compared.

import type { Address } from "./address.ts";
import type { AddressRange } from "./address-range.ts";
import { prefixLengthOf } from "./address-range.ts";

/** A first–last range with the id of its entry. `expiresAtMs` is Infinity for one that stays. */
export type RangeRow = AddressRange & { readonly id: number; readonly expiresAtMs: number };

/**
 * INVARIANT: rows are in order of start ascending, then end descending, then id ascending, so that
 * of two nested ranges the wider comes first. The cells of a row stand side by side, for they are
 * read together: one fetch from memory instead of four. Bytes a row: IPv4 16, IPv6 28 (44 for a
 * range that is no CIDR block), index 2, expiry 8.
 */
export type RangeTable = {
  readonly family: 4 | 6;
  count: number;
  /** Per row: start (IPv4 one word, IPv6 four), end, id, parent. */
  cells: Uint32Array;
  /** Cells a row, and where in it they are. */
  readonly width: number;
  readonly endCell: number;
  readonly idCell: number;
  readonly parentCell: number;
  /** Last addresses of IPv6 ranges that are no CIDR block, four words each. */
  oddEnds: Uint32Array;
  oddCount: number;
  /** Parents are valid for so many rows. */
  linkedCount: number;
  /** A farther ancestor and the number of ancestors; null where chains are short and rows final. */
  jumps: Uint32Array | null;
  depths: Uint32Array | null;
  depthMax: number;
  /** Only once some row expires. */
  expiries: Float64Array | null;
  /** One bit a row: removed, and skipped by every search. */
  removed: Uint8Array | null;
  removedCount: number;
  /** See `range-index.ts`; null while rows come and go. */
  buckets: Uint32Array | null;
  bucketBase: number;
  bucketShift: number;
};

/** An IPv6 end cell is a prefix length (0..128) or points into `oddEnds` from here on. */
const ODD_END = 129;

const NOTHING = new Uint32Array(0);

export function createRangeTable(family: 4 | 6): RangeTable {
  return {
    family,
    count: 0,
    cells: NOTHING,
    width: family === 4 ? 4 : 7,
    endCell: family === 4 ? 1 : 4,
    idCell: family === 4 ? 2 : 5,
    parentCell: family === 4 ? 3 : 6,
    oddEnds: NOTHING,
    oddCount: 0,
    linkedCount: 0,
    jumps: NOTHING,
    depths: NOTHING,
    depthMax: 0,
    expiries: null,
    removed: null,
    removedCount: 0,
    buckets: null,
    bucketBase: 0,
    bucketShift: 0,
  };
}

export function idOf(table: RangeTable, row: number): number {
  return table.cells[row * table.width + table.idCell]!;
}

/**
 * The nearest earlier row that ends later, or -1: kept plus one, so that 0 is none. What lies
 * between a row and its parent ends no later than the row itself.
 */
export function parentOf(table: RangeTable, row: number): number {
  return table.cells[row * table.width + table.parentCell]! - 1;
}

/** Word `k` (0..3) of the last address of an IPv6 row. */
function endWord(table: RangeTable, row: number, k: number): number {
  const end = table.cells[row * 7 + 4]!;
  if (end >= ODD_END) return table.oddEnds[(end - ODD_END) * 4 + k]!;
  const bits = end - 32 * k;
  if (bits <= 0) return 0xffffffff;
  const start = table.cells[row * 7 + k]!;
  return bits >= 32 ? start : (start | (0xffffffff >>> bits)) >>> 0;
}

function compareEnd(table: RangeTable, row: number, address: Address): number {
  if (table.family === 4) return table.cells[row * 4 + 1]! - address.w3;
  const e0 = endWord(table, row, 0);
  if (e0 !== address.w0) return e0 - address.w0;
  const e1 = endWord(table, row, 1);
  if (e1 !== address.w1) return e1 - address.w1;
  const e2 = endWord(table, row, 2);
  return e2 !== address.w2 ? e2 - address.w2 : endWord(table, row, 3) - address.w3;
}

/** Below 0, 0 or above 0 as the row starts below, at or above the address. */
export function compareStart(table: RangeTable, row: number, address: Address): number {
  const { cells } = table;
  if (table.family === 4) return cells[row * 4]! - address.w3;
  const at = row * 7;
  if (cells[at] !== address.w0) return cells[at]! - address.w0;
  if (cells[at + 1] !== address.w1) return cells[at + 1]! - address.w1;
  if (cells[at + 2] !== address.w2) return cells[at + 2]! - address.w2;
  return cells[at + 3]! - address.w3;
}

export function endsBelow(table: RangeTable, row: number, address: Address): boolean {
  return compareEnd(table, row, address) < 0;
}

/** Whether a row ends no later than another of the same table. */
export function endsNoLater(table: RangeTable, row: number, other: number): boolean {
  if (table.family === 4) return table.cells[row * 4 + 1]! <= table.cells[other * 4 + 1]!;
  for (let k = 0; k < 4; k++) {
    const difference = endWord(table, row, k) - endWord(table, other, k);
    if (difference !== 0) return difference < 0;
  }
  return true;
}

export function endOf(table: RangeTable, row: number): Address {
  const { family } = table;
  if (family === 4) return { family, w0: 0, w1: 0, w2: 0, w3: table.cells[row * 4 + 1]! };
  return {
    family,
    w0: endWord(table, row, 0),
    w1: endWord(table, row, 1),
    w2: endWord(table, row, 2),
    w3: endWord(table, row, 3),
  };
}

export function startOf(table: RangeTable, row: number): Address {
  const at = row * table.width;
  if (table.family === 4) return { family: 4, w0: 0, w1: 0, w2: 0, w3: table.cells[at]! };
  const [w0, w1, w2, w3] = table.cells.subarray(at, at + 4);
  return { family: 6, w0: w0!, w1: w1!, w2: w2!, w3: w3! };
}

/** How many of the rows from `from` up to `to` (left out) are marked as removed. */
export function rowsRemovedBetween({ removed }: RangeTable, from: number, to: number): number {
  if (removed === null) return 0;
  let count = 0;
  let row = from;
  while (row < to) {
    const bits = removed[row >>> 3]!;
    // Eight rows at a time where none of them is.
    if (bits === 0) row = (row | 7) + 1;
    else {
      count += (bits >>> (row & 7)) & 1;
      row += 1;
    }
  }
  return count;
}

/** Below 0 when the row stands before the given one in the order of the table. */
export function compareWithRow(table: RangeTable, row: number, other: RangeRow): number {
  const byStart = compareStart(table, row, other.start);
  if (byStart !== 0) return byStart;
  const byEnd = compareEnd(table, row, other.end);
  return byEnd !== 0 ? -byEnd : idOf(table, row) - other.id;
}

/** The first row that does not stand before the given one; `count` when all do. */
export function positionOf(table: RangeTable, row: RangeRow): number {
  let from = 0;
  let to = table.count;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (compareWithRow(table, middle, row) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Puts a row in at its position; rows from there on must be linked again. */
export function insertRow(table: RangeTable, at: number, row: RangeRow): void {
  reserve(table, table.count + 1);
  if (at < table.count) shiftRows(table, at, at + 1);
  table.count++;
  table.linkedCount = Math.min(table.linkedCount, at);
  const capacity = table.cells.length / table.width;
  if (row.expiresAtMs !== Infinity && table.expiries === null) {
    table.expiries = new Float64Array(capacity).fill(Infinity);
  }
  if (table.expiries !== null) table.expiries[at] = row.expiresAtMs;
  const first = at * table.width;
  table.cells[first + table.idCell] = row.id;
  if (table.family === 4) {
    table.cells[first] = row.start.w3;
    table.cells[first + 1] = row.end.w3;
    return;
  }
  writeWords(table.cells, first, row.start);
  const prefixLength = prefixLengthOf(row);
  table.cells[first + 4] = prefixLength ?? ODD_END + table.oddCount;
  if (prefixLength === null) addOddEnd(table, row.end);
}

/** Takes a row out; for small tables, since all later rows move. */
export function deleteRow(table: RangeTable, at: number): void {
  if (table.family === 6) dropOddEnd(table, table.cells[at * 7 + 4]!);
  shiftRows(table, at + 1, at);
  table.count--;
  table.linkedCount = Math.min(table.linkedCount, at);
}

function shiftRows(table: RangeTable, from: number, to: number): void {
  const { count, width } = table;
  table.cells.copyWithin(to * width, from * width, count * width);
  table.expiries?.copyWithin(to, from, count);
}

function addOddEnd(table: RangeTable, end: Address): void {
  const capacity = table.oddEnds.length / 4;
  if (table.oddCount === capacity) table.oddEnds = resized(table.oddEnds, grown(capacity) * 4);
  writeWords(table.oddEnds, table.oddCount * 4, end);
  table.oddCount++;
}

/** The last odd end moves into the hole, so that adding and removing for years takes no memory. */
function dropOddEnd(table: RangeTable, end: number): void {
  if (end < ODD_END) return;
  table.oddCount--;
  const last = ODD_END + table.oddCount;
  if (end === last) return;
  const from = table.oddCount * 4;
  table.oddEnds.copyWithin((end - ODD_END) * 4, from, from + 4);
  let row = 0;
  while (table.cells[row * 7 + 4] !== last) row++;
  table.cells[row * 7 + 4] = end;
}

function writeWords(words: Uint32Array, at: number, address: Address): void {
  words[at] = address.w0;
  words[at + 1] = address.w1;
  words[at + 2] = address.w2;
  words[at + 3] = address.w3;
}

function reserve(table: RangeTable, rows: number): void {
  const capacity = table.cells.length / table.width;
  if (rows > capacity) resizeRows(table, grown(capacity));
}

/** Gives every column room for exactly so many rows; also cuts what growing left over. */
export function resizeRows(table: RangeTable, rows: number): void {
  table.cells = resized(table.cells, rows * table.width);
  if (table.jumps !== null) table.jumps = resized(table.jumps, rows);
  if (table.depths !== null) table.depths = resized(table.depths, rows);
  if (table.expiries !== null) {
    const expiries = new Float64Array(rows);
    expiries.set(table.expiries.subarray(0, rows));
    table.expiries = expiries;
  }
}

export function resized(array: Uint32Array, length: number): Uint32Array {
  if (length === array.length) return array;
  if (length < array.length) return array.slice(0, length);
  const larger = new Uint32Array(length);
  larger.set(array);
  return larger;
}

/** Half as much again: copying stays a constant share of appending. */
function grown(rows: number): number {
  return Math.max(16, rows + (rows >>> 1));
}
