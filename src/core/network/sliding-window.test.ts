// Tests of the sliding-window counters: edges, rule changes, and a naive oracle.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Address } from "./address.ts";
import {
  clearAddress,
  clearCount,
  createSlidingWindow,
  defineRule,
  dropRule,
  peekCount,
  raiseCount,
  remainingMs,
  type SlidingWindow,
  type WindowRule,
} from "./sliding-window.ts";

const START = 1_780_000_000_000;
const ERA = 2 ** 32;
const A: Address = { family: 4, w0: 0, w1: 0, w2: 0, w3: 0xcb00_7107 };
const B: Address = { ...A, w3: 0xcb00_7108 };

function windowWith(rules: Readonly<Record<number, WindowRule>>): SlidingWindow {
  const window = createSlidingWindow({ seed: 1 });
  for (const [ruleNumber, rule] of Object.entries(rules)) {
    defineRule(window, Number(ruleNumber), rule);
  }
  return window;
}

/** Raises rule 1 for A at each time and gives the answers. */
function raiseAll(window: SlidingWindow, times: readonly number[]): readonly number[] {
  return times.map((ms) => raiseCount(window, 1, A, START + ms));
}

function repeat(ms: number, times: number): readonly number[] {
  return Array.from({ length: times }, () => ms);
}

describe("raiseCount", () => {
  it.each([
    { limitMax: 50, windowMs: 60_000 },
    { limitMax: 1, windowMs: 1 },
    { limitMax: 3, windowMs: 1000 },
    { limitMax: 4, windowMs: 1000 },
    { limitMax: 600, windowMs: 60_000 },
    { limitMax: 65_535, windowMs: 2 ** 31 - 1 },
  ])("admits $limitMax at one moment, and no more until $windowMs ms have passed", (rule) => {
    const window = windowWith({ 1: rule });
    const { limitMax, windowMs } = rule;
    const counts = raiseAll(window, repeat(0, limitMax));
    expect(counts.every((count, index) => count === index + 1)).toBe(true);
    expect(raiseAll(window, [0, windowMs - 1])).toEqual([limitMax + 1, limitMax + 1]);
    expect(remainingMs(window, 1, A, START + windowMs - 1)).toBe(1);
    expect(raiseAll(window, [windowMs])).toEqual([1]);
  });

  it.each<[string, WindowRule, readonly number[], readonly number[]]>([
    [
      "a burst across an edge of any fixed window is one burst",
      { limitMax: 4, windowMs: 60_000 },
      [59_998, 59_999, 60_000, 60_001, 60_002],
      [1, 2, 3, 4, 5],
    ],
    [
      "each request leaves exactly windowMs after it came",
      { limitMax: 2, windowMs: 100 },
      [0, 50, 99, 100, 149, 150, 199, 200],
      [1, 2, 3, 2, 3, 2, 3, 2],
    ],
    [
      "refused requests make no wait longer",
      { limitMax: 1, windowMs: 100 },
      [0, 20, 40, 60, 80, 99, 100, 199, 200],
      [1, 2, 2, 2, 2, 2, 1, 2, 1],
    ],
    [
      "an idle hour clears everything",
      { limitMax: 5, windowMs: 1000 },
      [0, 1, 2, 3, 4, 5, 3_600_000],
      [1, 2, 3, 4, 5, 6, 1],
    ],
    [
      "a slow stream stays under its limit for ever",
      { limitMax: 5, windowMs: 100 },
      [0, 25, 50, 75, 100, 125, 150, 175, 200, 225],
      [1, 2, 3, 4, 4, 4, 4, 4, 4, 4],
    ],
  ])("%s", (_, rule, times, counts) => {
    expect(raiseAll(windowWith({ 1: rule }), times)).toEqual(counts);
  });

  it("keeps rules, addresses and families apart", () => {
    const rule = { limitMax: 2, windowMs: 1000 };
    const window = windowWith({ 0: rule, 1: rule });
    const sameWords: Address = { ...A, family: 6 };
    raiseAll(window, [0, 0, 0]);
    expect(raiseCount(window, 0, A, START)).toBe(1);
    expect(raiseCount(window, 1, B, START)).toBe(1);
    expect(raiseCount(window, 1, sameWords, START)).toBe(1);
  });

  it("refuses to count for a rule that does not exist", () => {
    const window = windowWith({ 1: { limitMax: 2, windowMs: 1000 } });
    expect(() => raiseCount(window, 2, A, START)).toThrow(RangeError);
    expect(() => peekCount(window, 0, A, START)).toThrow(RangeError);
    dropRule(window, 1);
    expect(() => raiseCount(window, 1, A, START)).toThrow(RangeError);
  });
});

describe("defineRule", () => {
  it.each([
    [-1, 1, 1],
    [2 ** 20, 1, 1],
    [1, 0, 1],
    [1, 65_536, 1],
    [1, 1.5, 1],
    [1, Number.NaN, 1],
    [1, 1, 0],
    [1, 1, 2 ** 31],
    [1, 1, Infinity],
  ])("throws for rule %d, limit %d, window %d", (ruleNumber, limitMax, windowMs) => {
    expect(() => defineRule(windowWith({}), ruleNumber, { limitMax, windowMs })).toThrow(
      RangeError,
    );
  });

  it("a higher limit holds at once and what was counted stays counted", () => {
    const window = windowWith({ 1: { limitMax: 3, windowMs: 1000 } });
    raiseAll(window, [0, 1, 2, 3]);
    defineRule(window, 1, { limitMax: 5, windowMs: 1000 });
    expect(peekCount(window, 1, A, START + 4)).toBe(3);
    expect(raiseAll(window, [4, 5, 6])).toEqual([4, 5, 6]);
  });

  it("a lower limit holds at once and judges the newest", () => {
    const window = windowWith({ 1: { limitMax: 10, windowMs: 1000 } });
    raiseAll(window, [0, 100, 200, 300, 400, 500]);
    defineRule(window, 1, { limitMax: 2, windowMs: 1000 });
    expect(raiseAll(window, [600])).toEqual([3]);
    // The two newest (400, 500) matter: one more fits when 400 has left.
    expect(remainingMs(window, 1, A, START + 600)).toBe(800);
    expect(raiseAll(window, [1399, 1400])).toEqual([3, 2]);
  });

  it("a longer window looks back over what is still known, a shorter one at less", () => {
    const window = windowWith({ 1: { limitMax: 10, windowMs: 1000 } });
    raiseAll(window, [0, 500]);
    defineRule(window, 1, { limitMax: 10, windowMs: 10_000 });
    expect(raiseAll(window, [5000])).toEqual([3]);
    defineRule(window, 1, { limitMax: 10, windowMs: 4600 });
    expect(raiseAll(window, [5001])).toEqual([3]);
  });
});

describe("remainingMs", () => {
  it("is 0 for the unknown and for those under the limit", () => {
    const window = windowWith({ 1: { limitMax: 2, windowMs: 1000 } });
    expect(remainingMs(window, 1, A, START)).toBe(0);
    raiseAll(window, [0]);
    expect(remainingMs(window, 1, A, START)).toBe(0);
    raiseAll(window, [10]);
    expect(remainingMs(window, 1, A, START + 10)).toBe(990);
    expect(remainingMs(window, 1, A, START + 999)).toBe(1);
    expect(remainingMs(window, 1, A, START + 1000)).toBe(0);
  });
});

describe("clearing", () => {
  it("forgets one rule or all of an address and nothing else", () => {
    const rule = { limitMax: 9, windowMs: 1000 };
    const window = windowWith({ 1: rule, 2: rule, 3: rule });
    for (const ruleNumber of [1, 1, 1, 1, 1, 2, 3]) {
      raiseCount(window, ruleNumber, A, START);
      raiseCount(window, ruleNumber, B, START);
    }
    clearCount(window, 1, A);
    clearCount(window, 1, A);
    expect([1, 2, 3].map((n) => peekCount(window, n, A, START))).toEqual([0, 1, 1]);
    clearAddress(window, A, [1, 2, 3]);
    expect([1, 2, 3].map((n) => peekCount(window, n, A, START))).toEqual([0, 0, 0]);
    expect([1, 2, 3].map((n) => peekCount(window, n, B, START))).toEqual([5, 1, 1]);
    expect(raiseCount(window, 1, A, START)).toBe(1);
  });
});

/** The same, in the simplest way that can be right. */
function createOracle() {
  const rules = new Map<number, WindowRule>();
  const times = new Map<string, number[]>();

  function inside(rule: number, key: number, nowMs: number): number[] {
    const { windowMs } = rules.get(rule)!;
    return (times.get(`${rule} ${key}`) ?? []).filter((time) => nowMs - time < windowMs);
  }

  function raise(rule: number, key: number, nowMs: number): number {
    const counted = inside(rule, key, nowMs);
    const { limitMax } = rules.get(rule)!;
    if (counted.length >= limitMax) {
      return limitMax + 1;
    }
    times.set(`${rule} ${key}`, [...counted, nowMs]);
    return counted.length + 1;
  }

  function remaining(rule: number, key: number, nowMs: number): number {
    const { limitMax, windowMs } = rules.get(rule)!;
    const counted = inside(rule, key, nowMs);
    return counted.length < limitMax ? 0 : counted.at(-limitMax)! + windowMs - nowMs;
  }

  return { rules, times, inside, raise, remaining };
}

const WINDOW_MS = 1000;
const passing = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 40 }) },
  { weight: 2, arbitrary: fc.constantFrom(0, WINDOW_MS - 1, WINDOW_MS, WINDOW_MS + 1) },
  { weight: 1, arbitrary: fc.constantFrom(2 ** 31, ERA - 1, ERA, ERA + 5, 3 * ERA + 40) },
);
const step = fc.record({
  kind: fc.constantFrom("raise", "raise", "raise", "raise", "burst", "peek", "clear", "limit"),
  passedMs: passing,
  rule: fc.constantFrom(1, 2),
  key: fc.nat(3),
  limitMax: fc.constantFrom(1, 2, 3, 4, 5, 8, 9, 40, 200),
});

function keyAddress(family: 4 | 6, key: number): Address {
  return family === 4 ? { ...A, w3: key } : { family: 6, w0: key, w1: 0, w2: 0, w3: 0 };
}

describe("against the oracle", () => {
  const start = fc.constantFrom(0, ERA - 300, 415 * ERA - 300, START);
  it.each([4, 6] as const)("counts, waits and clears alike, IPv%d", (family) => {
    fc.assert(
      fc.property(start, fc.array(step, { minLength: 50, maxLength: 300 }), (startMs, steps) => {
        const window = createSlidingWindow({ seed: startMs });
        const oracle = createOracle();
        for (const rule of [1, 2]) {
          oracle.rules.set(rule, { limitMax: 7 * rule, windowMs: WINDOW_MS });
          defineRule(window, rule, oracle.rules.get(rule)!);
        }
        let nowMs = startMs;
        for (const { kind, passedMs, rule, key, limitMax } of steps) {
          nowMs += passedMs;
          const address = keyAddress(family, key);
          const raises = kind === "raise" ? 1 : kind === "burst" ? limitMax : 0;
          for (let count = 0; count < raises; count += 1) {
            expect(raiseCount(window, rule, address, nowMs)).toBe(oracle.raise(rule, key, nowMs));
          }
          if (kind === "clear") {
            clearCount(window, rule, address);
            oracle.times.delete(`${rule} ${key}`);
          } else if (kind === "limit") {
            oracle.rules.set(rule, { limitMax, windowMs: WINDOW_MS });
            defineRule(window, rule, oracle.rules.get(rule)!);
          }
          expect(peekCount(window, rule, address, nowMs)).toBe(
            oracle.inside(rule, key, nowMs).length,
          );
          expect(remainingMs(window, rule, address, nowMs)).toBe(
            oracle.remaining(rule, key, nowMs),
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});
