// Tables of durations and times as people type them.
import { describe, expect, it } from "vitest";
import { parseDuration, parseEnd, parseTime } from "./parse-duration.ts";
import { parseCount, parseList } from "./parse-list.ts";

const NOW_MS = Date.parse("2026-02-27T12:00:00Z");

describe("parseDuration", () => {
  it.each([
    ["90d", 7_776_000],
    ["12h", 43_200],
    ["30m", 1_800],
    ["45s", 45],
    ["1d12h", 129_600],
    ["90d 12h 30m 45s", 7_821_045],
  ])("reads %s", (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each(["", "90", "0d", "-1d", "1.5h", "1w", "d", "1d x", "999999999d", "١d"])(
    "refuses %j and says what is accepted",
    (text) => {
      expect(() => parseDuration(text)).toThrow("write a duration such as 90d");
    },
  );
});

describe("parseEnd", () => {
  it.each([
    ["2d", "2026-03-01T12:00:00.000Z"],
    ["2027-01-31", "2027-01-31T00:00:00.000Z"],
    ["2027-01-31T12:00:00+02:00", "2027-01-31T10:00:00.000Z"],
  ])("reads %s", (text, expected) => {
    expect(parseEnd(text, NOW_MS)).toBe(expected);
  });

  it.each(["tomorrow", "2027-13-01", "2027-01-31T12:00:00", "1"])("refuses %s", (text) => {
    expect(() => parseEnd(text, NOW_MS)).toThrow("or a time such as 2027-01-31T12:00:00Z");
  });
});

it("refuses a duration where a time is asked for", () => {
  expect(parseTime("2027-01-31T12:00:00Z")).toBe("2027-01-31T12:00:00.000Z");
  expect(() => parseTime("2d")).toThrow("write a time");
});

it("reads lists and counts", () => {
  expect(parseList("a, b,a")).toEqual(["a", "b"]);
  expect(() => parseList("a,,b")).toThrow("separated by commas");
  expect(parseCount(1, 10)("10")).toBe(10);
  for (const text of ["0", "11", "1e1", "x", ""]) {
    expect(() => parseCount(1, 10)(text)).toThrow("from 1 to 10");
  }
});
