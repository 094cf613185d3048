// All traffic is counted by the minute, visitors within bounds, and what is missing is told.
import { describe, expect, it } from "vitest";
import { placesOf } from "./traffic-minute.ts";
import type { TrafficInput, TrafficMinute } from "./traffic-minute.ts";
import { createTrafficRollup } from "./traffic-rollup.ts";

const MINUTE = 30_000_000;
const START_MS = MINUTE * 60_000;
const SMALL = { visitorsMax: 3, waitingVisitorsMax: 5, waitingMinutesMax: 4 };

function request(host: number, change: Partial<TrafficInput> = {}): TrafficInput {
  return {
    atMs: START_MS,
    client: { family: 4, w0: 0, w1: 0, w2: 0, w3: host >>> 0 },
    surface: "portal",
    account: null,
    country: "NL",
    verdict: "pass",
    reason: "no-rule-matched",
    ...change,
  };
}

function requestsIn(minute: TrafficMinute | undefined): number {
  if (minute === undefined) return 0;
  const outcomes = placesOf(minute).flatMap((place) => place.outcomes);
  return outcomes.reduce((sum, { requests }) => sum + requests, 0);
}

function visitsIn(minute: TrafficMinute | undefined): number {
  if (minute === undefined) return 0;
  let requests = 0;
  for (const { ipv4, ipv6 } of placesOf(minute)) {
    for (const visitor of ipv4.values()) requests += visitor.requests;
    for (const visitor of ipv6.values()) requests += visitor.requests;
  }
  return requests;
}

describe("a minute of traffic", () => {
  it("is counted by place, outcome and visitor", () => {
    const rollup = createTrafficRollup();
    const ipv6 = { family: 6, w0: 0x20010db8, w1: 0, w2: 0, w3: 0xffffffff } as const;
    rollup.count(request(0xffffffff));
    rollup.count(request(0xffffffff, { verdict: "refuse", reason: "banned", country: "DE" }));
    rollup.count(request(0, { surface: "api", account: "acme" }));
    rollup.count(request(0, { client: ipv6 }));
    rollup.count(request(0, { client: null, verdict: "refuse", reason: "request-malformed" }));
    rollup.seal(START_MS + 60_000, false);
    const [minute] = rollup.waiting();
    expect(minute?.minute).toBe(MINUTE);
    expect(minute?.visitors).toBe(3);
    const portal = minute?.places.get("")?.get("portal");
    expect(portal?.outcomes).toEqual([
      { country: "NL", verdict: "pass", reason: "no-rule-matched", requests: 2, told: 0 },
      { country: "DE", verdict: "refuse", reason: "banned", requests: 1, told: 0 },
      { country: "NL", verdict: "refuse", reason: "request-malformed", requests: 1, told: 0 },
    ]);
    expect([...(portal?.ipv4.values() ?? [])]).toEqual([
      { requests: 2, refused: 1, country: "DE" },
    ]);
    expect(portal?.ipv6.size).toBe(1);
    expect(minute?.places.get("acme")?.get("api")?.ipv4.size).toBe(1);
  });

  it("ends with the minute, and with the process", () => {
    const rollup = createTrafficRollup();
    rollup.count(request(1));
    rollup.seal(START_MS + 59_999, false);
    expect(rollup.waiting()).toHaveLength(0);
    rollup.count(request(1, { atMs: START_MS + 60_000 }));
    expect(rollup.waiting().map(({ minute }) => minute)).toEqual([MINUTE]);
    rollup.seal(START_MS + 60_000, true);
    expect(rollup.waiting().map(({ minute }) => minute)).toEqual([MINUTE, MINUTE + 1]);
  });

  it("counts on in the running minute when the clock is set back", () => {
    const rollup = createTrafficRollup();
    rollup.count(request(1));
    rollup.count(request(1, { atMs: START_MS - 3_600_000 }));
    rollup.seal(START_MS, true);
    expect(rollup.waiting()).toHaveLength(1);
    expect(requestsIn(rollup.waiting()[0])).toBe(2);
  });
});

describe("too many visitors", () => {
  it("are counted as missing, those known keep counting", () => {
    const rollup = createTrafficRollup(SMALL);
    for (let host = 0; host < 10; host += 1) rollup.count(request(host));
    rollup.count(request(11, { verdict: "refuse" }));
    rollup.count(request(0));
    rollup.seal(START_MS, true);
    const [minute] = rollup.waiting();
    expect(minute?.visitors).toBe(3);
    expect(visitsIn(minute)).toBe(4);
    expect(minute?.overflow).toEqual({ requests: 8, refused: 1 });
    expect(requestsIn(minute)).toBe(12);
    expect(rollup.counts().overflowRequests).toBe(8);
  });

  it("of minutes that cannot be written are folded into what is missing, oldest first", () => {
    const rollup = createTrafficRollup(SMALL);
    for (let minute = 0; minute < 4; minute += 1) {
      for (let host = 0; host < 3; host += 1) {
        rollup.count(request(host, { atMs: START_MS + minute * 60_000 }));
      }
    }
    rollup.seal(START_MS, true);
    expect(rollup.waiting().map(({ visitors }) => visitors)).toEqual([0, 0, 0, 3]);
    const missing = rollup.waiting().map(({ overflow }) => overflow.requests);
    expect(missing).toEqual([3, 3, 3, 0]);
    expect(rollup.counts()).toMatchObject({ overflowRequests: 9, lostRequests: 0 });
  });

  it("never waits for more minutes than it holds, and says what is lost", () => {
    const rollup = createTrafficRollup(SMALL);
    for (let minute = 0; minute < 10; minute += 1) {
      rollup.count(request(minute, { atMs: START_MS + minute * 60_000 }));
    }
    rollup.seal(START_MS, true);
    expect(rollup.counts()).toMatchObject({ waitingMinutes: 4, lostRequests: 6 });
  });
});
