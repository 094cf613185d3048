// A countdown is read at a glance, from a few seconds to a year.
import { expect, it } from "vitest";
import { describeLeft } from "./describe-left.ts";

it.each([
  [0, "0:00"],
  [9, "0:09"],
  [252, "4:12"],
  [3599, "59:59"],
  [3600, "1 h 00 min"],
  [3900, "1 h 05 min"],
  [86_400, "24 h 00 min"],
  [172_799, "47 h 59 min"],
  [172_800, "2 days"],
  [31_536_000, "365 days"],
])("%i seconds are %s", (seconds, expected) => {
  expect(describeLeft(seconds)).toBe(expected);
});
