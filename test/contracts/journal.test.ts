// What the journal promises on every engine: decisions, events, traffic, retention.
import { sql } from "kysely";
import { expect, it } from "vitest";
import { readAddressFilter } from "../../src/api/address-filter.ts";
import { parseAddress } from "../../src/core/network/address.ts";
import { createJournal } from "../../src/server/journal/index.ts";
import type {
  DecisionInput,
  EventFilter,
  JournalEvent,
  TrafficInput,
} from "../../src/server/journal/index.ts";
import { matchesFilter } from "../../src/server/journal/event-filter.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { createStandingClock, openStore } from "./open-store.ts";

const STEPS = [
  { step: "on-deny-list", layer: "platform", result: "matched", detail: { entryId: 7 } },
] as const;

async function setUp(harness: EngineHarness, limits: { days?: number; megabytes?: number } = {}) {
  const database = await openStore(harness);
  const clock = createStandingClock();
  const errors: unknown[] = [];
  const journal = createJournal({
    database,
    clock,
    journalDays: limits.days ?? 30,
    journalMaxMegabytes: limits.megabytes ?? 512,
    onError: (error) => errors.push(error),
  });
  return { database, clock, journal, errors };
}

function clientOf(text: string) {
  const address = parseAddress(text);
  if (address === null) throw new Error(`not an address: ${text}`);
  return address;
}

function decision(atMs: number, change: Partial<DecisionInput> & { from?: string } = {}) {
  const { from = "203.0.113.7", ...rest } = change;
  return {
    atMs,
    client: clientOf(from),
    surface: "portal",
    account: "acme",
    country: "NL",
    verdict: "refuse",
    status: 403,
    reason: "on-deny-list",
    owner: "platform",
    ruleId: 7,
    describe: () => ({ address: from, steps: STEPS, detail: { header: "X-Forwarded-For" } }),
    ...rest,
  } as const satisfies DecisionInput;
}

function visit(atMs: number, change: Partial<TrafficInput> & { from?: string } = {}): TrafficInput {
  const { from = "203.0.113.7", ...rest } = change;
  return {
    atMs,
    client: clientOf(from),
    surface: "portal",
    account: "acme",
    country: "NL",
    verdict: "refuse",
    reason: "on-deny-list",
    ...rest,
  };
}

describeEachEngine("decisions", (harness) => {
  it("are found by their id before and after they are written, with their steps", async () => {
    const { clock, journal, errors, database } = await setUp(harness);
    const id = journal.recordDecision(decision(clock.nowMs()));
    const before = await journal.findDecision(id);
    expect(before?.steps).toEqual(STEPS);
    await journal.flush();
    journal.recordDecision(decision(clock.nowMs() + 5_000));
    expect((await journal.findDecision(id))?.event.count).toBe(2);
    await journal.close();
    expect(errors).toEqual([]);
    const limits = { journalDays: 30, journalMaxMegabytes: 512 };
    const later = createJournal({ database, clock, ...limits });
    expect(await later.findDecision(id)).toEqual({
      event: {
        ...before?.event,
        lastAtMs: clock.nowMs() + 5_000,
        count: 2,
      },
      steps: STEPS,
    });
    expect(await later.findDecision("a".repeat(20))).toBeNull();
  });

  it("of many addresses are all written, in statements of several sizes", async () => {
    const { clock, journal, errors } = await setUp(harness);
    const ids = new Set<string>();
    for (let host = 0; host < 1_207; host += 1) {
      const from = `198.51.${Math.floor(host / 256)}.${host % 256}`;
      ids.add(journal.recordDecision(decision(clock.nowMs(), { from })));
    }
    expect(ids.size).toBe(1_207);
    await journal.flush();
    await journal.flush();
    const { events } = await journal.listEvents({}, { after: null, limit: 2_000 });
    expect(errors).toEqual([]);
    expect(new Set(events.map(({ id }) => id))).toEqual(ids);
    expect(events.every(({ count }) => count === 1)).toBe(true);
  });

  it("wait in memory while the store is away", async () => {
    const { clock, journal, errors, database } = await setUp(harness);
    await database.transaction((trx) =>
      sql`alter table journal_event rename to journal_away`.execute(trx),
    );
    const id = journal.recordDecision(decision(clock.nowMs()));
    journal.countTraffic(visit(clock.nowMs()));
    await journal.flush();
    clock.advance(120_000);
    await journal.flush();
    expect(errors).toHaveLength(2);
    expect(journal.counts()).toMatchObject({ failedFlushes: 2, flushLagMs: 120_000 });
    expect(await journal.findDecision(id)).not.toBeNull();
    await database.transaction((trx) =>
      sql`alter table journal_away rename to journal_event`.execute(trx),
    );
    await journal.flush();
    expect(journal.counts()).toMatchObject({ openRows: 0, waitingMinutes: 0, flushLagMs: 0 });
    expect((await journal.findDecision(id))?.steps).toEqual(STEPS);
  });
});

describeEachEngine("events", (harness) => {
  it("belong to their transaction", async () => {
    const { clock, journal, database } = await setUp(harness);
    const told: string[] = [];
    journal.subscribe({ onEvents: (events) => told.push(...events.map(({ kind }) => kind)) });
    const lost = database.transaction(async (trx) => {
      await journal.recordEvent(trx, { kind: "ban", atMs: clock.nowMs() });
      throw new Error("no");
    });
    await expect(lost).rejects.toThrow("no");
    await journal.recordEventAlone({
      kind: "release",
      atMs: clock.nowMs(),
      actor: "host shell",
      address: { text: "203.0.113.7", family: 4, startKey: "cb007107" },
      detail: { banId: 3 },
    });
    const { events } = await journal.listEvents({}, { after: null, limit: 10 });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ kind: "release", actor: "host shell", detail: { banId: 3 } });
    await journal.flush();
    await journal.flush();
    expect(told).toEqual(["release"]);
  });

  it("are listed newest first, page by page, each once", async () => {
    const { clock, journal } = await setUp(harness);
    for (let index = 0; index < 25; index += 1) {
      // Several at one moment: the id orders them.
      const atMs = clock.nowMs() + Math.floor(index / 10);
      await journal.recordEventAlone({ kind: "alarm", atMs, detail: { index } });
    }
    const seen: JournalEvent[] = [];
    let after = null;
    do {
      const page = await journal.listEvents({}, { after, limit: 7 });
      seen.push(...page.events);
      after = page.next;
    } while (after !== null);
    expect(seen).toHaveLength(25);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(25);
    const times = seen.map(({ lastAtMs }) => lastAtMs);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  it("are filtered the same in the store and in memory", async () => {
    const { clock, journal } = await setUp(harness);
    const now = clock.nowMs();
    journal.recordDecision(decision(now));
    journal.recordDecision(decision(now, { from: "203.0.113.8", surface: "api", account: null }));
    journal.recordDecision(decision(now + 10, { from: "2001:db8::7", reason: "banned" }));
    journal.recordDecision(decision(now + 20, { from: "10.0.0.1", verdict: "monitor" }));
    journal.recordDecision(decision(now, { client: null, country: "unknown" }));
    await journal.recordEventAlone({ kind: "ban", atMs: now + 30, account: "acme" });
    await journal.recordEventAlone({ kind: "release", atMs: now + 40, owner: "an-id" });
    const all = (await journal.listEvents({}, { after: null, limit: 100 })).events;
    expect(all).toHaveLength(7);
    const acme = { code: "acme", ownerId: "an-id", sinceMs: 0 };
    const filters: readonly [EventFilter, number][] = [
      [{}, 7],
      [{ kind: "decision" }, 5],
      [{ verdict: "monitor" }, 1],
      [{ reason: "banned" }, 1],
      [{ surface: "api" }, 1],
      [{ accounts: [acme] }, 6],
      [{ accounts: [acme], kind: "ban" }, 1],
      [{ accounts: [{ ...acme, sinceMs: now + 10 }] }, 4],
      [{ accounts: [{ code: "other", ownerId: "an-id", sinceMs: now }] }, 1],
      [{ accounts: [{ code: "other", ownerId: null, sinceMs: 0 }] }, 0],
      [{ accounts: [] }, 0],
      [{ kinds: ["ban", "release"] }, 2],
      [{ kinds: ["decision"], country: "NL" }, 4],
      [{ country: "unknown" }, 1],
      [{ sinceMs: now + 10 }, 4],
      [{ untilMs: now + 10 }, 4],
      [{ sinceMs: now + 10, untilMs: now + 20 }, 2],
      [at("203.0.113.7"), 1],
      [at("203.0.113.0/24"), 2],
      [at("203.0.113.8-203.0.113.9"), 1],
      [at("2001:db8::/32"), 1],
      [at("0.0.0.0/0"), 3],
      [at("192.0.2.1"), 0],
    ];
    for (const [filter, count] of filters) {
      const listed = (await journal.listEvents(filter, { after: null, limit: 100 })).events;
      expect([filter, listed.length]).toEqual([filter, count]);
      expect(all.filter((event) => matchesFilter(event, filter))).toEqual(listed);
    }
  });

  function at(text: string): EventFilter {
    const reading = readAddressFilter(text);
    if (!reading.ok) throw new Error(reading.why);
    return { address: reading.filter };
  }

  it("of a whole network in a flood are found by each of its addresses", async () => {
    const { clock, journal } = await setUp(harness);
    for (let host = 0; host < 2_001; host += 1) {
      const from = `203.0.${Math.floor(host / 256)}.${host % 256}`;
      journal.recordDecision(decision(clock.nowMs(), { from }));
    }
    for (const text of ["203.0.200.1", "203.0.0.0/16"]) {
      const { events } = await journal.listEvents(at(text), { after: null, limit: 5_000 });
      expect(events.filter(({ address }) => address === null)).toHaveLength(1);
    }
    const elsewhere = await journal.listEvents(at("203.1.0.0/16"), { after: null, limit: 1 });
    expect(elsewhere.events).toEqual([]);
  });
});

describeEachEngine("traffic", (harness) => {
  it("is written by the minute and added up between nodes", async () => {
    const { clock, database, journal, errors } = await setUp(harness);
    const limits = { journalDays: 30, journalMaxMegabytes: 512 };
    const other = createJournal({ database, clock, ...limits });
    const minute = Math.floor(clock.nowMs() / 60_000);
    for (const node of [journal, other]) {
      for (let host = 0; host < 700; host += 1) {
        const from = `198.51.${Math.floor(host / 256)}.${host % 256}`;
        node.countTraffic(visit(clock.nowMs(), { from, country: "DE" }));
      }
      const passed = { verdict: "pass", reason: "no-rule-matched" } as const;
      node.countTraffic(visit(clock.nowMs(), passed));
      node.countTraffic(visit(clock.nowMs(), { ...passed, from: "2001:db8::1" }));
    }
    await journal.flush();
    expect(await countOf(database, "journal_visit")).toBe(0);
    clock.advance(60_000);
    await journal.flush();
    await other.close();
    expect(errors).toEqual([]);
    const traffic = await database.kysely
      .selectFrom("journal_traffic")
      .selectAll()
      .orderBy("country")
      .execute();
    const place = { minute, surface: "portal", account: "acme" };
    expect(traffic).toEqual([
      { ...place, country: "DE", verdict: "refuse", reason: "on-deny-list", requests: 1_400 },
      { ...place, country: "NL", verdict: "pass", reason: "no-rule-matched", requests: 4 },
    ]);
    expect(await countOf(database, "journal_visit")).toBe(702);
    const visits = await database.kysely
      .selectFrom("journal_visit")
      .selectAll()
      .where("address_start", "in", ["c6330000", "20010db8000000000000000000000001"])
      .orderBy("family")
      .execute();
    const counted = { ...place, imported: 0 };
    expect(visits).toEqual([
      { ...counted, family: 4, address_start: "c6330000", country: "DE", requests: 2, refused: 2 },
      {
        ...counted,
        family: 6,
        address_start: "20010db8000000000000000000000001",
        country: "NL",
        requests: 2,
        refused: 0,
      },
    ]);
  });

  it("of more visitors than are kept says how many requests are missing", async () => {
    const { clock, database, journal } = await setUp(harness);
    const input = visit(clock.nowMs());
    for (let host = 0; host < 100_010; host += 1) {
      journal.countTraffic({ ...input, client: { family: 4, w0: 0, w1: 0, w2: 0, w3: host } });
    }
    await journal.close();
    expect(await countOf(database, "journal_visit")).toBe(100_001);
    const marker = await database.kysely
      .selectFrom("journal_visit")
      .select(["requests", "refused"])
      .where("family", "=", 0)
      .execute();
    expect(marker).toEqual([{ requests: 10, refused: 10 }]);
  });
});

describeEachEngine("retention", (harness) => {
  it("deletes by age", async () => {
    const { clock, database, journal } = await setUp(harness, { days: 10 });
    await journal.recordEventAlone({ kind: "ban", atMs: clock.nowMs() });
    journal.countTraffic(visit(clock.nowMs()));
    clock.advance(60_000);
    await journal.flush();
    clock.advance(8 * 86_400_000);
    expect(await journal.applyRetention()).toBe(1);
    expect(await countOf(database, "journal_visit")).toBe(0);
    expect(await countOf(database, "journal_traffic")).toBe(1);
    clock.advance(2 * 86_400_000);
    expect(await journal.applyRetention()).toBe(2);
    expect(await countOf(database, "journal_event")).toBe(0);
    expect(await countOf(database, "journal_traffic")).toBe(0);
  });

  it("deletes the oldest over the room, decisions before everything else", async () => {
    // 1 MB holds 600 events.
    const { clock, journal } = await setUp(harness, { megabytes: 1 });
    const bans: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      bans.push(await journal.recordEventAlone({ kind: "ban", atMs: clock.nowMs() }));
    }
    for (let host = 0; host < 1_200; host += 1) {
      const from = `198.51.${Math.floor(host / 256)}.${host % 256}`;
      journal.recordDecision(decision(clock.nowMs() + 1 + host, { from }));
    }
    await journal.flush();
    expect(await journal.applyRetention()).toBe(605);
    const { events } = await journal.listEvents({}, { after: null, limit: 1_000 });
    expect(events).toHaveLength(600);
    const kept = new Set(events.map(({ id }) => id));
    expect(bans.every((id) => kept.has(id))).toBe(true);
    expect(events.at(-6)?.address).toBe("198.51.2.93");
  });
});

async function countOf(
  database: Awaited<ReturnType<typeof openStore>>,
  table: "journal_event" | "journal_traffic" | "journal_visit",
): Promise<number> {
  const query = database.kysely.selectFrom(table).select((eb) => eb.fn.countAll<number>().as("n"));
  return (await query.executeTakeFirstOrThrow()).n;
}
