// Finds the ranges of a table that cover an address, the most specific first.

import type { Address } from "./address.ts";
import type { RangeTable } from "./range-table.ts";
import { compareStart, endsBelow, endsNoLater, parentOf } from "./range-table.ts";

/** The last row that starts at or below the address, or -1. Allocates nothing. */
function lastStartingAtOrBelow(table: RangeTable, address: Address): number {
  const { cells, buckets, family } = table;
  let from = 0;
  let to = table.count;
  if (buckets !== null) {
    const offset = (family === 4 ? address.w3 : address.w0) - table.bucketBase;
    if (offset < 0) return -1;
    const bucket = offset >>> table.bucketShift;
    if (bucket >= buckets.length - 1) return to - 1;
    from = buckets[bucket]!;
    to = buckets[bucket + 1]!;
  }
  if (family === 6) return lastIpv6(table, address, { from, to });
  const word = address.w3;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (cells[middle * 4]! <= word) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}

function lastIpv6(
  table: RangeTable,
  address: Address,
  rows: { readonly from: number; readonly to: number },
): number {
  let { from, to } = rows;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (compareStart(table, middle, address) > 0) to = middle;
    else from = middle + 1;
  }
  return from - 1;
}

/**
 * The most specific row that covers the address and holds at `nowMs`, or -1: of those, the last in
 * the order of the table. A row that has ended (`nowMs >= expiresAtMs`) does not hold.
 */
export function findHolding(table: RangeTable, address: Address, nowMs: number): number {
  let row = findCoveringRow(table, lastStartingAtOrBelow(table, address), address);
  while (row >= 0 && !holds(table, row, nowMs)) row = findCoveringRow(table, row - 1, address);
  return row;
}

/** The next less specific one after `row`, or -1. */
export function findNextHolding(
  table: RangeTable,
  row: number,
  at: { readonly address: Address; readonly nowMs: number },
): number {
  let next = findCoveringRow(table, row - 1, at.address);
  while (next >= 0 && !holds(table, next, at.nowMs)) {
    next = findCoveringRow(table, next - 1, at.address);
  }
  return next;
}

/**
 * The last row at or before `row` that covers the address, or -1; `row` starts at or below it.
 * After one that covers, the search goes on with its neighbour and not with its parent: a range
 * that ends earlier may cover the address as well.
 */
function findCoveringRow(table: RangeTable, row: number, address: Address): number {
  return row >= 0 && endsBelow(table, row, address) ? climb(table, row, address) : row;
}

function holds(table: RangeTable, row: number, nowMs: number): boolean {
  const { expiries, removed } = table;
  if (expiries !== null && nowMs >= expiries[row]!) return false;
  return removed === null || (removed[row >>> 3]! & (1 << (row & 7))) === 0;
}

/**
 * The nearest earlier row that does not end below the address, or -1. Jumps bound the way to the
 * logarithm of the nesting, which an imported list may make a million deep.
 */
function climb(table: RangeTable, row: number, address: Address): number {
  const { jumps } = table;
  let below = row;
  for (;;) {
    const jump = jumps === null ? 0 : jumps[below]!;
    if (jump !== 0 && endsBelow(table, jump - 1, address)) {
      below = jump - 1;
      continue;
    }
    const parent = parentOf(table, below);
    if (parent < 0 || !endsBelow(table, parent, address)) return parent;
    below = parent;
  }
}

/**
 * Computes parents (and jumps) of the rows that have none yet; constant time a row over the whole
 * table, since each row leaves the chain of enclosing rows at most once.
 */
export function linkRows(table: RangeTable): void {
  const { cells, width, parentCell, jumps, depths } = table;
  for (let row = table.linkedCount; row < table.count; row++) {
    let parent = row - 1;
    while (parent >= 0 && endsNoLater(table, parent, row)) {
      parent = parentOf(table, parent);
    }
    cells[row * width + parentCell] = parent + 1;
    if (jumps === null || depths === null) continue;
    const depth = parent < 0 ? 1 : depths[parent]! + 1;
    depths[row] = depth;
    jumps[row] = chooseJump(jumps, depths, parent + 1);
    if (depth > table.depthMax) table.depthMax = depth;
  }
  table.linkedCount = table.count;
}

/**
 * Two equal jumps in a row become one of twice the length, else the parent itself (Myers 1983, "An
 * applicative random-access stack"): any ancestor is then a logarithmic number of steps away.
 */
function chooseJump(jumps: Uint32Array, depths: Uint32Array, parent: number): number {
  if (parent === 0) return 0;
  const near = jumps[parent - 1]!;
  const far = near === 0 ? 0 : jumps[near - 1]!;
  const nearDepth = near === 0 ? 0 : depths[near - 1]!;
  const farDepth = far === 0 ? 0 : depths[far - 1]!;
  return depths[parent - 1]! - nearDepth === nearDepth - farDepth ? far : parent;
}
