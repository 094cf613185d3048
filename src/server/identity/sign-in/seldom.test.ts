// Checks how many of a kind are noted within a minute.
import { expect, it } from "vitest";
import { createSeldom } from "./seldom.ts";

it("lets so many of a key through a minute", () => {
  const seldom = createSeldom();
  const take = (key: string, atMs: number) => seldom.take(key, 2, atMs);
  expect([take("a", 0), take("a", 1), take("a", 2), take("b", 3)]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  expect([take("a", 59_999), take("a", 60_000), take("a", 60_001)]).toEqual([false, true, true]);
});

it("begins anew when the clock was set back, and forgets the oldest key", () => {
  const seldom = createSeldom(2);
  expect(seldom.take("a", 1, 1_000_000)).toBe(true);
  expect(seldom.take("a", 1, 500_000)).toBe(true);
  expect(seldom.take("b", 1, 500_000)).toBe(true);
  expect(seldom.take("c", 1, 500_000)).toBe(true);
  expect(seldom.take("b", 1, 500_001)).toBe(false);
  expect(seldom.take("a", 1, 500_001)).toBe(true);
});
