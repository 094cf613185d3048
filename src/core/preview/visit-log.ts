// The recorded visits of one address family in memory, as columns, and in the order of networks.

import type { Address } from "../network/address.ts";

/**
 * One row for each visitor, minute and place: 16 bytes for IPv4, 28 for IPv6. The cells of a row
 * stand side by side, for they are read together and rows are read in another order than they came.
 */
export type VisitLog = {
  readonly family: 4 | 6;
  /** Cells a row, and where in it the address ends: minute, place and requests follow. */
  readonly width: number;
  readonly addressWords: 1 | 4;
  count: number;
  cells: Uint32Array;
};

export type VisitRow = {
  readonly address: Address;
  readonly minute: number;
  readonly place: number;
  readonly requests: number;
};

const REQUESTS_MAX = 2 ** 32 - 1;
const NOTHING = new Uint32Array(0);

export function createVisitLog(family: 4 | 6): VisitLog {
  const addressWords = family === 4 ? 1 : 4;
  return { family, width: addressWords + 3, addressWords, count: 0, cells: NOTHING };
}

export function addVisit(log: VisitLog, row: VisitRow): void {
  const at = log.count * log.width;
  if (at === log.cells.length) log.cells = grown(log);
  log.count += 1;
  const { cells, addressWords } = log;
  const { w0, w1, w2, w3 } = row.address;
  if (log.family === 6) {
    cells[at] = w0;
    cells[at + 1] = w1;
    cells[at + 2] = w2;
  }
  cells[at + addressWords - 1] = w3;
  cells[at + addressWords] = row.minute;
  cells[at + addressWords + 1] = row.place;
  cells[at + addressWords + 2] = Math.min(REQUESTS_MAX, row.requests);
}

export function addressOfRow({ cells, family, width }: VisitLog, row: number): Address {
  const at = row * width;
  if (family === 4) return { family, w0: 0, w1: 0, w2: 0, w3: cells[at]! };
  return { family, w0: cells[at]!, w1: cells[at + 1]!, w2: cells[at + 2]!, w3: cells[at + 3]! };
}

/** Since 1970. */
export function minuteOfRow({ cells, width, addressWords }: VisitLog, row: number): number {
  return cells[row * width + addressWords]!;
}

/** Index into the preview's places. */
export function placeOfRow({ cells, width, addressWords }: VisitLog, row: number): number {
  return cells[row * width + addressWords + 1]!;
}

export function requestsOfRow({ cells, width, addressWords }: VisitLog, row: number): number {
  return cells[row * width + addressWords + 2]!;
}

/** Rows `order[start]` up to `order[end]` (left out) are of one network. */
export type VisitGroup = {
  readonly log: VisitLog;
  readonly order: Uint32Array;
  readonly start: number;
  readonly end: number;
};

/**
 * Calls `visit` for each network, in the order of addresses: neighbours are looked up in the same
 * part of a list, and a million look-ups in it cost a third of what they do at random.
 * @param prefixLength what counters and bans may see as one; of IPv4 it is the address
 */
export function forEachGroup(
  log: VisitLog,
  prefixLength: number,
  visit: (group: VisitGroup) => void,
): void {
  const bits = log.family === 4 ? 32 : prefixLength;
  const order = orderByAddress(log, bits);
  for (let start = 0; start < log.count;) {
    let end = start + 1;
    while (end < log.count && isOneNetwork(log, bits, { row: order[start]!, other: order[end]! })) {
      end += 1;
    }
    visit({ log, order, start, end });
    start = end;
  }
}

const DIGIT_BITS = 16;
const DIGITS = 2 ** DIGIT_BITS;

/** Rows by the leading bits of their addresses; a radix sort, digit by digit from the last. */
function orderByAddress(log: VisitLog, bits: number): Uint32Array {
  const { count } = log;
  let order = new Uint32Array(count);
  let sorted = new Uint32Array(count);
  for (let row = 0; row < count; row += 1) order[row] = row;
  for (let digit = Math.ceil(bits / DIGIT_BITS) - 1; digit >= 0; digit -= 1) {
    const next = new Uint32Array(DIGITS + 1);
    for (let row = 0; row < count; row += 1) next[digitOf(log, row, digit) + 1]! += 1;
    for (let value = 0; value < DIGITS; value += 1) next[value + 1]! += next[value]!;
    for (const row of order) {
      const value = digitOf(log, row, digit);
      sorted[next[value]!] = row;
      next[value]! += 1;
    }
    [order, sorted] = [sorted, order];
  }
  return order;
}

function digitOf({ cells, width }: VisitLog, row: number, digit: number): number {
  const word = cells[row * width + (digit >>> 1)]!;
  return (digit & 1) === 0 ? word >>> DIGIT_BITS : word & (DIGITS - 1);
}

function isOneNetwork(
  { cells, width }: VisitLog,
  bits: number,
  { row, other }: { readonly row: number; readonly other: number },
): boolean {
  for (let word = 0; word * 32 < bits; word += 1) {
    const differing = cells[row * width + word]! ^ cells[other * width + word]!;
    const left = bits - word * 32;
    if (differing !== 0 && (left >= 32 || differing >>> (32 - left) !== 0)) return false;
  }
  return true;
}

/** Half as much again: copying stays a constant share of adding. */
function grown({ cells, width }: VisitLog): Uint32Array {
  const rows = cells.length / width;
  const made = new Uint32Array(Math.max(4096, rows + (rows >>> 1)) * width);
  made.set(cells);
  return made;
}
