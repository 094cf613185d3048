// What the audit promises on every engine: in the act's transaction, in one order, tamper-evident.
import { appendFileSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import type { Transaction } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { readConfig } from "../../src/platform/config.ts";
import { backUpTo } from "../../src/platform/database/back-up.ts";
import type { Database } from "../../src/platform/database/database.ts";
import { toAuditAnswer } from "../../src/server/journal/audit-entry.ts";
import { ANCHORS_FILE, createJournal, setAnchorsAside } from "../../src/server/journal/index.ts";
import type { Journal } from "../../src/server/journal/index.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import { restoreStore } from "../../src/server/restore-store.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { createStandingClock, openStore, placeStore } from "./open-store.ts";

type NewEvent = Parameters<Journal["recordEvent"]>[1];

async function setUp(harness: EngineHarness) {
  const place = await placeStore(harness);
  const database = await openStore(harness, place);
  const clock = createStandingClock();
  const anchorsPath = join(place.dataDirectory, ANCHORS_FILE);
  const errors: unknown[] = [];
  const onError = (error: unknown): void => void errors.push(error);
  const limits = { journalDays: 30, journalMaxMegabytes: 512, onError };
  const journal = createJournal({ database, clock, anchorsPath, ...limits });
  const again = (): Journal => createJournal({ database, clock, anchorsPath, ...limits });

  function act(detail: NewEvent["detail"] = {}, more: Partial<NewEvent> = {}): Promise<string> {
    clock.advance(1_000);
    const atMs = clock.nowMs();
    const actor = "ada@example.com (aaaaaaaaaaaaaaaaaaaa)";
    return journal.recordEventAlone({ kind: "policy-changed", atMs, actor, detail, ...more });
  }
  return { act, again, anchorsPath, clock, database, errors, journal, place };
}

/** As somebody would who can write the store's SQL. */
function tamper(database: Database<Schema>, text: string): Promise<unknown> {
  return database.transaction((trx) => sql.raw(text).execute(trx));
}

describeEachEngine("the audit", (harness) => {
  it("takes acts of administrators, each with the hash of the one before", async () => {
    const { act, clock, journal } = await setUp(harness);
    const first = await act({ section: "country", after: { z: 1, a: [2, { d: 3, b: 4 }] } });
    await journal.recordEventAlone({
      kind: "sign-in",
      atMs: clock.nowMs(),
      actor: "x@example.com",
    });
    const second = await act({}, { kind: "token-created", actor: "host shell", reason: "asked" });
    const { rows, next } = await journal.audit.list({}, { before: null, limit: 10 });
    expect(next).toBeNull();
    expect(rows.map((row) => [row.number, row.event_id, row.kind, row.actor])).toEqual([
      [2, second, "token-created", "host shell"],
      [1, first, "policy-changed", "ada@example.com (aaaaaaaaaaaaaaaaaaaa)"],
    ]);
    expect(rows[1]?.detail_json).toBe(
      '{"after":{"a":[2,{"b":4,"d":3}],"z":1},"section":"country"}',
    );
    expect(rows[1]?.previous_hash).toBe("");
    expect(rows[1]?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(rows[0]?.previous_hash).toBe(rows[1]?.hash);
    const head = rows[0]?.hash;
    expect(await journal.audit.head()).toEqual({ number: 2, hash: head });
    expect(await journal.audit.check()).toEqual({
      isIntact: true,
      entries: 2,
      head,
      anchors: 0,
      problem: null,
    });
  });

  it("keeps what somebody did to another, not what people do for themselves", async () => {
    const { act, journal } = await setUp(harness);
    const userId = "bbbbbbbbbbbbbbbbbbbb";
    const of = { kind: "second-factor-changed", userId } as const;
    await act({}, { ...of, actor: "bob@example.com" });
    await act({}, { ...of, actor: `bob@example.com (${userId})` });
    await act({}, { ...of, actor: null });
    await act({ by: "admin" }, of);
    await act({ by: "shell" }, { ...of, actor: "host shell" });
    const { rows } = await journal.audit.list({}, { before: null, limit: 10 });
    expect(rows.map((row) => row.detail_json)).toEqual(['{"by":"shell"}', '{"by":"admin"}']);
  });

  it("has nothing of an act that was rolled back, and leaves no gap for it", async () => {
    const { act, clock, database, journal } = await setUp(harness);
    await act();
    const failing = database.transaction(async (trx) => {
      await journal.recordEvent(trx, { kind: "account-created", atMs: clock.nowMs() });
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    await act();
    expect(await journal.audit.check()).toMatchObject({ isIntact: true, entries: 2 });
  });

  it("stores no act whose entry cannot be written", async () => {
    const { act, database, journal } = await setUp(harness);
    const stranger = "(1, '', 0, 'x', 'x', '{}', '', '')";
    const columns = "(number, event_id, at, kind, owner, detail_json, previous_hash, hash)";
    await tamper(database, `insert into journal_audit ${columns} values ${stranger}`);
    const check = await journal.audit.check();
    expect(check.problem).toMatchObject({ flaw: "beyond-head", number: 1 });
    await expect(act()).rejects.toThrow(/unique/i);
    const { events } = await journal.listEvents({}, { after: null, limit: 10 });
    expect(events).toEqual([]);
  });

  it("gives acts at the same time one order, many of one act too", async () => {
    const { clock, database, journal, again } = await setUp(harness);
    const other = again();
    const record = (by: Journal, trx: Transaction<Schema>, at: number): Promise<string> =>
      by.recordEvent(trx, { kind: "release", atMs: clock.nowMs(), detail: { at } });
    const acts = Array.from({ length: 12 }, (_, index) =>
      database.transaction(async (trx) => {
        const by = index % 2 === 0 ? journal : other;
        for (let at = 0; at < 210; at += index === 3 ? 1 : 70) await record(by, trx, at);
      }),
    );
    await Promise.all(acts);
    expect(await journal.audit.check()).toMatchObject({ isIntact: true, entries: 210 + 11 * 3 });
  }, 20_000);

  it("is filtered and read page by page, newest first", async () => {
    const { act, clock, journal } = await setUp(harness);
    const from = clock.nowMs();
    for (const at of [1, 2, 3, 4, 5]) await act({ at });
    await act(
      { at: 6 },
      { kind: "token-revoked", actor: "token 100% pbx_1 (cccccccccccccccccccc)" },
    );
    const numbers = async (filter: Parameters<typeof journal.audit.list>[0]) => {
      const { rows } = await journal.audit.list(filter, { before: null, limit: 100 });
      return rows.map((row) => row.number);
    };
    const page = await journal.audit.list({}, { before: 5, limit: 2 });
    expect(page.rows.map((row) => row.number)).toEqual([4, 3]);
    expect(page.next).toBe(3);
    expect(await numbers({ kind: "token-revoked" })).toEqual([6]);
    expect(await numbers({ actor: "100% PBX_" })).toEqual([6]);
    expect(await numbers({ actor: "%" })).toEqual([6]);
    expect(await numbers({ sinceMs: from + 2_000, untilMs: from + 3_000 })).toEqual([3, 2]);
    expect(await numbers({ userId: "dddddddddddddddddddd" })).toEqual([]);
  });

  it("is left alone by the journal's age and size", async () => {
    const { act, clock, journal } = await setUp(harness);
    await act();
    clock.advance(400 * 86_400_000);
    await journal.applyRetention();
    expect((await journal.listEvents({}, { after: null, limit: 10 })).events).toEqual([]);
    expect(await journal.audit.check()).toMatchObject({ isIntact: true, entries: 1 });
  });
});

const INT8_MAX = "9223372036854775807";

/** What is done to six entries, and the first spot that must be named. */
const TAMPERINGS = [
  ["a word of one", "update journal_audit set actor = 'nobody' where number = 3", "changed", 3],
  ["the time of one", "update journal_audit set at = at - 1 where number = 2", "changed", 2],
  ["a fact", "update journal_audit set detail_json = '{}' where number = 4", "changed", 4],
  ["no JSON", "update journal_audit set detail_json = 'x' where number = 4", "changed", 4],
  ["one taken out", "delete from journal_audit where number = 3", "missing", 3],
  ["the first", "delete from journal_audit where number <= 2", "missing", 1],
  ["the end", "delete from journal_audit where number > 4", "cut-off", 5],
  ["all", "delete from journal_audit", "cut-off", 1],
  ["one's hash", "update journal_audit set hash = 'f' where number = 6", "changed", 6],
  [
    "two exchanged",
    "update journal_audit set number = 99 where number = 3;" +
      "update journal_audit set number = 3 where number = 4;" +
      "update journal_audit set number = 4 where number = 99",
    "reordered",
    3,
  ],
  ["the head", "update journal_audit_head set number = 5", "changed", 5],
  ["the head's hash", "update journal_audit_head set hash = 'f'", "changed", 6],
  [
    "a time that is none",
    `update journal_audit set at = ${INT8_MAX} where number = 2`,
    "changed",
    2,
  ],
  ["no number", `update journal_audit set number = ${INT8_MAX} where number = 6`, "cut-off", 6],
  ["no end", `update journal_audit_head set number = ${INT8_MAX}`, "cut-off", 7],
  ["the head's row", "delete from journal_audit_head", "missing", 0],
] as const;

describeEachEngine("row 160: a chain that was tampered with", (harness) => {
  async function sixEntries() {
    const { act, database, journal } = await setUp(harness);
    for (const at of [1, 2, 3, 4, 5, 6]) await act({ at });
    const heads = await database.kysely.selectFrom("journal_audit_head").selectAll().execute();
    const rows = await database.kysely.selectFrom("journal_audit").selectAll().execute();
    return { database, journal, heads, rows };
  }
  let six: Awaited<ReturnType<typeof sixEntries>>;
  beforeAll(async () => {
    six = await sixEntries();
  });

  it.each(TAMPERINGS)("shows the spot: %s", async (_name, change, flaw, number) => {
    const { database, heads, journal, rows } = six;
    for (const statement of change.split(";")) await tamper(database, statement);
    const { isIntact, problem } = await journal.audit.check();
    const { rows: shown } = await journal.audit.list({}, { before: null, limit: 10 });
    for (const row of shown) expect(toAuditAnswer(row).at).toMatch(/^\+?\d+-\d\d-\d\dT/);
    await database.transaction(async (trx) => {
      await trx.deleteFrom("journal_audit").execute();
      await trx.deleteFrom("journal_audit_head").execute();
      await trx.insertInto("journal_audit").values(rows).execute();
      await trx.insertInto("journal_audit_head").values(heads).execute();
    });
    expect([isIntact, problem?.flaw, problem?.number]).toEqual([false, flaw, number]);
    expect(problem?.message).toMatch(number === 0 ? /the end/ : /entry \d/);
    // Put back as it was, nothing is wrong: it was the change that showed.
    expect(await journal.audit.check()).toMatchObject({ isIntact: true, entries: 6 });
  });

  it.each([0, -7])("shows one that was put in before the first: %i", async (number) => {
    const { database, journal } = await sixEntries();
    const others = "event_id, at, kind, owner, detail_json, previous_hash, hash";
    const forged =
      `insert into journal_audit (number, ${others}) ` +
      `select ${number}, ${others} from journal_audit where number = 1`;
    await expect(tamper(database, forged)).rejects.toThrow(/check/i);
    const isSqlite = harness.engine === "sqlite";
    await tamper(
      database,
      isSqlite
        ? "pragma ignore_check_constraints = on"
        : "alter table journal_audit drop constraint journal_audit_number_check",
    );
    await tamper(database, forged);
    const { isIntact, problem } = await journal.audit.check();
    expect([isIntact, problem?.flaw, problem?.number]).toEqual([false, "before-first", 0]);
    expect(problem?.message).toContain(`entry ${number} `);
  });
});

describeEachEngine("the audit after a restore", (harness) => {
  async function restored(damage: string | null) {
    const { act, clock, database, journal, place } = await setUp(harness);
    await act({ at: 1 });
    if (damage !== null) await tamper(database, damage);
    const path = join(place.dataDirectory, "of-tuesday.backup");
    expect(await backUpTo(database, path, clock.nowMs())).toMatchObject({ ok: true });
    if (damage === null) await act({ at: 2 });
    journal.start();
    await journal.close();
    await database.close();
    const url = place.databaseUrl === null ? {} : { DATABASE_URL: place.databaseUrl };
    const read = readConfig({ DATA_DIR: place.dataDirectory, ...url });
    if (!read.ok) throw new Error("the configuration is not read");
    const outcome = await restoreStore(read.config, path);
    const again = await openStore(harness, place);
    const limits = { journalDays: 30, journalMaxMegabytes: 512 };
    const anchorsPath = join(place.dataDirectory, ANCHORS_FILE);
    return {
      outcome,
      audit: createJournal({ database: again, clock, anchorsPath, ...limits }).audit,
    };
  }

  it("tells of the restore, and goes on without the anchors of what is gone", async () => {
    const { audit, outcome } = await restored(null);
    expect(outcome).toMatchObject({
      ok: true,
      replacedAnchors: expect.stringContaining("audit-anchors.until-"),
    });
    expect(await audit.check()).toMatchObject({ isIntact: true, entries: 2, anchors: 0 });
    const { rows } = await audit.list({}, { before: null, limit: 1 });
    expect(rows[0]).toMatchObject({
      kind: "store-restored",
      actor: "host shell",
      detail_json: '{"file":"of-tuesday.backup"}',
    });
  });

  it("does not keep a backup with a broken chain from being restored", async () => {
    const { audit, outcome } = await restored("delete from journal_audit_head");
    expect(outcome).toMatchObject({ ok: true });
    expect((await audit.check()).problem).toMatchObject({ flaw: "missing", number: 0 });
  });
});

describeEachEngine("row 160: anchors beside the store", (harness) => {
  async function anchored(count: number) {
    const made = await setUp(harness);
    for (let at = 1; at <= count; at += 1) await made.act({ at });
    made.journal.start();
    await made.journal.close();
    return made;
  }

  it("are written where the chain has moved on, for nobody else's eyes", async () => {
    const { act, again, anchorsPath, errors, journal } = await anchored(2);
    expect(statSync(anchorsPath).mode & 0o777).toBe(0o600);
    const next = again();
    await next.audit.anchor();
    await act();
    await next.audit.anchor();
    await next.audit.anchor();
    const lines = readFileSync(anchorsPath, "utf8").trimEnd().split("\n");
    // A start writes where it begins, whatever the process before wrote.
    expect(lines.map((line) => line.split(" ")[0])).toEqual(["2", "2", "3"]);
    const { hash } = await journal.audit.head();
    expect(lines[2]?.split(" ")[1]).toBe(hash);
    expect(await journal.audit.check()).toMatchObject({ isIntact: true, anchors: 2 });
    expect(errors).toEqual([]);
  });

  it("show an end that was cut off together with the head", async () => {
    const { act, database, journal } = await anchored(5);
    await tamper(database, "delete from journal_audit where number > 3");
    const rewind = "(select hash from journal_audit where number = 3)";
    await tamper(database, `update journal_audit_head set number = 3, hash = ${rewind}`);
    const cut = await journal.audit.check();
    expect(cut.problem).toMatchObject({ flaw: "cut-off", number: 4 });
    // Going on does not heal it.
    await act();
    await act();
    const later = await journal.audit.check();
    expect(later.problem).toMatchObject({ flaw: "differs-from-anchor", number: 5 });
  });

  it("show a chain that was written anew from its first entry", async () => {
    const { act, database, journal } = await anchored(3);
    await tamper(database, "delete from journal_audit");
    await tamper(database, "update journal_audit_head set number = 0, hash = ''");
    for (const at of [1, 2, 3, 4]) await act({ at, forged: true });
    const { problem } = await journal.audit.check();
    expect(problem).toMatchObject({ flaw: "differs-from-anchor", number: 3 });
  });

  it.each([
    ["a line without sense", "what is this\n", 2],
    ["two hashes for one number", `2 ${"0".repeat(64)} 2027-01-01T00:00:00.000Z\n`, 2],
    ["half a line", "3 abc", 2],
  ])("tell when they were changed themselves: %s", async (_name, text, line) => {
    const { anchorsPath, journal } = await anchored(2);
    appendFileSync(anchorsPath, text);
    const { problem } = await journal.audit.check();
    expect(problem?.flaw).toBe("anchor-unreadable");
    expect(problem?.message).toContain(`line ${line} `);
  });

  it("are all compared, however many there are", async () => {
    const { anchorsPath, journal } = await anchored(2);
    appendFileSync(anchorsPath, readFileSync(anchorsPath, "utf8").repeat(600));
    expect(await journal.audit.check()).toMatchObject({ isIntact: true, anchors: 1 });
    appendFileSync(anchorsPath, `1 ${"0".repeat(64)} 2027-01-01T00:00:00.000Z\n`);
    const { problem } = await journal.audit.check();
    expect(problem).toMatchObject({ flaw: "differs-from-anchor", number: 1 });
  });

  it("are set aside by a restore, and what they said is kept", async () => {
    const { anchorsPath, clock, journal, place } = await anchored(1);
    const text = readFileSync(anchorsPath, "utf8");
    const aside = setAnchorsAside(place.dataDirectory, clock.nowMs());
    expect(aside).toMatch(/audit-anchors\.until-2027-01-15T08-00-01\.000Z$/);
    expect(readFileSync(aside ?? "", "utf8")).toBe(text);
    expect(setAnchorsAside(place.dataDirectory, clock.nowMs())).toBeNull();
    expect(await journal.audit.check()).toMatchObject({ isIntact: true, anchors: 0 });
  });
});
