// Lengths and sizes as they stand in the library and are read aloud in the player.
import { describe, expect, it } from "vitest";
import { describeLength, describeSize, spellLength } from "./describe-length.ts";

describe("a length", () => {
  it.each([
    [0, "0:00", "0 seconds"],
    [0.99, "0:00", "0 seconds"],
    [1, "0:01", "1 second"],
    [5.4, "0:05", "5 seconds"],
    [60, "1:00", "1 minute"],
    [754, "12:34", "12 minutes 34 seconds"],
    [3599.9, "59:59", "59 minutes 59 seconds"],
    [3600, "1:00:00", "1 hour"],
    [3723, "1:02:03", "1 hour 2 minutes 3 seconds"],
    [36_061, "10:01:01", "10 hours 1 minute 1 second"],
    [Number.NaN, "0:00", "0 seconds"],
    [Number.POSITIVE_INFINITY, "0:00", "0 seconds"],
    [-3, "0:00", "0 seconds"],
  ])("of %d seconds is %s, read as %s", (seconds, figures, words) => {
    expect(describeLength(seconds)).toBe(figures);
    expect(spellLength(seconds)).toBe(words);
  });
});

describe("a size", () => {
  it.each([
    [1, "1 kB"],
    [1499, "1 kB"],
    [48_213, "48 kB"],
    [999_400, "999 kB"],
    [1_000_000, "1.0 MB"],
    [12_345_678, "12.3 MB"],
  ])("of %d bytes is %s", (bytes, words) => {
    expect(describeSize(bytes)).toBe(words);
  });
});
