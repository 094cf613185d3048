// What is too old, and what is more than the room holds.
import { describe, expect, it } from "vitest";
import { decideRetention } from "./decide-retention.ts";

const DAY_MS = 86_400_000;
const NOW_MS = 20_000 * DAY_MS;
const NONE = { events: 0, traffic: 0, visits: 0 };

function decide(change: Partial<Parameters<typeof decideRetention>[0]>) {
  const usual = { nowMs: NOW_MS, journalDays: 30, journalMaxMegabytes: 100, rows: NONE };
  return decideRetention({ ...usual, ...change });
}

describe("retention", () => {
  it.each([
    [30, 19_970, 19_992],
    [8, 19_992, 19_992],
    [3, 19_997, 19_997],
  ])("by age: %d days", (journalDays, eventsDay, visitsDay) => {
    expect(decide({ journalDays })).toMatchObject({
      eventsBeforeMs: eventsDay * DAY_MS,
      trafficBeforeMinute: eventsDay * 1440,
      visitsBeforeMinute: visitsDay * 1440,
    });
  });

  // 100 MB: 60 MB of events at 1,000 bytes, 10 MB of traffic at 200, 30 MB of visits at 250.
  it.each([
    [NONE, NONE],
    [{ events: 60_000, traffic: 50_000, visits: 120_000 }, NONE],
    [
      { events: 60_001, traffic: 50_002, visits: 120_003 },
      { events: 1, traffic: 2, visits: 3 },
    ],
    [
      { events: 0, traffic: 0, visits: 1_000_000 },
      { ...NONE, visits: 880_000 },
    ],
  ])("by room: %j is %j too many", (rows, excess) => {
    expect(decide({ rows }).excess).toEqual(excess);
  });
});
