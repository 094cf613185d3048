// Tests of the ban table: exact ends, replacement, scopes, and a Map beside it.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Address } from "./address.ts";
import {
  banCount,
  banTableBytes,
  createBanTable,
  dropEndedBans,
  findBan,
  forEachBan,
  putBan,
  removeBan,
} from "./ban-table.ts";

const NOW = 1_780_000_000_000;
const DAY = 86_400_000;
const A: Address = { family: 4, w0: 0, w1: 0, w2: 0, w3: 0xcb00_7107 };
const A6: Address = { family: 6, w0: 0x2001_0db8, w1: 0xffff_ffff, w2: 0, w3: 0 };

describe("findBan", () => {
  it.each([
    ["the shortest ban", 60_000],
    ["half an hour", 1_800_000],
    ["a timer's limit", 2 ** 31],
    ["30 days", 30 * DAY],
    ["49.7 days", 2 ** 32],
    ["a year", 365 * DAY],
  ])("ends %s to the millisecond", (_, lastsMs) => {
    for (const address of [A, A6]) {
      const bans = createBanTable({ seed: 1 });
      putBan(bans, 0, address, { id: 7, endsAtMs: NOW + lastsMs });
      expect(findBan(bans, 0, address, NOW)).toBe(7);
      expect(bans.foundEndsAtMs).toBe(NOW + lastsMs);
      expect(findBan(bans, 0, address, NOW + lastsMs - 1)).toBe(7);
      expect(findBan(bans, 0, address, NOW + lastsMs)).toBe(0);
      expect(findBan(bans, 0, address, NOW + 100 * lastsMs)).toBe(0);
      // A clock that is set back finds it in force again.
      expect(findBan(bans, 0, address, NOW)).toBe(7);
    }
  });

  it("keeps scopes, addresses and families apart", () => {
    const bans = createBanTable({ seed: 1 });
    putBan(bans, 0, A, { id: 1, endsAtMs: NOW + 1 });
    putBan(bans, 9, A, { id: 2, endsAtMs: NOW + 2 });
    putBan(bans, 0, { ...A, family: 6 }, { id: 3, endsAtMs: NOW + 3 });
    expect(findBan(bans, 0, A, NOW)).toBe(1);
    expect(findBan(bans, 9, A, NOW)).toBe(2);
    expect(findBan(bans, 0, { ...A, family: 6 }, NOW)).toBe(3);
    expect(findBan(bans, 8, A, NOW)).toBe(0);
    expect(findBan(bans, 0, { ...A, w3: A.w3 + 1 }, NOW)).toBe(0);
  });

  it("attack row 47: a ban of a /64 leaves its neighbours alone", () => {
    const bans = createBanTable({ seed: 1 });
    putBan(bans, 0, A6, { id: 1, endsAtMs: NOW + DAY });
    expect(findBan(bans, 0, { ...A6, w1: 0xffff_fffe }, NOW)).toBe(0);
    expect(findBan(bans, 0, { ...A6, w0: 0x2001_0db9, w1: 0 }, NOW)).toBe(0);
    expect(findBan(bans, 0, A6, NOW)).toBe(1);
  });
});

describe("putBan", () => {
  it("replaces whatever was there, also with an earlier end", () => {
    const bans = createBanTable({ seed: 1 });
    putBan(bans, 0, A, { id: 1, endsAtMs: NOW + 2 * DAY });
    putBan(bans, 0, A, { id: 2, endsAtMs: NOW + DAY });
    expect(findBan(bans, 0, A, NOW)).toBe(2);
    expect(bans.foundEndsAtMs).toBe(NOW + DAY);
    expect(banCount(bans)).toBe(1);
  });

  it.each([
    [0, NOW],
    [-1, NOW],
    [2 ** 32, NOW],
    [1.5, NOW],
    [1, Number.NaN],
    [1, Infinity],
    [1, -1],
    [1, NOW + 0.5],
  ])("throws for id %d, end %d", (id, endsAtMs) => {
    const bans = createBanTable({ seed: 1 });
    expect(() => putBan(bans, 0, A, { id, endsAtMs })).toThrow(RangeError);
    expect(banCount(bans)).toBe(0);
  });
});

describe("as a Map", () => {
  const step = fc.record({
    kind: fc.constantFrom("put", "put", "remove", "find"),
    scope: fc.constantFrom(0, 1, 4_294_967_295),
    key: fc.nat(60),
    isIpv6: fc.boolean(),
    id: fc.integer({ min: 1, max: 0xffff_ffff }),
    endsAtMs: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  });

  it("holds what a Map holds after any puts and removes", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), fc.nat(), (steps, seed) => {
        const bans = createBanTable({ seed });
        const map = new Map<string, object>();
        for (const { kind, scope, key, isIpv6, id, endsAtMs } of steps) {
          const address: Address = isIpv6 ? { ...A6, w1: key } : { ...A, w3: key };
          const name = JSON.stringify([scope, address]);
          if (kind === "put") {
            putBan(bans, scope, address, { id, endsAtMs });
            map.set(name, { scope, address, id, endsAtMs });
          } else if (kind === "remove") {
            expect(removeBan(bans, scope, address)).toBe(map.delete(name));
          } else {
            expect(findBan(bans, scope, address, -1) !== 0).toBe(map.has(name));
          }
        }
        expect(banCount(bans)).toBe(map.size);
        const found = new Map<string, object>();
        forEachBan(bans, (ban) => found.set(JSON.stringify([ban.scope, ban.address]), ban));
        expect(found).toEqual(map);
      }),
      { numRuns: 80 },
    );
  });
});

describe("many bans", () => {
  it("none is ever lost to make room; ended ones go only when dropped", () => {
    const bans = createBanTable({ seed: 3 });
    for (let n = 0; n < 60_000; n += 1) {
      putBan(bans, 0, { ...A, w3: n }, { id: n + 1, endsAtMs: NOW + (n % 2 === 0 ? 0 : DAY) });
    }
    expect(banCount(bans)).toBe(60_000);
    expect(banTableBytes(bans) / 60_000).toBeLessThan(35);
    expect(findBan(bans, 0, { ...A, w3: 59_999 }, NOW)).toBe(60_000);
    expect(findBan(bans, 0, { ...A, w3: 59_998 }, NOW)).toBe(0);
    dropEndedBans(bans, { endedBeforeMs: NOW - 1, steps: 200_000 });
    expect(banCount(bans)).toBe(60_000);
    dropEndedBans(bans, { endedBeforeMs: NOW, steps: 1000 });
    expect(banCount(bans)).toBeGreaterThan(59_000);
    dropEndedBans(bans, { endedBeforeMs: NOW, steps: 400_000 });
    expect(banCount(bans)).toBe(30_000);
    expect(findBan(bans, 0, { ...A, w3: 59_999 }, NOW)).toBe(60_000);
  });
});
