// Builds an address set from sorted entries in many small steps, so that a million block nobody.

import type { Address } from "./address.ts";
import { compareAddresses } from "./address.ts";
import type { AddressEntry, AddressSet } from "./address-set.ts";
import { assertEntryId, createAddressSet, toRow } from "./address-set.ts";
import { indexRows } from "./range-index.ts";
import { linkRows } from "./range-search.ts";
import type { RangeRow, RangeTable } from "./range-table.ts";
import { compareWithRow, createRangeTable, insertRow, resized, resizeRows } from "./range-table.ts";

export type AddressSetBuilder = {
  readonly table4: RangeTable;
  readonly table6: RangeTable;
  /** Written over for each entry that comes as keys. */
  readonly row4: WritableRow;
  readonly row6: WritableRow;
};

/** An entry as the store keeps it: the keys of `rangeKeys`, `expiresAtMs` null when it stays. */
export type KeyedEntry = {
  readonly family: 4 | 6;
  readonly start: string;
  readonly end: string;
  readonly id: number;
  readonly expiresAtMs: number | null;
};

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type WritableAddress = Writable<Address>;
type WritableRow = Writable<RangeRow> & { start: WritableAddress; end: WritableAddress };

/** Nesting up to here is walked parent by parent; deeper lists keep the jumps (4 bytes a row). */
const PLAIN_DEPTH_MAX = 64;

/**
 * @param expected how many entries will come, when that is known: room is then made once, and
 * nothing is copied while a big set grows. More or fewer may come.
 */
export function createAddressSetBuilder(
  expected: { readonly ipv4: number; readonly ipv6: number } = { ipv4: 0, ipv6: 0 },
): AddressSetBuilder {
  const table4 = createRangeTable(4);
  const table6 = createRangeTable(6);
  resizeRows(table4, expected.ipv4);
  resizeRows(table6, expected.ipv6);
  return { table4, table6, row4: createRow(4), row6: createRow(6) };
}

/**
 * Appends an entry. Within a family entries come in order of start ascending, end descending, id
 * ascending (SQL: `order by range_start, range_end desc, id`); anything else throws.
 */
export function appendEntry(builder: AddressSetBuilder, entry: AddressEntry): void {
  appendRow(builder, toRow(entry));
}

/** As `appendEntry`, from a row of the store; makes no garbage. */
export function appendKeys(builder: AddressSetBuilder, entry: KeyedEntry): void {
  const { family, start, end, id, expiresAtMs } = entry;
  const length = keyLength(family);
  if (start.length !== length || end.length !== length) throw new Error("malformed range key");
  appendPackedKeys(builder, { family, text: start + end, at: 0, id, expiresAtMs });
}

/** Characters of one key. */
export function keyLength(family: 4 | 6): 8 | 32 {
  return family === 4 ? 8 : 32;
}

/** As `appendKeys`, for keys that stand one behind the other in a longer text. */
export function appendPackedKeys(
  builder: AddressSetBuilder,
  entry: Pick<KeyedEntry, "family" | "id" | "expiresAtMs"> & {
    readonly text: string;
    /** Where the key of the start begins; that of the end follows. */
    readonly at: number;
  },
): void {
  const { family, text, at, id, expiresAtMs } = entry;
  assertEntryId(id);
  const row = family === 4 ? builder.row4 : builder.row6;
  readKey(row.start, text, at);
  readKey(row.end, text, at + keyLength(family));
  if (compareAddresses(row.start, row.end) > 0) throw new Error("range start above end");
  row.id = id;
  row.expiresAtMs = expiresAtMs ?? Infinity;
  appendRow(builder, row);
}

/** The set. The builder must not be used again. Takes some milliseconds for a million entries. */
export function buildAddressSet(builder: AddressSetBuilder): AddressSet {
  const set = createAddressSet();
  set.base4 = finish(builder.table4);
  set.base6 = finish(builder.table6);
  return set;
}

function appendRow(builder: AddressSetBuilder, row: RangeRow): void {
  const table = row.family === 4 ? builder.table4 : builder.table6;
  if (table.count > 0 && compareWithRow(table, table.count - 1, row) >= 0) {
    throw new Error("entries out of order");
  }
  insertRow(table, table.count, row);
  linkRows(table);
}

function finish(table: RangeTable): RangeTable {
  table.depths = null;
  if (table.depthMax <= PLAIN_DEPTH_MAX) table.jumps = null;
  resizeRows(table, table.count);
  table.oddEnds = resized(table.oddEnds, table.oddCount * 4);
  indexRows(table);
  return table;
}

function createRow(family: 4 | 6): WritableRow {
  return {
    family,
    start: { family, w0: 0, w1: 0, w2: 0, w3: 0 },
    end: { family, w0: 0, w1: 0, w2: 0, w3: 0 },
    id: 0,
    expiresAtMs: Infinity,
  };
}

function readKey(address: WritableAddress, text: string, at: number): void {
  if (address.family === 4) {
    address.w3 = readWord(text, at);
    return;
  }
  address.w0 = readWord(text, at);
  address.w1 = readWord(text, at + 8);
  address.w2 = readWord(text, at + 16);
  address.w3 = readWord(text, at + 24);
}

function readWord(text: string, from: number): number {
  let word = 0;
  for (let i = from; i < from + 8; i++) {
    const char = text.charCodeAt(i);
    const digit = char <= 57 ? char - 48 : char - 87;
    // Behind the end of the text the digit is NaN.
    if (!(digit >= 0 && digit <= 15) || (char > 57 && digit < 10))
      throw new Error("malformed range key");
    word = word * 16 + digit;
  }
  return word;
}
