// A compact hash table from (scope, address) to a few 32-bit words, growing without ever stalling.

import type { Address } from "./address.ts";
import { createSlotHash, hashKey, type SlotHash } from "./slot-hash.ts";
import {
  createPagePool,
  PAGE_BITS,
  PAGE_SLOTS,
  pageOffset,
  type PagePool,
  pagePoolBytes,
  pageSlab,
  slotOffset,
  slotSlab,
} from "./slot-pages.ts";
import { homeOf, makeRoom, SEGMENTS } from "./slot-room.ts";

/** What the owner of a table decides about its slots. `at` is the place of the first key word. */
export type SlotOwner = {
  /** True when nothing is lost by dropping the slot; such slots go first when room is needed. */
  readonly isStale: (words: Uint32Array, at: number) => boolean;
  /** 0 (kept longest) .. 255 (evicted first), whole; asked only when the table is full. */
  readonly coldness: (words: Uint32Array, at: number) => number;
  /** Called for each slot just before it goes, by whatever way; frees what its values point to. */
  readonly onDrop: (words: Uint32Array, at: number) => void;
};

/**
 * 256 segments, chosen by the hash, each an open-addressing table (linear probing) of fixed-width
 * slots: scope word, address words (1 or 4), extra key words, value words. A segment gets its first
 * page when first used and grows alone: one call never moves more than 1/256 of the data.
 *
 * INVARIANT: the first value word of a used slot is not 0, that of an empty slot is. So every key
 * is possible, also scope 0 with 0.0.0.0. `takeSlot` writes 1 there; owners write anything but 0.
 */
export type SlotTable = {
  readonly addressWords: 1 | 4;
  readonly strideWords: number;
  readonly segmentSlotsMax: number;
  readonly hash: SlotHash;
  readonly owner: SlotOwner;
  readonly pool: PagePool;
  /** The pages of each segment; it has 64 slots for each. */
  readonly segments: (readonly number[])[];
  /** Used slots of each segment, and how many it takes before it must be rebuilt. */
  readonly counts: Uint32Array;
  readonly limits: Uint32Array;
  /** The key looked for; owners with extra key words write them after `loadKey`. */
  readonly key: Uint32Array;
  /** Where the latest find or take ended: the offset it returned points into `words`. */
  words: Uint32Array;
  segment: number;
  index: number;
  /** Whether the latest take made a new slot. */
  isFresh: boolean;
  sweepSegment: number;
  sweepIndex: number;
};

export const NO_WORDS = new Uint32Array(0);

/** `slotsMax` Infinity: the table never evicts. `seed` must be secret; see `createSlotHash`. */
export function createSlotTable(options: {
  readonly family: 4 | 6;
  readonly seed: number;
  readonly slotsMax: number;
  readonly valueWords: number;
  readonly extraKeyWords?: number;
  readonly owner: SlotOwner;
}): SlotTable {
  const addressWords = options.family === 4 ? 1 : 4;
  const keyWords = 1 + addressWords + (options.extraKeyWords ?? 0);
  const strideWords = keyWords + options.valueWords;
  return {
    addressWords,
    strideWords,
    segmentSlotsMax: Math.max(8, Math.ceil(options.slotsMax / SEGMENTS)),
    hash: createSlotHash(options.seed, keyWords),
    owner: options.owner,
    pool: createPagePool(strideWords),
    segments: Array.from({ length: SEGMENTS }, () => []),
    counts: new Uint32Array(SEGMENTS),
    limits: new Uint32Array(SEGMENTS),
    key: new Uint32Array(keyWords),
    words: NO_WORDS,
    segment: 0,
    index: 0,
    isFresh: false,
    sweepSegment: 0,
    sweepIndex: 0,
  };
}

export function loadKey(table: SlotTable, scope: number, address: Address): void {
  const key = table.key;
  key[0] = scope;
  if (table.addressWords === 1) {
    key[1] = address.w3;
    return;
  }
  key[1] = address.w0;
  key[2] = address.w1;
  key[3] = address.w2;
  key[4] = address.w3;
}

/** The offset of the slot in `table.words`, valid until the next change of the table; -1: none. */
export function findSlot(table: SlotTable, scope: number, address: Address): number {
  loadKey(table, scope, address);
  return findLoaded(table);
}

/** As `findSlot`, for the key already in `table.key`. */
export function findLoaded(table: SlotTable): number {
  const offset = probe(table, hashKey(table.hash, table.key, 0));
  return offset < 0 ? -1 : offset;
}

/** The offset of the slot, made with values 1, 0, 0 … when there was none (`table.isFresh`). */
export function takeSlot(table: SlotTable, scope: number, address: Address): number {
  loadKey(table, scope, address);
  return takeLoaded(table);
}

/** As `takeSlot`, for the key already in `table.key`. */
export function takeLoaded(table: SlotTable): number {
  const hash = hashKey(table.hash, table.key, 0);
  let found = probe(table, hash);
  table.isFresh = found < 0;
  if (found >= 0) {
    return found;
  }
  const segment = table.segment;
  if (table.counts[segment]! >= table.limits[segment]!) {
    makeRoom(table, segment);
    found = probe(table, hash);
  }
  const offset = ~found;
  fillSlot(table, offset);
  table.counts[segment]! += 1;
  return offset;
}

/** Removes the slot that the latest find or take returned. */
export function removeSlot(table: SlotTable): void {
  const { pool, hash, segment } = table;
  const pages = table.segments[segment]!;
  const capacity = pages.length * PAGE_SLOTS;
  let hole = table.index;
  let holeSlab = slotSlab(pool, pages, hole);
  let holeAt = slotOffset(pool, pages, hole);
  table.owner.onDrop(holeSlab, holeAt);
  table.counts[segment]! -= 1;
  for (let next = hole + 1; ; next += 1) {
    const index = next < capacity ? next : next - capacity;
    const slab = slotSlab(pool, pages, index);
    const at = slotOffset(pool, pages, index);
    if (slab[at + hash.keyWords] === 0) {
      break;
    }
    // A later slot moves into the hole unless its home lies between the two (Knuth 6.4, R).
    const home = homeOf(hashKey(hash, slab, at), capacity);
    if (distance(home, index, capacity) >= distance(hole, index, capacity)) {
      for (let word = 0; word < table.strideWords; word += 1) {
        holeSlab[holeAt + word] = slab[at + word]!;
      }
      hole = index;
      holeSlab = slab;
      holeAt = at;
    }
  }
  holeSlab[holeAt + hash.keyWords] = 0;
}

/** Calls `visit` for each slot; it may change values but must neither add nor remove slots. */
export function forEachSlot(
  table: SlotTable,
  visit: (words: Uint32Array, at: number) => void,
): void {
  for (const page of table.segments.flat()) {
    const words = pageSlab(table.pool, page);
    const start = pageOffset(table.pool, page);
    const end = start + PAGE_SLOTS * table.strideWords;
    for (let at = start; at < end; at += table.strideWords) {
      if (words[at + table.hash.keyWords] !== 0) {
        visit(words, at);
      }
    }
  }
}

export function slotCount(table: SlotTable): number {
  return table.counts.reduce((sum, count) => sum + count, 0);
}

export function bytesUsed(table: SlotTable): number {
  return pagePoolBytes(table.pool);
}

/** The offset of the key with this hash, or ~offset of the empty slot where it belongs. */
function probe(table: SlotTable, hash: number): number {
  const { key, pool, strideWords } = table;
  const segment = hash & (SEGMENTS - 1);
  const pages = table.segments[segment]!;
  table.segment = segment;
  if (pages.length === 0) {
    return -1;
  }
  const keyWords = key.length;
  let index = homeOf(hash, pages.length * PAGE_SLOTS);
  for (;;) {
    const words = slotSlab(pool, pages, index);
    const first = slotOffset(pool, pages, index);
    const pageEnd = first + (PAGE_SLOTS - (index & (PAGE_SLOTS - 1))) * strideWords;
    for (let at = first; at < pageEnd; at += strideWords) {
      const isFree = words[at + keyWords] === 0;
      if (isFree || isKeyAt(key, words, at)) {
        table.words = words;
        table.index = index;
        return isFree ? ~at : at;
      }
      index += 1;
    }
    if (index >>> PAGE_BITS === pages.length) {
      index = 0;
    }
  }
}

function isKeyAt(key: Uint32Array, words: Uint32Array, at: number): boolean {
  // From the last word: neighbours differ there first.
  let word = key.length - 1;
  while (word >= 0 && words[at + word] === key[word]) {
    word -= 1;
  }
  return word < 0;
}

/** Word by word: for so few, the array methods cost more than all else here. */
function fillSlot(table: SlotTable, at: number): void {
  const { words, key, strideWords } = table;
  const keyWords = key.length;
  for (let word = 0; word < keyWords; word += 1) {
    words[at + word] = key[word]!;
  }
  words[at + keyWords] = 1;
  for (let word = keyWords + 1; word < strideWords; word += 1) {
    words[at + word] = 0;
  }
}

function distance(from: number, to: number, capacity: number): number {
  return to >= from ? to - from : to - from + capacity;
}
