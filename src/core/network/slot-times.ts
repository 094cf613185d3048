// The times of counted requests kept in one slot: up to three inside it, more in a ring.

import {
  releaseRing,
  ringClassFor,
  ringLength,
  type RingPool,
  ringSlab,
  ringStart,
  takeRing,
} from "./ring-pool.ts";

/**
 * A slot's four value words at `words[at]`, pointed at by whoever uses these functions:
 * inline  (era + 1) * 4 + n | n = 1..3 times, oldest first
 * ring    (era + 1) * 4     | ring | head * 65,536 + length | the newest time
 * A time is its low 32 bits; the era is the high part of the newest one (49.7 days each).
 *
 * INVARIANT: times do not descend, and the oldest is less than 2^31 ms older than the newest: what
 * falls out of the window (< 2^31 ms) is let go when a time is added. So once the newest, known in
 * full, is inside a window, every other age is exact modulo 2^32: wrap-around is not ambiguous.
 */
export type SlotTimes = { readonly pool: RingPool; words: Uint32Array; at: number };

export const SLOT_TIMES_WORDS = 4;
export const INLINE_MAX = 3;
/** Head and length of a ring are 16 bits each. */
export const RING_TIMES_MAX = 65_535;

const ERA_MS = 2 ** 32;

export function newestAgeMs(words: Uint32Array, at: number, nowMs: number): number {
  const inline = words[at]! & 3;
  const newest = words[at + (inline === 0 ? 3 : inline)]!;
  return nowMs - (((words[at]! >>> 2) - 1) * ERA_MS + newest);
}

/** How many times are kept, inside a window or not. */
export function timesKept(words: Uint32Array, at: number): number {
  const inline = words[at]! & 3;
  return inline === 0 ? words[at + 2]! & 0xffff : inline;
}

/** How many times are inside (nowMs - windowMs, nowMs]. `nowMs` is not before the newest time. */
export function countInside(times: SlotTimes, nowMs: number, windowMs: number): number {
  const { words, at } = times;
  if (newestAgeMs(words, at, nowMs) >= windowMs) {
    return 0;
  }
  const inline = words[at]! & 3;
  if (inline === 0) {
    return countInRing(times, nowMs, windowMs);
  }
  let inside = 1;
  while (inside < inline && (nowMs - words[at + inline - inside]!) >>> 0 < windowMs) {
    inside += 1;
  }
  return inside;
}

function countInRing(times: SlotTimes, nowMs: number, windowMs: number): number {
  const { words, at, pool } = times;
  const ring = words[at + 1]!;
  const slab = ringSlab(pool, ring);
  const start = ringStart(ring);
  const mask = ringLength(pool, ring) - 1;
  const kept = words[at + 2]! & 0xffff;
  const end = (words[at + 2]! >>> 16) + kept;
  // The n-th newest is inside for n = 1 and n = inside, outside for n = outside: halve between.
  let inside = 1;
  let outside = kept + 1;
  let nth = kept;
  while (outside - inside > 1) {
    if ((nowMs - slab[start + ((end - nth) & mask)]!) >>> 0 < windowMs) {
      inside = nth;
    } else {
      outside = nth;
    }
    nth = (inside + outside) >>> 1;
  }
  return inside;
}

/** The age of the n-th newest time (1 = newest) of a slot whose newest is inside a window. */
export function ageMs(times: SlotTimes, nth: number, nowMs: number): number {
  return (nowMs - nthNewest(times, nth)) >>> 0;
}

/**
 * Keeps the newest `keep` times and adds `nowMs`. False: the pool has no ring to give, and the slot
 * is as it was.
 */
export function addTime(times: SlotTimes, keep: number, nowMs: number): boolean {
  const { words, at } = times;
  if (keep >= INLINE_MAX) {
    if (!fitRing(times, keep)) {
      return false;
    }
    addToRing(times, keep, nowMs);
    words[at] = eraMark(nowMs);
    return true;
  }
  const kept = timesKept(words, at);
  const isInline = (words[at]! & 3) !== 0;
  const ring = words[at + 1]!;
  const first = keep > 0 ? nthNewest(times, keep) : 0;
  const second = keep > 1 ? nthNewest(times, keep - 1) : 0;
  if (!isInline && kept > 0) {
    releaseRing(times.pool, ring);
  }
  words[at + 1] = keep > 0 ? first : nowMs;
  words[at + 2] = keep > 1 ? second : nowMs;
  words[at + 3] = nowMs;
  words[at] = eraMark(nowMs) + keep + 1;
  return true;
}

/** Gives the ring back, if the slot has one; the slot must not be read afterwards. */
export function releaseTimes(pool: RingPool, words: Uint32Array, at: number): void {
  if ((words[at]! & 3) === 0) {
    releaseRing(pool, words[at + 1]!);
  }
}

function eraMark(nowMs: number): number {
  return (Math.floor(nowMs / ERA_MS) + 1) * 4;
}

function nthNewest(times: SlotTimes, nth: number): number {
  const { words, at, pool } = times;
  const inline = words[at]! & 3;
  if (inline !== 0) {
    return words[at + 1 + inline - nth]!;
  }
  const ring = words[at + 1]!;
  const place = (words[at + 2]! >>> 16) + (words[at + 2]! & 0xffff) - nth;
  return ringSlab(pool, ring)[ringStart(ring) + (place & (ringLength(pool, ring) - 1))]!;
}

/** Makes sure of a ring with a free place after the newest `keep` times, and not far too large. */
function fitRing(times: SlotTimes, keep: number): boolean {
  const { words, at, pool } = times;
  const isInline = (words[at]! & 3) !== 0;
  const old = words[at + 1]!;
  const length = isInline ? 0 : ringLength(pool, old);
  const isTooLarge = length > 8 && keep * 8 < length;
  if (keep < length && !isTooLarge) {
    return true;
  }
  const ring = takeRing(pool, ringClassFor(isTooLarge ? keep * 2 : keep + 1));
  if (ring < 0) {
    return isTooLarge;
  }
  const slab = ringSlab(pool, ring);
  const start = ringStart(ring);
  for (let nth = keep; nth > 0; nth -= 1) {
    slab[start + keep - nth] = nthNewest(times, nth);
  }
  if (!isInline) {
    releaseRing(pool, old);
  }
  words[at] = words[at]! & ~3;
  words[at + 1] = ring;
  words[at + 2] = keep;
  return true;
}

function addToRing(times: SlotTimes, keep: number, nowMs: number): void {
  const { words, at, pool } = times;
  const ring = words[at + 1]!;
  const mask = ringLength(pool, ring) - 1;
  const end = (words[at + 2]! >>> 16) + (words[at + 2]! & 0xffff);
  ringSlab(pool, ring)[ringStart(ring) + (end & mask)] = nowMs;
  words[at + 2] = ((end - keep) & mask) * 0x1_0000 + keep + 1;
  words[at + 3] = nowMs;
}
