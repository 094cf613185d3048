// Tests of the ring pool: rings never overlap, released ones serve again, the memory is bounded.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createRingPool,
  releaseRing,
  RING_CLASSES,
  ringClassFor,
  ringLength,
  ringPoolBytes,
  ringSlab,
  ringStart,
  takeRing,
} from "./ring-pool.ts";

describe("ringClassFor", () => {
  it.each([
    [1, 8],
    [8, 8],
    [9, 16],
    [16, 16],
    [17, 32],
    [1024, 1024],
    [1025, 2048],
    [65_535, 65_536],
    [65_536, 65_536],
  ])("gives %i times a ring of %i words", (length, words) => {
    expect(8 << ringClassFor(length)).toBe(words);
  });
});

describe("takeRing", () => {
  it("hands out rings that keep their words whatever others do", () => {
    const step = fc.record({ isTake: fc.boolean(), sizeClass: fc.nat(9), which: fc.nat(1000) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const pool = createRingPool(2 ** 23);
        const held: { ring: number; sizeClass: number; stamp: number }[] = [];
        let stamp = 0;
        for (const { isTake, sizeClass, which } of steps) {
          if (isTake || held.length === 0) {
            const ring = takeRing(pool, sizeClass);
            expect(ringLength(pool, ring)).toBe(8 << sizeClass);
            stamp += 1;
            const start = ringStart(ring);
            ringSlab(pool, ring).fill(stamp, start, start + ringLength(pool, ring));
            held.push({ ring, sizeClass, stamp });
          } else {
            const [gone] = held.splice(which % held.length, 1);
            releaseRing(pool, gone!.ring);
          }
        }
        for (const { ring, sizeClass, stamp: mine } of held) {
          const start = ringStart(ring);
          const words = ringSlab(pool, ring).subarray(start, start + (8 << sizeClass));
          expect(words.length).toBe(8 << sizeClass);
          expect(words.every((word) => word === mine)).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("stops at the memory allowed and goes on when a ring comes back", () => {
    const pool = createRingPool(2 * 65_536);
    const rings = Array.from({ length: 2 * 8192 }, () => takeRing(pool, 0));
    expect(new Set(rings).size).toBe(2 * 8192);
    expect(rings.includes(-1)).toBe(false);
    expect(takeRing(pool, 0)).toBe(-1);
    expect(takeRing(pool, 5)).toBe(-1);
    releaseRing(pool, rings[9000]!);
    expect(takeRing(pool, 0)).toBe(rings[9000]);
    expect(ringPoolBytes(pool)).toBe(2 * 65_536 * 4);
  });

  it("reuses a slab whose rings all came back for another size", () => {
    const pool = createRingPool(65_536);
    const rings = Array.from({ length: 8192 }, () => takeRing(pool, 0));
    for (const ring of rings) {
      releaseRing(pool, ring);
    }
    const largest = takeRing(pool, RING_CLASSES - 1);
    expect(largest).toBeGreaterThanOrEqual(0);
    expect(takeRing(pool, 0)).toBe(-1);
    releaseRing(pool, largest);
    expect(new Set(Array.from({ length: 4096 }, () => takeRing(pool, 1))).size).toBe(4096);
    expect(ringPoolBytes(pool)).toBe(65_536 * 4);
  });
});
