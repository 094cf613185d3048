// Tells whether any entry of a list shares an address with a range.

import type { AddressRange } from "./address-range.ts";
import { findCovering } from "./address-set.ts";
import type { AddressSet } from "./address-set.ts";
import { fillAddress } from "./address.ts";
import { compareStart, positionOf } from "./range-table.ts";
import type { RangeTable } from "./range-table.ts";

/** An entry no longer counts from its expiry on. */
export function hasOverlap(set: AddressSet, range: AddressRange, nowMs: number): boolean {
  // What overlaps covers the first address, or starts behind it and inside the range.
  if (findCovering(set, range.start, nowMs) !== 0) return true;
  const tables = range.family === 4 ? [set.base4, set.overlay4] : [set.base6, set.overlay6];
  return tables.some((table) => hasStartWithin(table, range, nowMs));
}

function hasStartWithin(table: RangeTable, range: AddressRange, nowMs: number): boolean {
  const { family, start } = range;
  const widest = { family, start, end: fillAddress(start, 0), id: 0, expiresAtMs: Infinity };
  let row = positionOf(table, widest);
  while (row < table.count && compareStart(table, row, range.end) <= 0) {
    const isRemoved = table.removed !== null && (table.removed[row >>> 3]! >> (row & 7)) & 1;
    const expiresAtMs = table.expiries?.[row] ?? Infinity;
    if (!isRemoved && nowMs < expiresAtMs) return true;
    row += 1;
  }
  return false;
}
