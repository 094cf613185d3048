// Tests of the clock that never runs backwards.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advanceClock, createSteadyClock, readClock } from "./steady-clock.ts";

const START = 1_780_000_000_000;

function run(times: readonly number[]): readonly number[] {
  const clock = createSteadyClock();
  return times.map((ms) => advanceClock(clock, START + ms) - START);
}

describe("advanceClock", () => {
  it.each([
    ["goes with its clock", [0, 5, 5, 90_000], [0, 5, 5, 90_000]],
    [
      "holds still for requests that overtake each other",
      [0, 900, 0, 899, 901],
      [0, 900, 900, 900, 901],
    ],
    ["does not run fast for them", [1000, 500, 1000, 500, 1500], [1000, 1000, 1000, 1000, 1500]],
    [
      "goes on from where it was when set back",
      [0, 10_000, 5000, 5001, 9000],
      [0, 10_000, 10_000, 10_001, 14_000],
    ],
    ["does so twice", [0, 10_000, 5000, 0, 10], [0, 10_000, 10_000, 10_000, 10_010]],
  ])("%s", (_, given, steady) => {
    expect(run(given)).toEqual(steady);
  });

  it("never runs backwards and never faster than its clock", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e12, max: 1e12 })), (times) => {
        const steady = run(times);
        for (let index = 1; index < steady.length; index += 1) {
          const passed = steady[index]! - steady[index - 1]!;
          expect(passed).toBeGreaterThanOrEqual(0);
          expect(passed).toBeLessThanOrEqual(Math.max(0, times[index]! - times[index - 1]!));
        }
      }),
    );
  });
});

describe("readClock", () => {
  it("reads what advancing would give for a time that is not before the latest", () => {
    const clock = createSteadyClock();
    advanceClock(clock, START);
    advanceClock(clock, START - 60_000);
    expect(readClock(clock, START - 50_000)).toBe(START + 10_000);
    expect(clock.lastMs).toBe(START);
    expect(readClock(clock, START - 90_000)).toBe(START);
  });
});
