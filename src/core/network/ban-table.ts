// The bans in force, found by scope and address in well under a microsecond.

import type { Address } from "./address.ts";
import { sweepSlots } from "./slot-sweep.ts";
import {
  bytesUsed,
  createSlotTable,
  findSlot,
  forEachSlot,
  removeSlot,
  slotCount,
  type SlotTable,
  takeSlot,
} from "./slot-table.ts";

/** One ban of one address in one scope. Scope 0 is everywhere; others are the caller's numbers. */
export type BanSlot = {
  readonly scope: number;
  readonly address: Address;
  readonly id: number;
  readonly endsAtMs: number;
};

/** A ban is three words: id, then the end as whole ms since 1970, high and low part. */
export type BanTable = {
  readonly ipv4: SlotTable;
  readonly ipv6: SlotTable;
  /** The end of the ban that the latest `findBan` returned. */
  foundEndsAtMs: number;
  /** Bans that ended before this may be dropped; only `dropEndedBans` moves it. */
  endedBeforeMs: number;
};

const VALUE_WORDS = 3;

/** The id of a ban from the decision that made it until the store has given it its own. */
export const BAN_BEING_STORED = 0xffff_ffff;

/** `seed`: a secret number. A ban is never evicted: the table grows with the bans put into it. */
export function createBanTable(options: { readonly seed: number }): BanTable {
  let bans: BanTable | undefined;
  const create = (family: 4 | 6): SlotTable => {
    const keyWords = family === 4 ? 2 : 5;
    return createSlotTable({
      family,
      seed: options.seed,
      slotsMax: Infinity,
      valueWords: VALUE_WORDS,
      owner: {
        isStale: (words, at) => endsAt(words, at + keyWords) <= (bans?.endedBeforeMs ?? 0),
        coldness: () => 0,
        onDrop: () => undefined,
      },
    });
  };
  bans = { ipv4: create(4), ipv6: create(6), foundEndsAtMs: 0, endedBeforeMs: 0 };
  return bans;
}

/**
 * Puts a ban in the place of whatever ban the key had: whether a later end wins is the caller's to
 * decide. id 1..2^32-1, endsAtMs a whole number 0..2^53-1; others throw.
 */
export function putBan(
  bans: BanTable,
  scope: number,
  address: Address,
  ban: { readonly id: number; readonly endsAtMs: number },
): void {
  const { id, endsAtMs } = ban;
  if (!Number.isInteger(id) || id < 1 || id > 0xffff_ffff) {
    throw new RangeError(`A ban id must be a whole number 1..4294967295: ${id}`);
  }
  if (!Number.isSafeInteger(endsAtMs) || endsAtMs < 0) {
    throw new RangeError(`A ban must end at a whole number of ms since 1970: ${endsAtMs}`);
  }
  const table = address.family === 4 ? bans.ipv4 : bans.ipv6;
  const at = takeSlot(table, scope, address) + table.hash.keyWords;
  table.words[at] = id;
  table.words[at + 1] = Math.floor(endsAtMs / 2 ** 32);
  table.words[at + 2] = endsAtMs;
}

/**
 * The id of the ban of exactly this scope and address, with its end in `bans.foundEndsAtMs`; 0 when
 * there is none or it has ended (`nowMs >= endsAtMs`): no timer ends a ban, this comparison does.
 */
export function findBan(bans: BanTable, scope: number, address: Address, nowMs: number): number {
  const table = address.family === 4 ? bans.ipv4 : bans.ipv6;
  const offset = findSlot(table, scope, address);
  if (offset < 0) {
    return 0;
  }
  const at = offset + table.hash.keyWords;
  const endsAtMs = endsAt(table.words, at);
  if (nowMs >= endsAtMs) {
    return 0;
  }
  bans.foundEndsAtMs = endsAtMs;
  return table.words[at]!;
}

/** Ends a ban early. False: there was none. */
export function removeBan(bans: BanTable, scope: number, address: Address): boolean {
  const table = address.family === 4 ? bans.ipv4 : bans.ipv6;
  const offset = findSlot(table, scope, address);
  if (offset >= 0) {
    removeSlot(table);
  }
  return offset >= 0;
}

/** Calls `visit` for every ban kept, ended or not; it must neither put nor remove bans. */
export function forEachBan(bans: BanTable, visit: (ban: BanSlot) => void): void {
  for (const table of [bans.ipv4, bans.ipv6]) {
    forEachSlot(table, (words, offset) => {
      const at = offset + table.hash.keyWords;
      visit({
        scope: words[offset]!,
        address: addressAt(table, words, offset + 1),
        id: words[at]!,
        endsAtMs: endsAt(words, at),
      });
    });
  }
}

/** How many bans are kept, with ended ones that nobody dropped yet. */
export function banCount(bans: BanTable): number {
  return slotCount(bans.ipv4) + slotCount(bans.ipv6);
}

export function banTableBytes(bans: BanTable): number {
  return bytesUsed(bans.ipv4) + bytesUsed(bans.ipv6);
}

/**
 * Frees memory of ended bans, at most `steps` slots a family and call; for a background loop.
 * Choose `endedBeforeMs` well in the past: a ban dropped while the clock was wrong is gone.
 */
export function dropEndedBans(
  bans: BanTable,
  options: { readonly endedBeforeMs: number; readonly steps: number },
): void {
  bans.endedBeforeMs = options.endedBeforeMs;
  sweepSlots(bans.ipv4, options.steps);
  sweepSlots(bans.ipv6, options.steps);
}

function endsAt(words: Uint32Array, at: number): number {
  return words[at + 1]! * 2 ** 32 + words[at + 2]!;
}

function addressAt(table: SlotTable, words: Uint32Array, at: number): Address {
  if (table.addressWords === 1) {
    return { family: 4, w0: 0, w1: 0, w2: 0, w3: words[at]! };
  }
  return {
    family: 6,
    w0: words[at]!,
    w1: words[at + 1]!,
    w2: words[at + 2]!,
    w3: words[at + 3]!,
  };
}
