// Tests of the seen table: once within the window, exact at its end, bounded, blind to nothing.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Address } from "./address.ts";
import { createSeenTable, isSeen, markSeen, seenTableSize, type Sighting } from "./seen-table.ts";

const NOW = 1_780_000_000_000;
const A: Address = { family: 4, w0: 0, w1: 0, w2: 0, w3: 0xcb00_7107 };
const BASE: Sighting = {
  scope: 4,
  address: A,
  fingerprintHigh: 0xffff_ffff,
  fingerprintLow: 0,
  nowMs: NOW,
  windowMs: 60_000,
};

describe("markSeen", () => {
  it.each([A, { ...A, family: 6 } as const])("counts once inside the window", (address) => {
    const seen = createSeenTable({ seed: 1 });
    const at = (ms: number): boolean => markSeen(seen, { ...BASE, address, nowMs: NOW + ms });
    expect([0, 0, 30_000, 59_999].map(at)).toEqual([false, true, true, true]);
    // Repeats did not push the end on.
    expect([60_000, 60_001, 119_999, 120_000].map(at)).toEqual([false, true, true, false]);
  });

  it("tells every part of what was seen apart", () => {
    const seen = createSeenTable({ seed: 1 });
    markSeen(seen, BASE);
    const others: Partial<Sighting>[] = [
      { scope: 5 },
      { address: { ...A, w3: 1 } },
      { address: { ...A, family: 6 } },
      { fingerprintHigh: 0xffff_fffe },
      { fingerprintLow: 1 },
    ];
    for (const other of others) {
      expect(isSeen(seen, { ...BASE, ...other })).toBe(false);
      expect(markSeen(seen, { ...BASE, ...other })).toBe(false);
    }
    expect(markSeen(seen, BASE)).toBe(true);
  });

  it("takes the window of the moment: a changed setting holds at once", () => {
    const seen = createSeenTable({ seed: 1 });
    markSeen(seen, BASE);
    expect(markSeen(seen, { ...BASE, nowMs: NOW + 5000, windowMs: 5001 })).toBe(true);
    expect(markSeen(seen, { ...BASE, nowMs: NOW + 5000, windowMs: 5000 })).toBe(false);
    expect(markSeen(seen, { ...BASE, nowMs: NOW + 5001, windowMs: 5000 })).toBe(true);
  });

  it("takes no old mark for a new one after whole eras, no set clock for time passed", () => {
    const seen = createSeenTable({ seed: 1 });
    markSeen(seen, BASE);
    expect(markSeen(seen, { ...BASE, nowMs: NOW - 3_600_000 })).toBe(true);
    expect(markSeen(seen, { ...BASE, nowMs: NOW - 3_600_000 + 60_000 })).toBe(false);
    expect(markSeen(seen, { ...BASE, nowMs: NOW + 2 ** 32 })).toBe(false);
    expect(markSeen(seen, { ...BASE, nowMs: NOW + 2 * 2 ** 32 + 3 })).toBe(false);
  });

  it("is bounded, forgets the oldest first, and never invents", () => {
    const seen = createSeenTable({ seed: 1, keysMax: 2048 });
    for (let n = 0; n < 20_000; n += 1) {
      const sighting = { ...BASE, fingerprintLow: n, nowMs: NOW + n };
      expect(markSeen(seen, sighting)).toBe(false);
    }
    expect(seenTableSize(seen).marks).toBeLessThanOrEqual(2048);
    expect(isSeen(seen, { ...BASE, fingerprintLow: 0, nowMs: NOW + 20_000 })).toBe(false);
    const newest = Array.from({ length: 500 }, (_, n) => 19_999 - n);
    for (const fingerprintLow of newest) {
      expect(isSeen(seen, { ...BASE, fingerprintLow, nowMs: NOW + 20_000 })).toBe(true);
    }
  });
});

describe("isSeen", () => {
  it("answers as markSeen would and marks nothing", () => {
    const step = fc.record({
      fingerprintLow: fc.nat(4),
      passedMs: fc.constantFrom(0, 1, 20, 99, 100, 101),
      isMark: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const seen = createSeenTable({ seed: 1 });
        const marks = new Map<number, number>();
        let nowMs = NOW;
        for (const { fingerprintLow, passedMs, isMark } of steps) {
          nowMs += passedMs;
          const sighting = { ...BASE, fingerprintLow, nowMs, windowMs: 100 };
          const expected = nowMs - (marks.get(fingerprintLow) ?? -Infinity) < 100;
          expect(isSeen(seen, sighting)).toBe(expected);
          if (isMark) {
            expect(markSeen(seen, sighting)).toBe(expected);
            if (!expected) {
              marks.set(fingerprintLow, nowMs);
            }
          }
        }
      }),
    );
  });
});
