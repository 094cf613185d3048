// Tests of the sliding-window counters where they could break: clocks, memory, floods, attack rows.

import { describe, expect, it } from "vitest";
import type { Address } from "./address.ts";
import {
  clearCount,
  CounterMemoryError,
  createSlidingWindow,
  defineRule,
  dropRule,
  peekCount,
  raiseCount,
  remainingMs,
  type SlidingWindow,
  slidingWindowSize,
} from "./sliding-window.ts";

const START = 1_780_000_000_000;
const ERA = 2 ** 32;
const DAY = 86_400_000;
const HARD = { limitMax: 600, windowMs: 60_000 };

function ipv4(w3: number): Address {
  return { family: 4, w0: 0, w1: 0, w2: 0, w3 };
}

/** The network address of an IPv6 /64, as callers give it. */
function ipv6Network(w0: number, w1: number): Address {
  return { family: 6, w0, w1, w2: 0, w3: 0 };
}

function windowWith(limitMax: number, windowMs: number, keysMax = 2 ** 21): SlidingWindow {
  const window = createSlidingWindow({ seed: 99, keysMax });
  defineRule(window, 1, { limitMax, windowMs });
  return window;
}

function raiseTimes(
  window: SlidingWindow,
  address: Address,
  at: { readonly nowMs: number; readonly times: number },
): number {
  const { nowMs, times } = at;
  let count = 0;
  for (let n = 0; n < times; n += 1) {
    count = raiseCount(window, 1, address, nowMs);
  }
  return count;
}

describe("time modulo 2^32", () => {
  it.each([1, 3, 4, 50])("never takes %i old requests for new ones after whole eras", (count) => {
    const window = windowWith(100, 60_000);
    for (const eras of [1, 2, 3, 12, 300]) {
      clearCount(window, 1, ipv4(1));
      raiseTimes(window, ipv4(1), { nowMs: START, times: 1 });
      const base = window.clock.lastMs;
      raiseTimes(window, ipv4(1), { nowMs: base, times: count - 1 });
      const laterMs = base + eras * ERA + 10;
      expect(peekCount(window, 1, ipv4(1), laterMs)).toBe(0);
      expect(raiseCount(window, 1, ipv4(1), laterMs)).toBe(1);
    }
  });

  it("counts across the moment the low 32 bits start again, inline and in a ring", () => {
    for (const limitMax of [3, 20]) {
      const window = windowWith(limitMax, 1000);
      const edge = 415 * ERA;
      for (let n = 0; n < limitMax; n += 1) {
        expect(raiseCount(window, 1, ipv4(1), edge - limitMax + 2 * n)).toBe(n + 1);
      }
      expect(raiseCount(window, 1, ipv4(1), edge + 999 - limitMax)).toBe(limitMax + 1);
      expect(raiseCount(window, 1, ipv4(1), edge + 1000 - limitMax)).toBe(limitMax);
    }
  });

  it("is exact for the longest window, 24.8 days, over eras", () => {
    const windowMs = 2 ** 31 - 1;
    const window = windowWith(5, windowMs);
    const first = 415 * ERA - 1;
    for (let n = 0; n < 5; n += 1) {
      raiseCount(window, 1, ipv4(1), first + n);
    }
    expect(raiseCount(window, 1, ipv4(1), first + windowMs - 1)).toBe(6);
    expect(raiseCount(window, 1, ipv4(1), first + windowMs)).toBe(5);
    expect(peekCount(window, 1, ipv4(1), first + windowMs + 3)).toBe(2);
    expect(peekCount(window, 1, ipv4(1), first + windowMs + 4)).toBe(1);
    expect(peekCount(window, 1, ipv4(1), first + 2 * windowMs)).toBe(0);
  });
});

describe("a clock that is set", () => {
  it.each([1, 500, 1000, 1001, 60_000, DAY, 400 * DAY])("back by %i ms frees nobody", (backMs) => {
    const window = windowWith(5, 60_000);
    raiseTimes(window, ipv4(1), { nowMs: START, times: 5 });
    expect(raiseCount(window, 1, ipv4(1), START - backMs)).toBe(6);
    expect(peekCount(window, 1, ipv4(1), START - backMs)).toBe(5);
    expect(raiseCount(window, 1, ipv4(2), START - backMs)).toBe(1);
  });

  it("back by a day makes nobody wait the day", () => {
    const window = windowWith(5, 60_000);
    raiseTimes(window, ipv4(1), { nowMs: START, times: 5 });
    raiseCount(window, 1, ipv4(1), START - DAY);
    expect(remainingMs(window, 1, ipv4(1), START - DAY)).toBe(60_000);
    expect(raiseCount(window, 1, ipv4(1), START - DAY + 59_999)).toBe(6);
    expect(raiseCount(window, 1, ipv4(1), START - DAY + 60_000)).toBe(1);
  });

  it("forth and back again leaves counting as it was", () => {
    const window = windowWith(5, 60_000);
    raiseTimes(window, ipv4(1), { nowMs: START + DAY, times: 5 });
    expect(raiseTimes(window, ipv4(1), { nowMs: START, times: 1 })).toBe(6);
    expect(raiseCount(window, 1, ipv4(1), START + 60_000)).toBe(1);
  });
});

describe("the memory for busy keys", () => {
  function fullWindow(): SlidingWindow {
    // One slab of 65,536 words: 8192 rings of eight.
    const window = createSlidingWindow({ seed: 5, ringWordsMax: 65_536 });
    defineRule(window, 1, { limitMax: 50, windowMs: 60_000 });
    for (let n = 0; n < 8192; n += 1) {
      raiseTimes(window, ipv4(n), { nowMs: START, times: 4 });
    }
    return window;
  }

  it("is bounded: beyond it busy keys are not counted wrongly but refused with an error", () => {
    const window = fullWindow();
    expect(raiseTimes(window, ipv4(9000), { nowMs: START, times: 3 })).toBe(3);
    expect(() => raiseCount(window, 1, ipv4(9000), START)).toThrow(CounterMemoryError);
    expect(peekCount(window, 1, ipv4(9000), START)).toBe(3);
    expect(raiseTimes(window, ipv4(8000), { nowMs: START, times: 4 })).toBe(8);
    expect(() => raiseCount(window, 1, ipv4(8000), START)).toThrow(CounterMemoryError);
    clearCount(window, 1, ipv4(17));
    expect(raiseCount(window, 1, ipv4(9000), START)).toBe(4);
  });

  it("comes back from keys that went quiet", () => {
    const window = fullWindow();
    const later = START + 60_000;
    raiseTimes(window, ipv4(9000), { nowMs: later, times: 3 });
    let refused = 0;
    for (let n = 0; n < 1000; n += 1) {
      try {
        raiseTimes(window, ipv4(10_000 + n), { nowMs: later, times: 4 });
      } catch {
        refused += 1;
      }
    }
    expect(refused).toBe(0);
  });

  it("comes back from a key that calms down, also to a smaller ring", () => {
    const window = windowWith(5000, 1000);
    expect(raiseTimes(window, ipv4(1), { nowMs: START, times: 4000 })).toBe(4000);
    expect(raiseTimes(window, ipv4(1), { nowMs: START + 990, times: 5 })).toBe(4005);
    expect(raiseTimes(window, ipv4(1), { nowMs: START + 1001, times: 5 })).toBe(10);
    const { used, sizeClass } = window.pool;
    const words = used.reduce((sum, rings, slab) => sum + rings * (8 << sizeClass[slab]!), 0);
    expect(words).toBeLessThanOrEqual(32);
    raiseCount(window, 1, ipv4(1), START + 3000);
    expect(window.pool.used.every((rings) => rings === 0)).toBe(true);
  });

  it("is given back with dropped rules, cleared and evicted keys", () => {
    const window = windowWith(50, 60_000, 2048);
    for (let n = 0; n < 20_000; n += 1) {
      raiseTimes(window, ipv4(n), { nowMs: START + n, times: 5 });
    }
    const rings = window.pool.used.reduce((sum, used) => sum + used, 0);
    expect(rings).toBe(slidingWindowSize(window).keys);
    dropRule(window, 1);
    defineRule(window, 2, HARD);
    for (let n = 0; n < 5000; n += 1) {
      raiseCount(window, 2, ipv4(n), START + 20_000);
    }
    expect(window.pool.used.reduce((sum, used) => sum + used, 0)).toBe(0);
  });
});

describe("attack row 42: off by one", () => {
  it.each([
    [50, 60_000],
    [10, 600_000],
    [100, 60_000],
    [600, 60_000],
  ])("%i inside %i ms are admitted, one more is not", (limitMax, windowMs) => {
    const window = windowWith(limitMax, windowMs);
    for (let n = 1; n <= limitMax; n += 1) {
      const atMs = START + Math.floor(((n - 1) * (windowMs - 1)) / limitMax);
      expect(raiseCount(window, 1, ipv4(1), atMs)).toBe(n);
    }
    expect(raiseCount(window, 1, ipv4(1), START + windowMs - 1)).toBe(limitMax + 1);
  });

  it("200 requests at once: exactly 50 are admitted", () => {
    const window = windowWith(50, 60_000);
    const counts = Array.from({ length: 200 }, () => raiseCount(window, 1, ipv4(1), START));
    expect(counts.filter((count) => count <= 50)).toHaveLength(50);
    expect(new Set(counts.slice(50))).toEqual(new Set([51]));
  });
});

describe("attack row 47: IPv6 rotation, keys", () => {
  it("one /64 is one key whatever its owner does; neighbours have their own", () => {
    const window = windowWith(50, 60_000);
    expect(raiseTimes(window, ipv6Network(0x2001_0db8, 7), { nowMs: START, times: 10_000 })).toBe(
      51,
    );
    expect(raiseCount(window, 1, ipv6Network(0x2001_0db8, 6), START)).toBe(1);
    expect(raiseCount(window, 1, ipv6Network(0x2001_0db8, 8), START)).toBe(1);
  });
});

describe("attack row 48: mapped bucket, keys", () => {
  it("an exhausted IPv4 address leaves others and the IPv6 space alone", () => {
    const window = windowWith(50, 60_000);
    expect(raiseTimes(window, ipv4(1), { nowMs: START, times: 60 })).toBe(51);
    expect(raiseCount(window, 1, ipv4(2), START)).toBe(1);
    expect(raiseCount(window, 1, { ...ipv4(1), family: 6 }, START)).toBe(1);
    expect(raiseCount(window, 1, ipv6Network(0, 0), START)).toBe(1);
  });
});

describe("attack row 52: key-cardinality flood", () => {
  it.each([4, 6] as const)("memory stays bounded, hot IPv%d offenders stay", (family) => {
    const keysMax = 2 ** 14;
    const window = windowWith(600, 600_000, keysMax);
    const address = (n: number): Address =>
      family === 4 ? ipv4(Math.imul(n, 0x9e37_79b1) >>> 0) : ipv6Network(0x2001_0db8, n);
    for (let hot = 0; hot < 500; hot += 1) {
      raiseTimes(window, address(hot), { nowMs: START, times: 4 + (hot % 30) });
    }
    // Three times what fits, as 5 million keys are to two million.
    for (let cold = 500; cold < 3 * keysMax; cold += 1) {
      raiseCount(window, 1, address(cold), START + cold);
    }
    const nowMs = START + 3 * keysMax;
    for (let hot = 0; hot < 500; hot += 1) {
      expect(peekCount(window, 1, address(hot), nowMs)).toBe(4 + (hot % 30));
    }
    const { keys, bytes } = slidingWindowSize(window);
    expect(keys).toBeLessThanOrEqual(keysMax);
    expect(keys).toBeGreaterThan(keysMax * 0.8);
    const tables = bytes - window.pool.slabs.length * 262_144;
    expect(tables).toBeLessThan(keysMax * (family === 4 ? 24 : 36) * 1.5 + 600_000);
    // The newest cold keys are known too: newcomers are counted during a flood.
    expect(peekCount(window, 1, address(3 * keysMax - 1), nowMs)).toBe(1);
  });

  it("an address at its limit stays whatever the limit is", () => {
    const window = windowWith(2, 600_000, 2048);
    raiseTimes(window, ipv4(1), { nowMs: START, times: 2 });
    for (let cold = 2; cold < 12_000; cold += 1) {
      raiseCount(window, 1, ipv4(cold), START + cold);
    }
    expect(raiseCount(window, 1, ipv4(1), START + 12_000)).toBe(3);
  });
});

describe("size", () => {
  it.each([
    [4, 75],
    [6, 112],
  ] as const)("an IPv%d address counted by two rules takes less than %i bytes", (family, most) => {
    const window = windowWith(600, 60_000);
    defineRule(window, 2, { limitMax: 50, windowMs: 60_000 });
    const perAddress: number[] = [];
    for (let n = 1; n <= 120_000; n += 1) {
      const address = family === 4 ? ipv4(n) : ipv6Network(0x2001_0db8, n);
      raiseCount(window, 1, address, START);
      raiseCount(window, 2, address, START);
      if (n >= 60_000 && n % 2000 === 0) {
        perAddress.push(slidingWindowSize(window).bytes / n);
      }
    }
    const mean = perAddress.reduce((sum, bytes) => sum + bytes) / perAddress.length;
    expect(mean).toBeLessThan(family === 4 ? 66 : 100);
    expect(Math.max(...perAddress)).toBeLessThan(most);
  });
});
