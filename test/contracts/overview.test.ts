// The traffic of a period on every engine: what is written and what is in memory, each once.
import { expect, it } from "vitest";
import type { OverviewAnswer } from "../../src/api/overview-api.ts";
import { createJournal } from "../../src/server/journal/index.ts";
import type { TrafficInput } from "../../src/server/journal/index.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { createStandingClock, openStore } from "./open-store.ts";

const MINUTE_MS = 60_000;
const LIMITS = { journalDays: 30, journalMaxMegabytes: 512 };

async function setUp(harness: EngineHarness) {
  const database = await openStore(harness);
  const clock = createStandingClock();
  const journal = createJournal({ database, clock, ...LIMITS });
  return { database, clock, journal };
}

const REFUSED = { verdict: "refuse", reason: "banned", country: "DE" } as const;
const MONITORED = { verdict: "monitor", reason: "country-denied", country: "KP" } as const;

function visit(atMs: number, change: Partial<TrafficInput> = {}): TrafficInput {
  return {
    atMs,
    client: null,
    surface: "portal",
    account: "acme",
    country: "NL",
    verdict: "pass",
    reason: "no-rule-matched",
    ...change,
  };
}

/** The parts of the timeline with something in them, by their distance from the last. */
function busyParts({ timeline }: OverviewAnswer): Readonly<Record<number, readonly number[]>> {
  const parts = timeline.map(({ passed, refused, monitored }, index) => {
    return [timeline.length - 1 - index, [passed, refused, monitored]] as const;
  });
  return Object.fromEntries(parts.filter(([, counts]) => counts.some((count) => count > 0)));
}

describeEachEngine("the overview", (harness) => {
  it("has the same figures before, while and after they are written", async () => {
    const { clock, journal } = await setUp(harness);
    const startMs = clock.nowMs();
    for (let request = 0; request < 3; request += 1) journal.countTraffic(visit(startMs));
    journal.countTraffic(visit(startMs, { ...REFUSED, layer: "account" }));
    journal.countTraffic(visit(startMs, { ...REFUSED, account: null, surface: "audio" }));
    const expected = {
      totals: { requests: 5, passed: 3, refused: 2, monitored: 0 },
      countries: [
        { country: "DE", requests: 2, refused: 2, monitored: 0 },
        { country: "NL", requests: 3, refused: 0, monitored: 0 },
      ],
      reasons: [{ reason: "banned", verdict: "refuse", requests: 2, byAccounts: 1 }],
    };
    const asked = { period: "1h", reach: null } as const;
    expect(await journal.readOverview(asked)).toMatchObject(expected);
    clock.advance(MINUTE_MS);
    const flushing = journal.flush();
    expect(await journal.readOverview(asked)).toMatchObject(expected);
    await flushing;
    const written = await journal.readOverview(asked);
    expect(written).toMatchObject(expected);
    expect(busyParts(written)).toEqual({ 1: [3, 2, 0] });
  });

  it("adds up what other nodes wrote with what is in memory here", async () => {
    const { clock, journal, database } = await setUp(harness);
    const other = createJournal({ database, clock, ...LIMITS });
    other.countTraffic(visit(clock.nowMs(), MONITORED));
    await other.close();
    journal.countTraffic(visit(clock.nowMs(), MONITORED));
    const overview = await journal.readOverview({ period: "24h", reach: null });
    expect(overview.totals).toEqual({ requests: 2, passed: 0, refused: 0, monitored: 2 });
    expect(overview.reasons).toEqual([
      { reason: "country-denied", verdict: "monitor", requests: 2, byAccounts: 0 },
    ]);
    expect(overview.countries).toEqual([{ country: "KP", requests: 2, refused: 0, monitored: 2 }]);
  });

  it.each([
    ["1h", 60, 60],
    ["24h", 96, 900],
    ["7d", 84, 7_200],
  ] as const)("of %s has %d equal parts of %d s, up to now", async (period, count, seconds) => {
    const { clock, journal } = await setUp(harness);
    const startMs = clock.nowMs();
    const lastFromMs = Math.floor(startMs / (seconds * 1_000)) * seconds * 1_000;
    const firstFromMs = lastFromMs - (count - 1) * seconds * 1_000;
    // One before the period, its first and its last millisecond, and now.
    for (const atMs of [firstFromMs - 1, firstFromMs, lastFromMs - 1, startMs]) {
      journal.countTraffic(visit(atMs));
    }
    for (const isWritten of [false, true]) {
      if (isWritten) await journal.close();
      const overview = await journal.readOverview({ period, reach: null });
      expect(overview).toMatchObject({
        period,
        bucketSeconds: seconds,
        from: new Date(firstFromMs).toISOString(),
        until: new Date(startMs).toISOString(),
        totals: { requests: 3 },
      });
      expect(overview.timeline.map(({ at }) => Date.parse(at))).toEqual(
        Array.from({ length: count }, (_, index) => firstFromMs + index * seconds * 1_000),
      );
      expect(busyParts(overview)).toEqual({
        [count - 1]: [1, 0, 0],
        1: [1, 0, 0],
        0: [1, 0, 0],
      });
    }
  });

  it("of an account has nothing of others, nor of who had its code before", async () => {
    const { clock, journal } = await setUp(harness);
    const before = clock.nowMs();
    journal.countTraffic(visit(before, REFUSED));
    clock.advance(10 * MINUTE_MS);
    await journal.flush();
    const now = clock.nowMs();
    journal.countTraffic(visit(now));
    journal.countTraffic(visit(now, { account: "beta" }));
    journal.countTraffic(visit(now, { account: null }));
    const acme = { code: "acme", ownerId: "a", sinceMs: 0 };
    const totalsOf = async (...reach: (typeof acme)[]) =>
      (await journal.readOverview({ period: "1h", reach })).totals;
    const nothing = { requests: 0, passed: 0, refused: 0, monitored: 0 };
    expect(await totalsOf()).toEqual(nothing);
    expect(await totalsOf(acme)).toEqual({ ...nothing, requests: 2, passed: 1, refused: 1 });
    const young = { ...acme, sinceMs: now };
    expect(await totalsOf(young)).toEqual({ ...nothing, requests: 1, passed: 1 });
    const younger = { ...acme, sinceMs: now + MINUTE_MS };
    expect(await totalsOf(younger)).toEqual(nothing);
    const beta = { ...acme, code: "beta" };
    expect(await totalsOf(young, beta)).toEqual({ ...nothing, requests: 2, passed: 2 });
    // As many as SQLite would not parse as one chain.
    const many = Array.from({ length: 1_500 }, (_, index) => ({ ...acme, code: `no-${index}` }));
    expect(await totalsOf(...many, young)).toEqual({ ...nothing, requests: 1, passed: 1 });
    const listed = { accounts: [...many, acme] };
    await journal.recordEventAlone({ kind: "alarm", atMs: now, account: "acme" });
    const { events } = await journal.listEvents(listed, { after: null, limit: 10 });
    expect(events).toHaveLength(1);
  });

  it("counts the bans made by their cause, and an account's own only", async () => {
    const { clock, journal } = await setUp(harness);
    const atMs = clock.nowMs();
    const made = [
      ["hard-limit", "platform", atMs],
      ["hard-limit", "platform", atMs],
      ["rate-limit", "a", atMs],
      ["rate-limit", "b", atMs],
      ["rate-limit", "b", atMs],
      ["failed-authentication", "platform", atMs - 2 * 86_400_000],
    ] as const;
    for (const [reason, owner, at] of made) {
      await journal.recordEventAlone({ kind: "ban", atMs: at, reason, owner });
    }
    for (const kind of ["release", "ban-changed"] as const) {
      await journal.recordEventAlone({ kind, atMs, reason: "hard-limit" });
    }
    const bansOf = async (reach: Parameters<typeof journal.readOverview>[0]["reach"]) =>
      (await journal.readOverview({ period: "24h", reach })).bansMade;
    expect(await bansOf(null)).toEqual([
      { cause: "rate-limit", bans: 3, byAccounts: 3 },
      { cause: "hard-limit", bans: 2, byAccounts: 0 },
    ]);
    const acme = { code: "acme", ownerId: "a", sinceMs: 0 };
    expect(await bansOf([acme])).toEqual([{ cause: "rate-limit", bans: 1, byAccounts: 1 }]);
    expect(await bansOf([{ ...acme, ownerId: null }])).toEqual([]);
    expect(await bansOf([])).toEqual([]);
  });
});
