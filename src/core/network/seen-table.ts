// Remembers what was seen of an address within a window, so that repeats count once.

import type { Address } from "./address.ts";
import { sweepSlots } from "./slot-sweep.ts";
import {
  bytesUsed,
  createSlotTable,
  findLoaded,
  loadKey,
  slotCount,
  type SlotTable,
  takeLoaded,
} from "./slot-table.ts";
import { advanceClock, createSteadyClock, readClock, type SteadyClock } from "./steady-clock.ts";

/** A mark is two words: the steady time it was made, high part + 1 and low part. */
export type SeenTable = {
  readonly clock: SteadyClock;
  readonly ipv4: SlotTable;
  readonly ipv6: SlotTable;
  /** The longest window asked with so far: marks older than it mean nothing to anyone. */
  windowMaxMs: number;
};

/** `fingerprintHigh`, `fingerprintLow`: 64 bits of a keyed hash of what was seen. */
export type Sighting = {
  readonly scope: number;
  readonly address: Address;
  readonly fingerprintHigh: number;
  readonly fingerprintLow: number;
  readonly nowMs: number;
  readonly windowMs: number;
};

const KEYS_MAX = 2 ** 18;
const VALUE_WORDS = 2;
const SWEEP_STEPS = 4;

/** `seed`: a secret number. `keysMax`: marks per family (default 2^18); the oldest make room. */
export function createSeenTable(options: {
  readonly seed: number;
  readonly keysMax?: number;
}): SeenTable {
  let seen: SeenTable | undefined;
  const create = (family: 4 | 6): SlotTable => {
    const keyWords = family === 4 ? 4 : 7;
    const ageMs = (words: Uint32Array, at: number): number =>
      (seen?.clock.lastMs ?? 0) - markedAt(words, at + keyWords);
    return createSlotTable({
      family,
      seed: options.seed,
      slotsMax: options.keysMax ?? KEYS_MAX,
      valueWords: VALUE_WORDS,
      extraKeyWords: 2,
      owner: {
        isStale: (words, at) => ageMs(words, at) >= (seen?.windowMaxMs ?? 0),
        coldness: (words, at) => Math.floor((ageMs(words, at) / (seen?.windowMaxMs ?? 1)) * 255),
        onDrop: () => undefined,
      },
    });
  };
  seen = { clock: createSteadyClock(), ipv4: create(4), ipv6: create(6), windowMaxMs: 0 };
  return seen;
}

/**
 * True: it was marked within (nowMs - windowMs, nowMs] and that mark stays, so repeats do not push
 * the end of the window on. False: it counts, and is marked now. Forgetting a mark for want of room
 * lets a repeat count again; nothing is ever taken for seen that was not (but for equal hashes).
 */
export function markSeen(seen: SeenTable, sighting: Sighting): boolean {
  const steadyMs = advanceClock(seen.clock, sighting.nowMs);
  if (sighting.windowMs > seen.windowMaxMs) {
    seen.windowMaxMs = sighting.windowMs;
  }
  const table = loadSighting(seen, sighting);
  const at = takeLoaded(table) + table.hash.keyWords;
  const { isFresh, words } = table;
  if (!isFresh && steadyMs - markedAt(words, at) < sighting.windowMs) {
    return true;
  }
  words[at] = Math.floor(steadyMs / 2 ** 32) + 1;
  words[at + 1] = steadyMs;
  if (isFresh) {
    sweepSlots(table, SWEEP_STEPS);
  }
  return false;
}

/** What `markSeen` would answer; marks nothing. */
export function isSeen(seen: SeenTable, sighting: Sighting): boolean {
  const table = loadSighting(seen, sighting);
  const offset = findLoaded(table);
  if (offset < 0) {
    return false;
  }
  const markedAtMs = markedAt(table.words, offset + table.hash.keyWords);
  return readClock(seen.clock, sighting.nowMs) - markedAtMs < sighting.windowMs;
}

/** For metrics. */
export function seenTableSize(seen: SeenTable): { marks: number; bytes: number } {
  return {
    marks: slotCount(seen.ipv4) + slotCount(seen.ipv6),
    bytes: bytesUsed(seen.ipv4) + bytesUsed(seen.ipv6),
  };
}

function loadSighting(seen: SeenTable, sighting: Sighting): SlotTable {
  const table = sighting.address.family === 4 ? seen.ipv4 : seen.ipv6;
  loadKey(table, sighting.scope, sighting.address);
  table.key[1 + table.addressWords] = sighting.fingerprintHigh;
  table.key[2 + table.addressWords] = sighting.fingerprintLow;
  return table;
}

function markedAt(words: Uint32Array, at: number): number {
  return (words[at]! - 1) * 2 ** 32 + words[at + 1]!;
}
