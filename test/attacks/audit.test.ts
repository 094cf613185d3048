// Attacks on the records: reading them without a right to, and erasing traces (rows 158 and 160).
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/platform/config.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";

let portal: RunningPeople;
let dataDir: string;
let operator: TestBrowser;
let admin: TestBrowser;
let agent: TestBrowser;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "postern-audit-"));
  portal = await startPeople({ dataDir });
  await portal.addAccount("acme");
  const people = [
    await portal.addPerson({ email: "root@example.com", isOperator: true }),
    await portal.addPerson({ email: "ada@example.com", accounts: { acme: "admin" } }),
    await portal.addPerson({ email: "bob@example.com", accounts: { acme: "agent" } }),
  ] as const;
  [operator, admin, agent] = [
    await portal.signedIn(people[0]),
    await portal.signedIn(people[1]),
    await portal.signedIn(people[2]),
  ];
});
afterAll(async () => {
  await portal.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function postern(...words: readonly string[]) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const readOwn = () => readConfig({ DATA_DIR: dataDir });
  const code = await runCli(words, {
    stdin: Readable.from([]),
    stdout,
    stderr,
    readConfig: readOwn,
  });
  stdout.end();
  stderr.end();
  return { code, stdout: await textOf(stdout), stderr: await textOf(stderr) };
}

const INSIDE = ["/metrics", "/api/v1/health", "/api/v1/audit", "/api/v1/audit/check"] as const;

describe("row 158: diagnostics", () => {
  it.each(INSIDE)("%s is for operators and tokens with the scope only", async (path) => {
    const { token: reader } = await portal.must("POST", "/api/v1/tokens", {
      name: "reader",
      scopes: ["journal:read"],
    });
    const { token: reporter } = await portal.must("POST", "/api/v1/tokens", {
      name: "reporter",
      scopes: ["reports:write"],
    });
    const stranger = portal.browser();
    const by = async (browser: TestBrowser, bearer?: string) => {
      const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
      return (await browser.ask("GET", path, { headers })).status;
    };
    expect({
      stranger: await by(stranger),
      guess: await by(stranger, `pst_${"a".repeat(43)}`),
      reporter: await by(stranger, reporter),
      agent: await by(agent),
      admin: await by(admin),
      operator: await by(operator),
      reader: await by(stranger, reader),
    }).toEqual({
      stranger: 401,
      guess: 401,
      reporter: 403,
      agent: 403,
      admin: 403,
      operator: 200,
      reader: 200,
    });
  });

  it("tells strangers that it lives and is ready, and nothing of why", async () => {
    const stranger = portal.browser();
    expect((await stranger.ask("GET", "/healthz")).text).toBe('{"status":"ok"}');
    expect((await stranger.ask("GET", "/readyz")).text).toBe('{"status":"ready"}');
    for (const path of ["/health", "/debug", "/debug/pprof/", "/status", "/api/v1/metrics"]) {
      expect([path, (await stranger.ask("GET", path)).status]).toEqual([path, 404]);
    }
  });

  it("describes health in words for whoever has to act", async () => {
    const { json: health } = await operator.ask("GET", "/api/v1/health");
    expect(health.checks.map((check: { name: string }) => check.name)).toEqual([
      "store",
      "country-database",
      "subscriptions",
      "mail",
      "nodes",
      "journal",
      "sending",
      "bans",
      "keys",
      "alarms",
    ]);
    expect(health.checks[0]).toMatchObject({ state: "ok", summary: "The embedded store answers." });
    expect(health.nodes).toHaveLength(1);
    expect(health.nodes[0]).toMatchObject({ isThis: true, isLost: false });
    // No secret, no path of the host beyond what the screens show, no error's stack.
    expect(JSON.stringify(health)).not.toMatch(/postern\.db|master|node_modules|\bat \//);
  });
});

describe("row 160: the audit", () => {
  it("has what an administrator did, by whom and to whom", async () => {
    const added = await operator.ask("POST", "/api/v1/entries", {
      body: { range: "203.0.113.66", action: "allow", note: "friend" },
    });
    expect(added.status).toBe(201);
    const { json } = await operator.ask("GET", "/api/v1/audit?limit=1");
    expect(json.entries[0]).toMatchObject({
      kind: "entries-changed",
      owner: "platform",
      actor: expect.stringMatching(/^root@example\.com \([a-z2-7]{20}\)$/),
    });
    const listed = await postern("audit", "list", "--actor", "root@", "--since", "1d", "--json");
    const { entries } = JSON.parse(listed.stdout);
    expect(entries[0]).toEqual(json.entries[0]);
    const table = await postern("audit", "list", "--limit", "1");
    expect(table.stdout).toContain("entries-changed");
    expect(table.stdout).toContain("root@example.com");
  });

  it("has no way to change or delete it", async () => {
    const before = await operator.ask("GET", "/api/v1/audit/check");
    const { number } = (await operator.ask("GET", "/api/v1/audit?limit=1")).json.entries[0];
    for (const path of ["/api/v1/audit", `/api/v1/audit/${number}`, "/api/v1/audit/check"]) {
      for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
        const { status } = await portal.api(method, path);
        expect([method, path, [404, 405].includes(status)]).toEqual([method, path, true]);
      }
    }
    expect((await operator.ask("GET", "/api/v1/audit/check")).json).toEqual(before.json);
  });

  it("keeps the trace of a deleted account, and of who deleted it", async () => {
    await portal.addAccount("gone");
    await portal.must("DELETE", "/api/v1/accounts/gone?confirm=gone");
    const { entries } = await portal.must("GET", "/api/v1/audit?kind=account-deleted");
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ actor: "host shell", account: "gone" });
  });

  it.each([
    ["kind=none", 400],
    ["limit=1001", 400],
    ["limit=-1", 400],
    ["after=-", 400],
    ["after=1e3", 400],
    ["since=yesterday", 400],
    ["actor=%25'%3B--", 200],
    [`limit=${"1".repeat(30)}`, 400],
    ["order=asc", 400],
  ])("answers ?%s with %i", async (query, status) => {
    expect((await operator.ask("GET", `/api/v1/audit?${query}`)).status).toBe(status);
  });

  it("is verified on the host, with exit code 1 and the spot that was tampered with", async () => {
    const good = await postern("audit", "verify");
    expect([good.code, good.stdout]).toEqual([0, expect.stringMatching(/^intact, \d+ entries, /)]);
    const { database } = portal.server.network;
    const change = (actor: string) =>
      database.transaction((trx) =>
        sql`update journal_audit set actor = ${actor} where number = 2`.execute(trx),
      );
    const { entries } = await portal.must("GET", "/api/v1/audit?after=3&limit=1");
    await change("nobody");
    const bad = await postern("audit", "verify");
    expect([bad.code, bad.stdout]).toEqual([1, ""]);
    expect(bad.stderr).toContain("entry 2 is not what its hash was made of");
    expect(bad.stderr).toContain(entries[0].at);
    const told = await postern("audit", "verify", "--json");
    expect(told.code).toBe(1);
    expect(JSON.parse(told.stdout)).toMatchObject({ isIntact: false, entries: 1 });
    await change(entries[0].actor);
    expect((await postern("audit", "verify")).stdout).toBe(good.stdout);
  });
});
