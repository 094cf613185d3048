// Filters of the library as the server is asked for them.
import { describe, expect, it } from "vitest";
import { isFiltered, isLengthName, queryOfFilter } from "./recording-filter.ts";
import type { RecordingFilter } from "./recording-filter.ts";

const NONE: RecordingFilter = {
  search: "",
  account: null,
  number: "",
  caller: "",
  from: null,
  to: null,
  length: null,
};

/** By the clock of whoever looks. */
function localDay(year: number, month: number, day: number): string {
  return new Date(year, month - 1, day).toISOString();
}

describe("a filter", () => {
  it("asks for everything when nothing is set", () => {
    expect(queryOfFilter(NONE)).toEqual({});
    expect(isFiltered(NONE)).toBe(false);
  });

  it.each([
    [{ search: "front" }, { search: "front" }],
    [{ account: "acme" }, { account: "acme" }],
    [{ number: "+61 255 50" }, { number: "+6125550" }],
    [{ caller: "(020) 7946-01" }, { caller: "020794601" }],
    [{ caller: "Anna B" }, { caller: "Anna B" }],
    [{ from: "2027-03-04" }, { since: localDay(2027, 3, 4) }],
    [{ to: "2027-02-28" }, { until: localDay(2027, 3, 1) }],
    [{ length: "short" }, { secondsMax: 29 }],
    [{ length: "medium" }, { secondsMin: 30, secondsMax: 299 }],
    [{ length: "long" }, { secondsMin: 300 }],
  ] as const)("%j asks %j", (set, query) => {
    expect(queryOfFilter({ ...NONE, ...set })).toEqual(query);
    expect(isFiltered({ ...NONE, ...set })).toBe(true);
  });

  it.each(["yesterday", "2027-3-4", "99999-01-01", ""])(
    "leaves out %j, which is no day",
    (from) => {
      expect(queryOfFilter({ ...NONE, from })).toEqual({});
    },
  );

  it("knows its lengths", () => {
    expect(["short", "toString", "", null].map(isLengthName)).toEqual([true, false, false, false]);
  });
});
