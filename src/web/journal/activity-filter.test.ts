// The filter of Activity as it stands in the address, and what the server is asked by it.
import { describe, expect, it } from "vitest";
import {
  canFollow,
  eventQueryOf,
  isNarrowed,
  readActivityFilter,
  tailQueryOf,
} from "./activity-filter.ts";
import { exportHref, tailPath } from "./activity-queries.ts";

const SEARCH = {
  group: "refusals",
  reason: "banned",
  address: "2001:db8::/32",
  period: "24h",
  decision: "a".repeat(20),
  other: "thing",
};

describe("the filter in the address", () => {
  it("takes what it knows, as texts, and leaves the rest", () => {
    const filter = readActivityFilter({ ...SEARCH, account: 7, user: "", surface: true });
    expect(filter).toMatchObject({ group: "refusals", account: "7", user: null, surface: null });
    expect(Object.keys(filter)).not.toContain("other");
    expect(isNarrowed(filter)).toBe(true);
    expect(isNarrowed(readActivityFilter({ decision: "a".repeat(20) }))).toBe(false);
  });

  it("asks the server by the same names, and a tail without the time", () => {
    const filter = readActivityFilter(SEARCH);
    const asked = { group: "refusals", reason: "banned", address: "2001:db8::/32" };
    expect(eventQueryOf(filter)).toEqual({ ...asked, period: "24h" });
    expect(tailQueryOf(filter)).toEqual(asked);
    expect(tailPath(filter)).toBe(
      "/api/v1/events/tail?group=refusals&reason=banned&address=2001%3Adb8%3A%3A%2F32",
    );
    expect(tailPath(readActivityFilter({}))).toBe("/api/v1/events/tail");
    expect(exportHref(filter, "csv")).toBe(
      "/postern/api/v1/events/export?" +
        "group=refusals&reason=banned&address=2001%3Adb8%3A%3A%2F32&period=24h&format=csv",
    );
  });

  it("is followed until the time that is looked at is over", () => {
    const until = (text: string): boolean => canFollow(readActivityFilter({ until: text }), 1000);
    expect(canFollow(readActivityFilter({}), 1000)).toBe(true);
    expect(until("1970-01-01T00:00:02Z")).toBe(true);
    expect(until("1970-01-01T00:00:01Z")).toBe(false);
  });
});
