// What is heard live is added where it belongs, once, and nothing else changes.
import { describe, expect, it } from "vitest";
import { addTick, catchUp, isPastEnd, placeOfTick } from "./overview-sum.ts";
import type { GrowingOverview, TrafficTick } from "./overview-sum.ts";

const overview = {
  node: "a",
  tick: 7,
  period: "1h",
  bucketSeconds: 60,
  totals: { requests: 30, passed: 20, refused: 8, monitored: 2 },
  timeline: [
    { at: "2027-03-04T09:28:00.000Z", passed: 15, refused: 3, monitored: 0 },
    { at: "2027-03-04T09:29:00.000Z", passed: 5, refused: 5, monitored: 2 },
  ],
  countries: [
    { country: "NZ", requests: 8, refused: 8, monitored: 0 },
    { country: "AU", requests: 22, refused: 0, monitored: 2 },
  ],
  reasons: [
    { reason: "country-denied", verdict: "refuse", requests: 8, byAccounts: 3 },
    { reason: "over-rate-limit", verdict: "monitor", requests: 2, byAccounts: 1 },
  ],
} as const satisfies GrowingOverview & { readonly period: string };

const tick: TrafficTick = {
  node: "a",
  tick: 8,
  at: "2027-03-04T09:29:31.000Z",
  passed: 3,
  refused: 10,
  monitored: 1,
  countries: [
    { country: "AU", requests: 4, refused: 1, monitored: 1 },
    { country: "NL", requests: 10, refused: 9, monitored: 0 },
  ],
  reasons: [
    { reason: "banned", verdict: "refuse", requests: 9, byAccounts: 0 },
    { reason: "over-rate-limit", verdict: "refuse", requests: 1, byAccounts: 0 },
    { reason: "over-rate-limit", verdict: "monitor", requests: 1, byAccounts: 1 },
  ],
};

describe("a tick", () => {
  it("is added to the sums, the running bucket, its countries and its reasons", () => {
    expect(addTick(overview, tick)).toEqual({
      node: "a",
      tick: 8,
      period: "1h",
      bucketSeconds: 60,
      totals: { requests: 44, passed: 23, refused: 18, monitored: 3 },
      timeline: [
        overview.timeline[0],
        { at: "2027-03-04T09:29:00.000Z", passed: 8, refused: 15, monitored: 3 },
      ],
      countries: [
        { country: "NL", requests: 10, refused: 9, monitored: 0 },
        { country: "NZ", requests: 8, refused: 8, monitored: 0 },
        { country: "AU", requests: 26, refused: 1, monitored: 3 },
      ],
      reasons: [
        { reason: "banned", verdict: "refuse", requests: 9, byAccounts: 0 },
        { reason: "country-denied", verdict: "refuse", requests: 8, byAccounts: 3 },
        { reason: "over-rate-limit", verdict: "monitor", requests: 3, byAccounts: 2 },
        { reason: "over-rate-limit", verdict: "refuse", requests: 1, byAccounts: 0 },
      ],
    });
  });

  it("of a new minute begins a bucket, and the oldest goes", () => {
    const later = { ...tick, at: "2027-03-04T09:30:00.000Z" };
    expect(addTick(overview, later).timeline).toEqual([
      overview.timeline[1],
      { at: "2027-03-04T09:30:00.000Z", passed: 3, refused: 10, monitored: 1 },
    ]);
  });

  it("of nothing changes nothing", () => {
    const nothing = { passed: 0, refused: 0, monitored: 0, countries: [], reasons: [] };
    const later = { node: "a", tick: 8 };
    expect(addTick(overview, { at: tick.at, ...later, ...nothing })).toEqual({
      ...overview,
      ...later,
    });
  });

  it("leaves what it is added to as it was", () => {
    const before = structuredClone(overview);
    addTick(overview, tick);
    expect(overview).toEqual(before);
  });
});

it.each([
  ["a", 6, "counted"],
  ["a", 7, "counted"],
  ["a", 8, "next"],
  ["a", 9, "gap"],
  ["b", 1, "next"],
] as const)("of %s, tick %i after 7 of a: %s", (node, number, place) => {
  expect(placeOfTick(overview, { node, tick: number })).toBe(place);
});

describe("a whole answer that comes after ticks", () => {
  const passed = (number: number, node = "a"): TrafficTick => {
    const counts = { passed: 10 ** number, refused: 0, monitored: 0, countries: [], reasons: [] };
    return { at: tick.at, node, tick: number, ...counts };
  };
  const before = overview.totals.passed;

  it.each([
    ["has none of them twice", [5, 6, 7], { tick: 7, passed: before }],
    ["has those that it lacked", [6, 7, 8, 9], { tick: 9, passed: before + 1_100_000_000 }],
    ["stops where one was not heard", [7, 8, 10], { tick: 8, passed: before + 100_000_000 }],
  ])("%s", (_what, heard, expected) => {
    const caughtUp = catchUp(overview, [passed(8, "b"), ...heard.map((number) => passed(number))]);
    expect({ tick: caughtUp.tick, passed: caughtUp.totals.passed }).toEqual(expected);
  });
});

it.each([
  ["2027-03-04T09:29:59.999Z", false],
  ["2027-03-04T09:30:00.000Z", true],
])("at %s the last bucket is over: %s", (at, expected) => {
  expect(isPastEnd(overview, Date.parse(at))).toBe(expected);
});
