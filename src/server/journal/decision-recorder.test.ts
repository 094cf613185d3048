// Repeated decisions become few rows, whatever a flood does, and every id given out is found.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDecisionRecorder, RECORDER_LIMITS } from "./decision-recorder.ts";
import type { DecisionRecorder } from "./decision-recorder.ts";
import { toEvent } from "./open-row.ts";
import type { DecisionInput } from "./open-row.ts";

const START_MS = 1_800_000_000_000;
const SMALL = { rowsPerSecond: 2, burstMax: 3, openRowsMax: 5, networkRowsMax: 2 };

function ipv4(word: number) {
  return { family: 4, w0: 0, w1: 0, w2: 0, w3: word >>> 0 } as const;
}

function decision(change: Partial<DecisionInput> = {}): DecisionInput {
  return {
    atMs: START_MS,
    client: ipv4(0xcb007107),
    surface: "portal",
    account: null,
    country: "NL",
    verdict: "refuse",
    status: 403,
    reason: "on-deny-list",
    owner: "platform",
    ruleId: 7,
    describe: () => ({ address: "203.0.113.7", steps: [], detail: {} }),
    ...change,
  };
}

/** As the flusher does, with a store that always takes everything. */
function write(recorder: DecisionRecorder, nowMs: number): number {
  const due = recorder.takeDue(nowMs, false);
  recorder.markWritten(due, nowMs);
  recorder.dropPassed(nowMs);
  return due.length;
}

describe("the same decision of the same address", () => {
  it("is one row within a minute, with first, last and count", () => {
    const recorder = createDecisionRecorder();
    let described = 0;
    const describeOnce = () => {
      described += 1;
      return { address: "203.0.113.7", steps: [], detail: { entryId: 7 } };
    };
    const ids = [0, 20_000, 59_999].map((laterMs) =>
      recorder.record(decision({ atMs: START_MS + laterMs, describe: describeOnce })),
    );
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[a-z2-7]{20}$/);
    expect(described).toBe(1);
    const row = recorder.find(ids[0] ?? "");
    expect(row && toEvent(row)).toMatchObject({
      id: ids[0],
      kind: "decision",
      firstAtMs: START_MS,
      lastAtMs: START_MS + 59_999,
      count: 3,
      family: 4,
      addressStart: "cb007107",
      address: "203.0.113.7",
      detail: { entryId: 7 },
    });
    expect(recorder.record(decision({ atMs: START_MS + 60_000 }))).not.toBe(ids[0]);
  });

  it.each<[string, Partial<DecisionInput>]>([
    ["address", { client: ipv4(1) }],
    ["family", { client: { family: 6, w0: 0, w1: 0, w2: 0, w3: 0xcb007107 } }],
    ["no address", { client: null }],
    ["surface", { surface: "api" }],
    ["account", { account: "acme" }],
    ["reason", { reason: "banned" }],
    ["status", { status: 429 }],
    ["verdict", { verdict: "monitor" }],
    ["policy", { owner: "acme-id" }],
    ["rule", { ruleId: 8 }],
  ])("is another one with another %s", (_name, change) => {
    const recorder = createDecisionRecorder();
    expect(recorder.record(decision(change))).not.toBe(recorder.record(decision()));
  });
});

describe("a flood (attack row 189)", () => {
  it("of a million decisions from 200,000 addresses makes a bounded number of rows", () => {
    const recorder = createDecisionRecorder();
    const given = new Set<string>();
    const written = new Set<string>();
    let lost = 0;
    // 5,000 a second for 200 s; each second is written and passed rows leave memory.
    for (let second = 0; second < 200; second += 1) {
      for (let index = 0; index < 5_000; index += 1) {
        const client = ipv4(Math.imul((second * 5_000 + index) % 200_000, 0x9e3779b1));
        const id = recorder.record(decision({ atMs: START_MS + second * 1000, client }));
        if (given.has(id)) continue;
        given.add(id);
        if (recorder.find(id)?.id !== id) lost += 1;
      }
      const due = recorder.takeDue(START_MS + second * 1000, false);
      for (const { row } of due) written.add(row.id);
      recorder.markWritten(due, START_MS + second * 1000);
      recorder.dropPassed(START_MS + second * 1000);
    }
    expect(lost).toBe(0);
    const budget = RECORDER_LIMITS.burstMax + 200 * RECORDER_LIMITS.rowsPerSecond;
    const together = (200 / 60 + 1) * (RECORDER_LIMITS.networkRowsMax + 1);
    expect(written.size).toBeLessThanOrEqual(budget + together);
    expect(written.size).toBeGreaterThan(RECORDER_LIMITS.burstMax);
    // Every id that a visitor was shown is in the store.
    expect([...given].filter((id) => !written.has(id))).toEqual([]);
    const { openRows, aggregatedDecisions } = recorder.counts();
    expect(openRows).toBeLessThanOrEqual(RECORDER_LIMITS.openRowsMax);
    expect(aggregatedDecisions).toBeGreaterThan(900_000);
  }, 60_000);

  it("within the budget keeps the first and the last of each offender", () => {
    const recorder = createDecisionRecorder();
    for (let round = 0; round < 50; round += 1) {
      for (let client = 1; client <= 1000; client += 1) {
        recorder.record(decision({ atMs: START_MS + round * 1000 + client, client: ipv4(client) }));
      }
    }
    const rows = recorder.takeDue(START_MS + 50_000, true).map(({ row }) => toEvent(row));
    expect(rows).toHaveLength(1000);
    for (const row of rows) {
      const client = Number.parseInt(row.addressStart ?? "", 16);
      expect([row.firstAtMs, row.lastAtMs, row.count]).toEqual([
        START_MS + client,
        START_MS + 49_000 + client,
        50,
      ]);
    }
  });

  it("past the budget is told by network, about how many addresses, with an example", () => {
    const recorder = createDecisionRecorder({ ...SMALL, burstMax: 1, rowsPerSecond: 0 });
    recorder.record(decision({ client: ipv4(1) }));
    const ids = new Set<string>();
    for (let host = 0; host < 1000; host += 1) {
      const input = decision({ client: ipv4(0xcb000000 + host), account: "acme" });
      ids.add(recorder.record(input));
    }
    expect(ids.size).toBe(1);
    const row = recorder.find([...ids][0] ?? "");
    const event = row && toEvent(row);
    expect(event).toMatchObject({
      count: 1000,
      address: null,
      addressStart: "cb000000",
      account: "acme",
      detail: { aggregated: true, network: "203.0.0.0/16", stepsAreOf: "203.0.113.7" },
    });
    const about = Number(event?.detail["addressesAbout"]);
    expect(about).toBeGreaterThan(800);
    expect(about).toBeLessThan(1200);
  });
});

describe("while the store is away", () => {
  it("stays within its bounds and still finds every id", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(400_000), fc.nat(30), fc.nat(5_000)), { maxLength: 300 }),
        (steps) => {
          const recorder = createDecisionRecorder(SMALL);
          const given = new Set<string>();
          let atMs = START_MS;
          for (const [host, rule, laterMs] of steps) {
            atMs += laterMs;
            const client = ipv4(host * 4096);
            given.add(recorder.record(decision({ atMs, client, ruleId: rule })));
          }
          for (const id of given) expect(recorder.find(id)).toBeDefined();
          const { openRows, unwrittenRows } = recorder.counts();
          expect(unwrittenRows).toBe(openRows);
          // One more for each minute: the row for all addresses.
          const minutes = (atMs - START_MS) / 60_000 + 1;
          expect(openRows).toBeLessThanOrEqual(SMALL.openRowsMax + SMALL.networkRowsMax + minutes);
          const total = recorder.takeDue(atMs, true).reduce((sum, { count }) => sum + count, 0);
          expect(total).toBe(steps.length);
        },
      ),
    );
  });
});

describe("writing", () => {
  it("takes new rows at once and busy ones every ten seconds", () => {
    const recorder = createDecisionRecorder();
    recorder.record(decision());
    expect(write(recorder, START_MS)).toBe(1);
    const written: number[] = [];
    for (let second = 1; second <= 59; second += 1) {
      recorder.record(decision({ atMs: START_MS + second * 1000 }));
      if (write(recorder, START_MS + second * 1000) > 0) written.push(second);
    }
    expect(written).toEqual([10, 20, 30, 40, 50]);
    expect(write(recorder, START_MS + 60_000)).toBe(1);
    expect(recorder.counts()).toMatchObject({ openRows: 0, unwrittenRows: 0 });
  });

  it("keeps a row that counted on while it was being written", () => {
    const recorder = createDecisionRecorder();
    const id = recorder.record(decision());
    const due = recorder.takeDue(START_MS + 59_000, true);
    recorder.record(decision({ atMs: START_MS + 59_500 }));
    recorder.markWritten(due, START_MS + 60_000);
    recorder.dropPassed(START_MS + 60_000);
    expect(recorder.find(id)?.count).toBe(2);
    expect(recorder.takeDue(START_MS + 60_000, false).map(({ count }) => count)).toEqual([2]);
  });
});
