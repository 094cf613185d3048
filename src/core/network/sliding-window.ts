// Exact sliding-window counters: how many requests of an address fell inside the last window.

import type { Address } from "./address.ts";
import { createRingPool, type RingPool, ringPoolBytes } from "./ring-pool.ts";
import { sweepSlots } from "./slot-sweep.ts";
import {
  bytesUsed,
  createSlotTable,
  findSlot,
  NO_WORDS,
  removeSlot,
  slotCount,
  type SlotOwner,
  type SlotTable,
  takeSlot,
} from "./slot-table.ts";
import {
  addTime,
  ageMs,
  countInside,
  INLINE_MAX,
  newestAgeMs,
  releaseTimes,
  RING_TIMES_MAX,
  SLOT_TIMES_WORDS,
  type SlotTimes,
  timesKept,
} from "./slot-times.ts";
import { advanceClock, createSteadyClock, readClock, type SteadyClock } from "./steady-clock.ts";

/** Counters of many rules and addresses. A key is a rule number and an address. */
export type SlidingWindow = {
  readonly clock: SteadyClock;
  readonly ipv4: SlotTable;
  readonly ipv6: SlotTable;
  readonly pool: RingPool;
  /** The slot looked at, reused so that a count allocates nothing. */
  readonly times: SlotTimes;
  /** By rule number; 0: no such rule. */
  readonly limitsMax: number[];
  readonly windowsMs: number[];
};

/** "More than `limitMax` requests inside any `windowMs`." */
export type WindowRule = { readonly limitMax: number; readonly windowMs: number };

/** Thrown when the memory for busy keys is used up: the gate fails closed and bans nobody. */
export class CounterMemoryError extends Error {
  override readonly name = "CounterMemoryError";
}

const RULE_NUMBER_MAX = 0xf_ffff;
const WINDOW_LIMIT_MAX = RING_TIMES_MAX;
const WINDOW_MS_MAX = 2 ** 31 - 1;

const KEYS_MAX = 2 ** 21;
const RING_WORDS_MAX = 2 ** 23;
/** Per new key; with 4 the whole table is looked at while it grows by a quarter. */
const SWEEP_STEPS = 4;
const SWEEP_STEPS_FOR_RING = 64;

/**
 * `seed`: a secret number. `keysMax`: keys per address family (default 2^21); beyond it the coldest
 * make room: fewest requests first, among those the longest unseen. `ringWordsMax`: memory for the
 * times of busy keys, in words of four bytes (default 2^23).
 */
export function createSlidingWindow(options: {
  readonly seed: number;
  readonly keysMax?: number;
  readonly ringWordsMax?: number;
}): SlidingWindow {
  const pool = createRingPool(options.ringWordsMax ?? RING_WORDS_MAX);
  const clock = createSteadyClock();
  const limitsMax: number[] = [];
  const windowsMs: number[] = [];
  const rules = { clock, pool, limitsMax, windowsMs };
  const table = {
    seed: options.seed,
    slotsMax: options.keysMax ?? KEYS_MAX,
    valueWords: SLOT_TIMES_WORDS,
  };
  return {
    ...rules,
    ipv4: createSlotTable({ ...table, family: 4, owner: createOwner(rules, 2) }),
    ipv6: createSlotTable({ ...table, family: 6, owner: createOwner(rules, 5) }),
    times: { pool, words: NO_WORDS, at: 0 },
  };
}

/**
 * Sets or changes a rule; it holds from the next call on and nothing counted is lost. Bounds:
 * ruleNumber 0..1,048,575 (keep them dense), limitMax 1..65,535, windowMs 1..2^31-1; others throw.
 */
export function defineRule(window: SlidingWindow, ruleNumber: number, rule: WindowRule): void {
  assertWithin("rule number", ruleNumber, { min: 0, max: RULE_NUMBER_MAX });
  assertWithin("limitMax", rule.limitMax, { min: 1, max: WINDOW_LIMIT_MAX });
  assertWithin("windowMs", rule.windowMs, { min: 1, max: WINDOW_MS_MAX });
  while (window.limitsMax.length <= ruleNumber) {
    window.limitsMax.push(0);
    window.windowsMs.push(0);
  }
  window.limitsMax[ruleNumber] = rule.limitMax;
  window.windowsMs[ruleNumber] = rule.windowMs;
}

/** Ends a rule; what it counted goes as room is needed. A number used again may meet old counts. */
export function dropRule(window: SlidingWindow, ruleNumber: number): void {
  if (ruleNumber < window.limitsMax.length) {
    window.limitsMax[ruleNumber] = 0;
    window.windowsMs[ruleNumber] = 0;
  }
}

/**
 * Counts a request and says how many of the address are inside (nowMs - windowMs, nowMs], with this
 * one; `limitMax + 1` when that is over the limit. A request that is over is not kept, so refused
 * traffic makes no wait longer. Throws `CounterMemoryError` when the memory for busy keys is used
 * up.
 */
export function raiseCount(
  window: SlidingWindow,
  ruleNumber: number,
  address: Address,
  nowMs: number,
): number {
  const windowMs = windowOf(window, ruleNumber);
  const limitMax = window.limitsMax[ruleNumber]!;
  const steadyMs = advanceClock(window.clock, nowMs);
  const table = address.family === 4 ? window.ipv4 : window.ipv6;
  const times = window.times;
  for (let attempt = 1; ; attempt += 1) {
    const offset = takeSlot(table, ruleNumber, address);
    times.words = table.words;
    times.at = offset + table.hash.keyWords;
    const { isFresh } = table;
    const inside = isFresh ? 0 : countInside(times, steadyMs, windowMs);
    if (inside >= limitMax) {
      return limitMax + 1;
    }
    if (addTime(times, inside, steadyMs)) {
      if (isFresh) {
        sweepSlots(table, SWEEP_STEPS);
      }
      return inside + 1;
    }
    if (attempt === 2) {
      throw new CounterMemoryError("No memory is left for the times of busy addresses.");
    }
    sweepSlots(window.ipv4, SWEEP_STEPS_FOR_RING);
    sweepSlots(window.ipv6, SWEEP_STEPS_FOR_RING);
  }
}

/** How many requests are inside the window now; counts none. 0..limitMax (more after a cut). */
export function peekCount(
  window: SlidingWindow,
  ruleNumber: number,
  address: Address,
  nowMs: number,
): number {
  const windowMs = windowOf(window, ruleNumber);
  if (!pointAt(window, ruleNumber, address)) {
    return 0;
  }
  return countInside(window.times, readClock(window.clock, nowMs), windowMs);
}

/** Milliseconds until one more request would be admitted; 0: now. For `Retry-After`. */
export function remainingMs(
  window: SlidingWindow,
  ruleNumber: number,
  address: Address,
  nowMs: number,
): number {
  const windowMs = windowOf(window, ruleNumber);
  const limitMax = window.limitsMax[ruleNumber]!;
  if (!pointAt(window, ruleNumber, address)) {
    return 0;
  }
  const steadyMs = readClock(window.clock, nowMs);
  if (countInside(window.times, steadyMs, windowMs) < limitMax) {
    return 0;
  }
  // One more fits when the limitMax-th newest has left; after a cut older ones do not matter.
  return windowMs - ageMs(window.times, limitMax, steadyMs);
}

/** Forgets what a rule counted for an address. */
export function clearCount(window: SlidingWindow, ruleNumber: number, address: Address): void {
  const table = address.family === 4 ? window.ipv4 : window.ipv6;
  const offset = findSlot(table, ruleNumber, address);
  if (offset >= 0) {
    removeSlot(table);
  }
}

/** Forgets what these rules counted for an address, as a release of its ban does. */
export function clearAddress(
  window: SlidingWindow,
  address: Address,
  ruleNumbers: Iterable<number>,
): void {
  for (const ruleNumber of ruleNumbers) {
    clearCount(window, ruleNumber, address);
  }
}

/** For metrics. */
export function slidingWindowSize(window: SlidingWindow): { keys: number; bytes: number } {
  return {
    keys: slotCount(window.ipv4) + slotCount(window.ipv6),
    bytes: bytesUsed(window.ipv4) + bytesUsed(window.ipv6) + ringPoolBytes(window.pool),
  };
}

type Rules = Pick<SlidingWindow, "clock" | "pool" | "limitsMax" | "windowsMs">;

/** `keyWords`: where the times begin in a slot. */
function createOwner(rules: Rules, keyWords: number): SlotOwner {
  return {
    isStale(words, at) {
      const windowMs = rules.windowsMs[words[at]!] ?? 0;
      return newestAgeMs(words, at + keyWords, rules.clock.lastMs) >= windowMs;
    },
    coldness(words, at) {
      const windowMs = rules.windowsMs[words[at]!] ?? 0;
      const limitMax = rules.limitsMax[words[at]!] ?? 0;
      const kept = timesKept(words, at + keyWords);
      if (kept >= limitMax) {
        return 0;
      }
      if (kept > INLINE_MAX) {
        return 63 - Math.floor((kept / limitMax) * 63);
      }
      const share = newestAgeMs(words, at + keyWords, rules.clock.lastMs) / windowMs;
      return (4 - kept) * 64 + Math.min(63, Math.floor(share * 64));
    },
    onDrop(words, at) {
      releaseTimes(rules.pool, words, at + keyWords);
    },
  };
}

function pointAt(window: SlidingWindow, ruleNumber: number, address: Address): boolean {
  const table = address.family === 4 ? window.ipv4 : window.ipv6;
  const offset = findSlot(table, ruleNumber, address);
  window.times.words = table.words;
  window.times.at = offset + table.hash.keyWords;
  return offset >= 0;
}

function windowOf(window: SlidingWindow, ruleNumber: number): number {
  const windowMs = window.windowsMs[ruleNumber];
  if (windowMs === undefined || windowMs === 0) {
    throw new RangeError(`No counting rule has the number ${ruleNumber}.`);
  }
  return windowMs;
}

function assertWithin(
  name: string,
  value: number,
  bounds: { readonly min: number; readonly max: number },
): void {
  if (!Number.isInteger(value) || value < bounds.min || value > bounds.max) {
    throw new RangeError(`${name} must be a whole number ${bounds.min}..${bounds.max}: ${value}`);
  }
}
