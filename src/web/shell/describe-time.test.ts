// How instants and countdowns are said.
import { describe, expect, it } from "vitest";
import { describeCountdown, describeTime } from "./describe-time.ts";

const NOW_MS = Date.UTC(2027, 2, 12, 12);
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
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
    [30 * MINUTE_MS - 2000, "in 30 minutes"],
    [30 * MINUTE_MS - 10_000, "in 29 minutes"],
    [14 * DAY_MS, "in 14 days"],
    [14 * DAY_MS - 1000, "in 14 days"],
    [14 * DAY_MS - HOUR_MS, "in 14 days"],
    [14 * DAY_MS - 2 * HOUR_MS, "in 13 days"],
    [DAY_MS - 1000, "tomorrow"],
    [DAY_MS - 2 * HOUR_MS, "in 22 hours"],
    [HOUR_MS - 1000, "in 1 hour"],
    [-DAY_MS + 1000, "23 hours ago"],
    [-14 * DAY_MS + 1000, "13 days ago"],
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
