// The entries of one list action of one policy layer, for "is this address on the list?" at speed.

import type { Address } from "./address.ts";
import { compareAddresses } from "./address.ts";
import type { AddressRange } from "./address-range.ts";
import { findHolding, findNextHolding, linkRows } from "./range-search.ts";
import type { RangeRow, RangeTable } from "./range-table.ts";
import {
  compareWithRow,
  createRangeTable,
  deleteRow,
  endOf,
  startOf,
  idOf,
  insertRow,
  positionOf,
} from "./range-table.ts";

/**
 * A big base that is built once and only loses entries (a bit is set), and a small overlay of
 * fresh ones. Who owns the set builds a new one when `overlaySize` has grown. INVARIANT: families
 * have tables of their own, so `::/0` can never match an IPv4 client or the reverse.
 */
export type AddressSet = {
  base4: RangeTable;
  base6: RangeTable;
  readonly overlay4: RangeTable;
  readonly overlay6: RangeTable;
};

/** `id` is 1..2^32-1; `expiresAtMs` null for an entry that stays. */
export type AddressEntry = {
  readonly range: AddressRange;
  readonly id: number;
  readonly expiresAtMs: number | null;
};

const ENTRY_ID_MAX = 2 ** 32 - 1;

export function createAddressSet(): AddressSet {
  return {
    base4: createRangeTable(4),
    base6: createRangeTable(6),
    overlay4: createRangeTable(4),
    overlay6: createRangeTable(6),
  };
}

/**
 * The id of the most specific entry that covers the address at `nowMs`, or 0. An entry no longer
 * matches from `expiresAtMs` on. Most specific: it starts last, then ends first, then has the
 * highest id; for CIDR blocks that is the longest prefix. Allocates nothing.
 */
export function findCovering(set: AddressSet, address: Address, nowMs: number): number {
  const base = address.family === 4 ? set.base4 : set.base6;
  const overlay = address.family === 4 ? set.overlay4 : set.overlay6;
  const inBase = findHolding(base, address, nowMs);
  if (overlay.count === 0) return inBase < 0 ? 0 : idOf(base, inBase);
  linkRows(overlay);
  const inOverlay = findHolding(overlay, address, nowMs);
  if (inOverlay < 0) return inBase < 0 ? 0 : idOf(base, inBase);
  const isBase = inBase >= 0 && isMoreSpecific({ base, inBase, overlay, inOverlay });
  return isBase ? idOf(base, inBase) : idOf(overlay, inOverlay);
}

/** The range of the entry that `findCovering` finds, with its id; null where it finds none. */
export function findCoveringEntry(
  set: AddressSet,
  address: Address,
  nowMs: number,
): { readonly id: number; readonly range: AddressRange } | null {
  const id = findCovering(set, address, nowMs);
  if (id === 0) return null;
  const { family } = address;
  const [base, overlay] = family === 4 ? [set.base4, set.overlay4] : [set.base6, set.overlay6];
  for (const table of [base, overlay]) {
    const row = findHolding(table, address, nowMs);
    if (row < 0 || idOf(table, row) !== id) continue;
    return { id, range: { family, start: startOf(table, row), end: endOf(table, row) } };
  }
  return null;
}

/** The ids of at most `limit` entries that cover the address at `nowMs`, most specific first. */
export function findAllCovering(
  set: AddressSet,
  address: Address,
  nowMs: number,
  limit: number,
): number[] {
  const base = address.family === 4 ? set.base4 : set.base6;
  const overlay = address.family === 4 ? set.overlay4 : set.overlay6;
  linkRows(overlay);
  const ids: number[] = [];
  let inBase = findHolding(base, address, nowMs);
  let inOverlay = findHolding(overlay, address, nowMs);
  while (ids.length < limit && (inBase >= 0 || inOverlay >= 0)) {
    const isBase =
      inOverlay < 0 || (inBase >= 0 && isMoreSpecific({ base, inBase, overlay, inOverlay }));
    if (isBase) {
      ids.push(idOf(base, inBase));
      inBase = findNextHolding(base, inBase, { address, nowMs });
    } else {
      ids.push(idOf(overlay, inOverlay));
      inOverlay = findNextHolding(overlay, inOverlay, { address, nowMs });
    }
  }
  return ids;
}

/** Holds from the next search. The same range and id again replaces the expiry. */
export function addEntry(set: AddressSet, entry: AddressEntry): void {
  const row = toRow(entry);
  takeOut(set, row);
  const overlay = row.family === 4 ? set.overlay4 : set.overlay6;
  insertRow(overlay, positionOf(overlay, row), row);
}

/** Whether there was such an entry. Holds from the next search. */
export function removeEntry(
  set: AddressSet,
  entry: { readonly range: AddressRange; readonly id: number },
): boolean {
  return takeOut(set, toRow({ ...entry, expiresAtMs: null }));
}

/** Entries that are not in the base yet; a reason to build the set anew. */
export function overlaySize(set: AddressSet): number {
  return set.overlay4.count + set.overlay6.count;
}

/** Entries removed from the base that still take their place in it; another reason. */
export function removedSize(set: AddressSet): number {
  return set.base4.removedCount + set.base6.removedCount;
}

/** Entries that were added and not removed, expired ones included. */
export function entryCount(set: AddressSet): number {
  return set.base4.count + set.base6.count - removedSize(set) + overlaySize(set);
}

/** Bytes of all arrays of the set. */
export function bytesUsed(set: AddressSet): number {
  let bytes = 0;
  for (const table of [set.base4, set.base6, set.overlay4, set.overlay6]) {
    for (const column of Object.values(table)) {
      if (ArrayBuffer.isView(column)) bytes += column.byteLength;
    }
  }
  return bytes;
}

/** Throws on an id or a range that could not be kept: such a row would match the wrong clients. */
export function toRow(entry: AddressEntry): RangeRow {
  const { range, id, expiresAtMs } = entry;
  const { start, end } = range;
  assertEntryId(id);
  if (start.family !== range.family || end.family !== range.family) {
    throw new Error("range of two families");
  }
  if (compareAddresses(start, end) > 0) throw new Error("range start above end");
  if (Number.isNaN(expiresAtMs)) throw new Error("entry expiry is not a time");
  return { family: range.family, start, end, id, expiresAtMs: expiresAtMs ?? Infinity };
}

/** 0 means "none" in every answer, and ids are kept in 32 bits. */
export function assertEntryId(id: number): void {
  if (!Number.isInteger(id) || id < 1 || id > ENTRY_ID_MAX) {
    throw new Error("entry id out of range");
  }
}

function takeOut(set: AddressSet, row: RangeRow): boolean {
  const overlay = row.family === 4 ? set.overlay4 : set.overlay6;
  const inOverlay = positionOf(overlay, row);
  if (inOverlay < overlay.count && compareWithRow(overlay, inOverlay, row) === 0) {
    deleteRow(overlay, inOverlay);
    return true;
  }
  const base = row.family === 4 ? set.base4 : set.base6;
  const inBase = positionOf(base, row);
  if (inBase >= base.count || compareWithRow(base, inBase, row) !== 0) return false;
  base.removed ??= new Uint8Array((base.count + 7) >>> 3);
  const bit = 1 << (inBase & 7);
  if ((base.removed[inBase >>> 3]! & bit) !== 0) return false;
  base.removed[inBase >>> 3]! |= bit;
  base.removedCount++;
  return true;
}

function isMoreSpecific(found: {
  readonly base: RangeTable;
  readonly inBase: number;
  readonly overlay: RangeTable;
  readonly inOverlay: number;
}): boolean {
  const { base, inBase, overlay, inOverlay } = found;
  for (let k = 0; k < base.endCell; k++) {
    const own = base.cells[inBase * base.width + k]!;
    const other = overlay.cells[inOverlay * overlay.width + k]!;
    if (own !== other) return own > other;
  }
  const byEnd = compareAddresses(endOf(base, inBase), endOf(overlay, inOverlay));
  return byEnd !== 0 ? byEnd < 0 : idOf(base, inBase) > idOf(overlay, inOverlay);
}
