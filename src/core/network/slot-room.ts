// Makes room in one segment of a slot table: drops stale slots, evicts the coldest, resizes.

import { hashKey } from "./slot-hash.ts";
import { PAGE_SLOTS, releasePages, slotOffset, slotSlab, takePage } from "./slot-pages.ts";
import type { SlotTable } from "./slot-table.ts";

export const SEGMENTS = 256;

/** Share of a segment's slots in use when it is full: dense, with probe lengths still short. */
const LOAD_MAX = 0.85;
const COLDNESS_LEVELS = 256;

/** The index where a key of this hash would like to be. The low eight bits chose the segment. */
export function homeOf(hash: number, capacity: number): number {
  return ((hash >>> 8) * capacity * 2 ** -24) | 0;
}

/** After it the segment takes at least one more slot. Offsets known before are void. */
export function makeRoom(table: SlotTable, segment: number): void {
  dropStale(table, segment);
  const slotsMax = table.segmentSlotsMax;
  if (table.counts[segment]! >= slotsMax) {
    // An eighth at once: looking at a whole segment for one slot would make each newcomer dear.
    evictColdest(table, segment, Math.max(1, Math.floor(slotsMax / 8)));
  }
  resizeSegment(table, segment);
}

/** Gives the segment the pages that fit its slots, with a quarter of growth. */
function resizeSegment(table: SlotTable, segment: number): void {
  const { pool } = table;
  const live = table.counts[segment]!;
  const wanted = Math.min(live + Math.max(8, live >>> 2), table.segmentSlotsMax);
  const pagesCount = Math.ceil(wanted / LOAD_MAX / PAGE_SLOTS);
  const room = Math.floor(pagesCount * PAGE_SLOTS * LOAD_MAX);
  const pages = Array.from({ length: pagesCount }, () => takePage(pool));
  moveSlots(table, table.segments[segment]!, pages);
  releasePages(pool, table.segments[segment]!);
  table.segments[segment] = pages;
  table.limits[segment] = Math.min(room, table.segmentSlotsMax);
}

function moveSlots(table: SlotTable, from: readonly number[], to: readonly number[]): void {
  const { hash, pool, strideWords } = table;
  const capacity = to.length * PAGE_SLOTS;
  for (let index = 0; index < from.length * PAGE_SLOTS; index += 1) {
    const words = slotSlab(pool, from, index);
    const at = slotOffset(pool, from, index);
    if (words[at + hash.keyWords] === 0) {
      continue;
    }
    let place = homeOf(hashKey(hash, words, at), capacity);
    let target = slotSlab(pool, to, place);
    let targetAt = slotOffset(pool, to, place);
    while (target[targetAt + hash.keyWords] !== 0) {
      place = place + 1 === capacity ? 0 : place + 1;
      target = slotSlab(pool, to, place);
      targetAt = slotOffset(pool, to, place);
    }
    for (let word = 0; word < strideWords; word += 1) {
      target[targetAt + word] = words[at + word]!;
    }
  }
}

/** Clears slots in place. That cuts probe chains: only `resizeSegment` makes the segment whole. */
function dropStale(table: SlotTable, segment: number): void {
  const { isStale } = table.owner;
  const pages = table.segments[segment]!;
  for (let index = 0; index < pages.length * PAGE_SLOTS; index += 1) {
    const words = slotSlab(table.pool, pages, index);
    const at = slotOffset(table.pool, pages, index);
    if (words[at + table.hash.keyWords] !== 0 && isStale(words, at)) {
      drop(table, words, at);
      table.counts[segment]! -= 1;
    }
  }
}

function evictColdest(table: SlotTable, segment: number, quota: number): void {
  const { coldness } = table.owner;
  const pages = table.segments[segment]!;
  const levels = coldnessLevels(table, pages);
  let level = COLDNESS_LEVELS - 1;
  let colder = 0;
  while (level > 0 && colder + levels[level]! < quota) {
    colder += levels[level]!;
    level -= 1;
  }
  // All that are colder than `level` go, and of that level as many as are still wanted.
  let wanted = quota - colder;
  for (let index = 0; index < pages.length * PAGE_SLOTS; index += 1) {
    const words = slotSlab(table.pool, pages, index);
    const at = slotOffset(table.pool, pages, index);
    if (words[at + table.hash.keyWords] === 0) {
      continue;
    }
    const cold = coldness(words, at);
    if (cold > level || (cold === level && wanted > 0)) {
      wanted -= cold === level ? 1 : 0;
      drop(table, words, at);
      table.counts[segment]! -= 1;
    }
  }
}

/** How many slots there are of each coldness. */
function coldnessLevels(table: SlotTable, pages: readonly number[]): Uint32Array {
  const levels = new Uint32Array(COLDNESS_LEVELS);
  for (let index = 0; index < pages.length * PAGE_SLOTS; index += 1) {
    const words = slotSlab(table.pool, pages, index);
    const at = slotOffset(table.pool, pages, index);
    if (words[at + table.hash.keyWords] !== 0) {
      levels[table.owner.coldness(words, at)]! += 1;
    }
  }
  return levels;
}

function drop(table: SlotTable, words: Uint32Array, at: number): void {
  table.owner.onDrop(words, at);
  words[at + table.hash.keyWords] = 0;
}
