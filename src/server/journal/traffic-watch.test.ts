// What is told of the traffic between two looks, across the turn of a minute too.
import { expect, it } from "vitest";
import { createTrafficRollup } from "./traffic-rollup.ts";
import { createTrafficWatch } from "./traffic-watch.ts";
import type { TrafficInput } from "./traffic-minute.ts";

const MINUTE_MS = 60_000;

function setUp() {
  const rollup = createTrafficRollup();
  const watch = createTrafficWatch(rollup.current);

  function count(change: Partial<TrafficInput> = {}): void {
    rollup.count({
      atMs: MINUTE_MS,
      client: null,
      surface: "portal",
      account: "acme",
      country: "NL",
      verdict: "pass",
      reason: "no-rule-matched",
      ...change,
    });
  }

  return { rollup, watch, count };
}

const PASSED = { country: "NL", verdict: "pass", reason: "no-rule-matched" };
const BANNED = { country: "DE", verdict: "refuse", reason: "banned" } as const;

it("is the difference, by account; what came before is not told", () => {
  const { watch, count } = setUp();
  count();
  watch.begin();
  count();
  count({ surface: "audio" });
  count({ ...BANNED, account: null });
  expect(Object.fromEntries(watch.look())).toEqual({
    acme: [
      { ...PASSED, requests: 1 },
      { ...PASSED, requests: 1 },
    ],
    "": [{ ...BANNED, requests: 1 }],
  });
  expect(watch.look().size).toBe(0);
  count();
  expect(Object.fromEntries(watch.look())).toEqual({ acme: [{ ...PASSED, requests: 1 }] });
});

it("has the end of one minute and the beginning of the next", () => {
  const { rollup, watch, count } = setUp();
  count();
  watch.begin();
  count();
  count({ atMs: 2 * MINUTE_MS });
  // Written meanwhile: what is still to be written is no longer what was counted.
  for (const place of rollup.waiting()[0]!.places.get("acme")!.values()) place.outcomes.length = 0;
  rollup.dropOldest();
  count({ atMs: 2 * MINUTE_MS });
  expect([...watch.look().values()].flat()).toEqual([
    { ...PASSED, requests: 1 },
    { ...PASSED, requests: 2 },
  ]);
  expect(watch.look().size).toBe(0);
});

it("leaves nothing out when nothing runs for a while", () => {
  const { rollup, watch, count } = setUp();
  watch.begin();
  expect(watch.look().size).toBe(0);
  count();
  rollup.seal(3 * MINUTE_MS, false);
  count({ atMs: 3 * MINUTE_MS });
  expect([...watch.look().values()].flat()).toEqual([{ ...PASSED, requests: 1 }]);
});

it("is told anew when somebody listens again", () => {
  const { watch, count } = setUp();
  watch.begin();
  count();
  watch.look();
  count();
  watch.begin();
  expect(watch.look().size).toBe(0);
});
