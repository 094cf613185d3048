// Runs commands as typed, against a control socket that keeps what it was asked.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { readConfig } from "../../src/platform/config.ts";
import { createHttpServer, type HttpServer } from "../../src/platform/http/create-http-server.ts";
import { runCli } from "../../src/cli/run-cli.ts";

type Asked = { readonly method: string; readonly url: string; readonly body: string };
type Answer = { readonly status?: number; readonly body: unknown };
type Outcome = { code: number; stdout: string; stderr: string; asked: readonly Asked[] };

const opened: HttpServer[] = [];

afterEach(async () => {
  for (const server of opened.splice(0)) await server.close(0);
});

async function run(
  words: readonly string[],
  answers: Readonly<Record<string, Answer>> = {},
  input = "",
): Promise<Outcome> {
  const asked: Asked[] = [];
  const dataDir = mkdtempSync(join(tmpdir(), "postern-"));
  const server = createHttpServer({ rawHandlers: [] });
  opened.push(server);
  server.setFallback((request, response) => {
    const { method = "", url = "" } = request;
    void textOf(request).then((body) => {
      if (url !== "/healthz") asked.push({ method, url, body });
      const answer = answers[`${method} ${url.split("?")[0]}`] ?? { body: {} };
      response.writeHead(answer.status ?? 200).end(JSON.stringify(answer.body));
    });
  });
  await server.listenOnControlSocket(join(dataDir, "control.sock"));
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCli(words, {
    stdin: Readable.from([Buffer.from(input)]),
    stdout,
    stderr,
    readConfig: () => readConfig({ DATA_DIR: dataDir }),
  });
  stdout.end();
  stderr.end();
  return { code, stdout: await textOf(stdout), stderr: await textOf(stderr), asked };
}

const ENTRY = {
  id: 7,
  range: "203.0.113.0/24",
  action: "deny",
  origin: "manual",
  note: "a\u001b[2J",
};

describe("asking wrongly", () => {
  it.each([
    [["entry", "add", "203.0.113.7"], "--action"],
    [["entry", "add", "203.0.113.7", "--action", "block"], "allow, deny"],
    [["entry", "list", "--limit", "0"], "from 1 to 1000"],
    [["entry", "lst"], "unknown command"],
    [["nothing"], "unknown command"],
    [["token", "create", "--name", "a", "--scopes", "a", "--expires", "soon"], "90d"],
    [["country", "set", "--allow", "DE,XX"], "XX is no ISO 3166-1 code"],
    [["disable", "hard-limit"], "address-lists"],
    [["explain"], "either an address or --decision"],
    [["explain", "192.0.2.1", "--user", "a@example.com"], "say --recording ID too"],
    [["address", "check"], "either a text or --stdin"],
    [["country", "set", "--deny", ""], "none to empty the list"],
    [["country", "set", "--deny", "DE,FR", "--allow", "fr"], "FR: name a country in"],
    [["policy", "set", "hard-limit", "{"], "must be JSON"],
    [["policy", "show", "hardlimit"], "a number of policy history, or one of address-lists"],
    [["policy", "show", "7", "--account", "acme"], "told by its number alone"],
    [["policy", "restore", "seven"], "a whole number from 1"],
    [["policy", "restore", "7", "--to", "then"], "before, after"],
    [["policy", "restore", "7", "--override-lockout", "yes"], 'just "let it lock me out"'],
    [["policy", "set", "hard-limit", '{"a":1,"a":2}'], 'the key "a" stands twice'],
  ])("%j gives 2 and says what is accepted", async (words, told) => {
    const outcome = await run(words);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain(told);
    expect(outcome.stderr).toMatch(/^postern: /);
    expect(outcome.stdout).toBe("");
    expect(outcome.asked).toEqual([]);
  });

  it("lists every command and shows an example of each", async () => {
    const help = await run(["--help"]);
    expect(help.code).toBe(0);
    const names = [...help.stdout.matchAll(/^ {2}([a-z]+)[ |]/gm)].map((match) => match[1] ?? "");
    expect(names).toContain("serve");
    expect(names).toContain("geo");
    for (const name of names.filter((one) => one !== "help" && one !== "postern")) {
      const own = await run([name, "--help"]);
      const subcommands = [...own.stdout.matchAll(/^ {2}([a-z]+) /gm)].map((match) => match[1]);
      const leaves = subcommands.filter((one) => one !== "help" && one !== "postern");
      const isLeaf = !own.stdout.includes("Commands:");
      for (const leaf of isLeaf ? [[]] : leaves.map((one) => [one ?? ""])) {
        const shown = (await run([name, ...leaf, "--help"])).stdout;
        expect(shown, `${name} ${leaf.join()}`).toMatch(/Examples?:\n {2}/);
      }
    }
  });

  it("lists the variables under serve", async () => {
    const { stdout } = await run(["serve", "--help"]);
    for (const name of ["LISTEN", "TRUSTED_PROXIES", "DATABASE_URL"])
      expect(stdout).toContain(name);
  });
});

describe("entry", () => {
  it("sends what was typed", async () => {
    const saved = { entry: ENTRY, warnings: ["it is wide"] };
    const words = ["entry", "add", "203.0.113.0/24", "--action", "deny", "--note", "x"];
    const outcome = await run([...words, "--expires", "2027-01-31", "--confirm-wide"], {
      "POST /api/v1/entries": { status: 201, body: saved },
    });
    expect(outcome).toMatchObject({
      code: 0,
      stdout: "Entry 7: deny 203.0.113.0/24\n",
      stderr: "warning: it is wide\n",
    });
    expect(JSON.parse(outcome.asked[0]?.body ?? "")).toEqual({
      range: "203.0.113.0/24",
      action: "deny",
      note: "x",
      confirmWide: true,
      expiresAt: "2027-01-31T00:00:00.000Z",
    });
  });

  it("prints a table without control characters, or JSON", async () => {
    const list = { entries: [ENTRY], total: 1, next: null };
    const answers = { "GET /api/v1/entries": { body: list } };
    const table = await run(["entry", "list", "--covering", "203.0.113.7"], answers);
    expect(table.asked[0]?.url).toBe("/api/v1/entries?limit=100&covering=203.0.113.7");
    expect(table.stdout.split("\n")[1]).toMatch(/^7 {3}203\.0\.113\.0\/24 {2}deny .* a\ufffd\[2J$/);
    const json = await run(["entry", "list", "--json"], answers);
    expect(JSON.parse(json.stdout)).toEqual(list);
  });

  it("removes by the exact range, however it is written", async () => {
    const list = { entries: [{ ...ENTRY, id: 3, range: "203.0.112.0/20" }, ENTRY] };
    const answers = { "GET /api/v1/entries": { body: list } };
    const outcome = await run(["entry", "remove", "203.0.113.0-203.0.113.255"], answers);
    expect(outcome.code).toBe(0);
    expect(outcome.asked.at(-1)).toMatchObject({ method: "DELETE", url: "/api/v1/entries/7" });
    const other = await run(["entry", "remove", "203.0.113.0/25"], answers);
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining("203.0.113.0/25") });
    for (const named of ["7", "203.0.113.0/24"]) {
      const own = await run(["entry", "remove", named, "--account", "acme"], answers);
      const urls = own.asked.map(({ url }) => new URL(url, "http://localhost").searchParams);
      expect(urls.map((query) => query.get("account"))).toEqual(own.asked.map(() => "acme"));
      expect(own.asked.at(-1)).toMatchObject({ url: "/api/v1/entries/7?account=acme" });
    }
  });

  it("streams a file or standard input, and tells each bad line", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "postern-")), "blocked.csv");
    writeFileSync(file, "203.0.113.7,deny\n");
    const done = { body: { added: 1, unchanged: 2, warnings: [] } };
    const path = "POST /api/v1/entries/import";
    const fromFile = await run(["entry", "import", file, "--action", "deny"], { [path]: done });
    expect(fromFile.stdout).toBe("1 added, 2 were there already.\n");
    expect(fromFile.asked[0]).toEqual({
      method: "POST",
      url: "/api/v1/entries/import?action=deny&format=csv",
      body: "203.0.113.7,deny\n",
    });
    const errors = [
      { line: 2, message: "no octal" },
      { line: 9, message: "host bits" },
    ];
    const bad = { status: 422, body: { code: "import-refused", detail: "2 bad lines.", errors } };
    const refused = await run(["entry", "import", "-"], { [path]: bad }, "1.2.3.4\n");
    expect(refused.code).toBe(1);
    expect(refused.stderr.split("\n")).toEqual([
      "postern: 2 bad lines.",
      "postern: line 2: no octal",
      "postern: line 9: host bits",
      "",
    ]);
    const missing = await run(["entry", "import", `${file}.not`]);
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining("cannot read") });
  });

  it("exports what the server sends", async () => {
    const answers = { "GET /api/v1/entries/export": { body: "lines" } };
    const outcome = await run(["entry", "export", "--format", "csv", "--action", "deny"], answers);
    expect(outcome).toMatchObject({ code: 0, stdout: '"lines"' });
    expect(outcome.asked[0]?.url).toBe("/api/v1/entries/export?format=csv&action=deny");
  });
});

describe("other commands", () => {
  it("sets only what is named of the country policy, with the version it read", async () => {
    const value = {
      mode: "off",
      defaultAction: "allow",
      countries: { DE: "allow", RU: "deny" },
      unknown: "allow",
      private: "allow",
    };
    const path = "/api/v1/policy/country";
    const answers = {
      [`GET ${path}`]: { body: { value, version: 4 } },
      [`PUT ${path}`]: { body: { value, version: 5 } },
    };
    const words = ["country", "set", "--mode", "enforce", "--allow", "at,ch", "--account", "acme"];
    const outcome = await run(words, answers);
    expect(outcome.code).toBe(0);
    expect(outcome.asked[1]?.url).toBe(`${path}?account=acme`);
    expect(JSON.parse(outcome.asked[1]?.body ?? "")).toEqual({
      value: { ...value, mode: "enforce", countries: { RU: "deny", AT: "allow", CH: "allow" } },
      version: 4,
    });
  });

  it("releases by address, and says when there is no ban", async () => {
    const path = "POST /api/v1/bans/release";
    const ban = { id: 3, range: "203.0.113.7" };
    const some = await run(["ban", "release", "203.0.113.7"], {
      [path]: { body: { released: [ban] } },
    });
    expect(some).toMatchObject({ code: 0, stdout: "Ban 3 of 203.0.113.7 is released.\n" });
    const none = await run(["ban", "release", "203.0.113.7"], {
      [path]: { body: { released: [] } },
    });
    expect(none).toMatchObject({ code: 1, stderr: "postern: no ban holds for 203.0.113.7\n" });
  });

  it("explains step by step", async () => {
    const steps = [
      { layer: "platform", step: "on-deny-list", result: "matched", detail: { entry: 7 } },
    ];
    const body = { verdict: "refuse", status: 403, reason: "on-deny-list", steps };
    const outcome = await run(["explain", "203.0.113.7", "--surface", "api"], {
      "GET /api/v1/explain": { body },
    });
    expect(outcome.asked[0]?.url).toBe("/api/v1/explain?address=203.0.113.7&surface=api");
    expect(outcome.stdout).toMatch(
      /^refuse \(403\): on-deny-list\nLAYER .*\nplatform .* entry=7\n$/,
    );
  });

  it("explains whether a recording plays for somebody, and what would help", async () => {
    const [recording, user] = ["a".repeat(20), "b".repeat(20)];
    const step = { layer: "account", step: "number-not-granted", result: "matched" };
    const wouldPassIf = [
      { code: "make-member", with: ["grant-number"] },
      { code: "wait", seconds: 5 },
    ];
    const decided = { verdict: "refuse", status: 404, reason: step.step, steps: [step] };
    const outcome = await run(
      ["explain", "203.0.113.7", "--recording", recording, "--user", user],
      {
        [`GET /api/v1/users/${user}`]: { body: { id: user } },
        "GET /api/v1/explain": { body: { ...decided, wouldPassIf } },
      },
    );
    expect(outcome.asked[1]?.url).toBe(
      `/api/v1/explain?address=203.0.113.7&recording=${recording}&user=${user}`,
    );
    expect(outcome.stdout.split("\n").slice(-3)).toEqual([
      "would pass if: make-member and grant-number",
      "would pass if: wait seconds=5",
      "",
    ]);
  });

  it("checks addresses, one or a line each, without a server", async () => {
    const good = await run(["address", "check", "203.0.113.0/24"]);
    expect(good).toMatchObject({ code: 0, asked: [] });
    expect(good.stdout).toContain("from 203.0.113.0 to 203.0.113.255");
    const bad = await run(["address", "check", "203.0.113.7/24"]);
    expect(bad).toMatchObject({ code: 1, stderr: expect.stringContaining("203.0.113.0/24") });
    const words = ["address", "check", "--stdin", "--context", "xff"];
    const lines = await run(words, {}, '"::ffff:1.2.3.4"\n5\n');
    const results = lines.stdout.trim().split("\n");
    expect(JSON.parse(results[0] ?? "")).toMatchObject({ verdict: "accept", canonical: "1.2.3.4" });
    expect(JSON.parse(results[1] ?? "")).toMatchObject({ verdict: "reject" });
  });
});

it("tells every mistake of the configuration", async () => {
  const stderr = new PassThrough();
  const code = await runCli(["account", "list"], {
    stdin: Readable.from([]),
    stdout: new PassThrough(),
    stderr,
    readConfig: () => readConfig({ LISTEN: "x", LOG_LEVEL: "y" }),
  });
  stderr.end();
  expect(code).toBe(2);
  expect((await textOf(stderr)).match(/^postern: (LISTEN|LOG_LEVEL) /gm)).toHaveLength(2);
});
