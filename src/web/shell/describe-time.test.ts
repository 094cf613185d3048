// How instants and countdowns are said.
import { describe, expect, it } from "vitest";
import { describeCountdown, describeTime } from "./describe-time.ts";

const NOW_MS = Date.UTC(2027, 2, 12, 12);
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

describe("describeTime", () => {
  it.each([
    [0, "just now"],
    [-59_000, "just now"],
    [30_000, "in a moment"],
    [-MINUTE_MS, "1 minute ago"],
    [-59 * MINUTE_MS, "59 minutes ago"],
    [-60 * MINUTE_MS, "1 hour ago"],
    [5 * MINUTE_MS, "in 5 minutes"],
    [-DAY_MS, "yesterday"],
    [-14 * DAY_MS, "14 days ago"],
    [-15 * DAY_MS, "25 Feb 2027"],
  ])("%i ms away is %s", (differenceMs, words) => {
    expect(describeTime(NOW_MS + differenceMs, NOW_MS)).toBe(words);
  });
});

describe("describeCountdown", () => {
  it.each([
    [120, "2 minutes"],
    [98, "1 minute 38 seconds"],
    [61, "1 minute 1 second"],
    [59, "59 seconds"],
    [1, "1 second"],
    [0, "0 seconds"],
  ])("%i s is %s", (seconds, words) => {
    expect(describeCountdown(seconds)).toBe(words);
  });
});
