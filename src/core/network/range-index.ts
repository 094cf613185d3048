// Cuts the span of a finished range table into equal buckets, so that a search looks at few rows.

import type { RangeTable } from "./range-table.ts";

const INDEX_FROM_ROWS = 8;

/**
 * Bucket n holds the rows whose first word (IPv4: the address, IPv6: the upper 32 bits) is
 * `bucketBase` + n * 2^`bucketShift` and up; `buckets[n]` is the first of them, and one more number
 * stands behind the last. At most half as many buckets as rows: 2 bytes a row. The span is that of
 * the rows themselves, so that a list of one region is cut as finely as one of the whole world.
 */
export function indexRows(table: RangeTable): void {
  const { count, cells, width } = table;
  if (count < INDEX_FROM_ROWS) return;
  const base = cells[0]!;
  const span = cells[(count - 1) * width]! - base;
  let shift = 0;
  while (shift < 31 && span >>> shift >= count >>> 1) shift++;
  const buckets = new Uint32Array((span >>> shift) + 2);
  let next = 0;
  for (let row = 0; row < count; row++) {
    const bucket = (cells[row * width]! - base) >>> shift;
    while (next <= bucket) buckets[next++] = row;
  }
  buckets[next] = count;
  table.buckets = buckets;
  table.bucketBase = base;
  table.bucketShift = shift;
}
