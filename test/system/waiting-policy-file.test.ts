// A policy file over changes that wait to be confirmed: never taken to hold, by commands and API.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";
import { runCommand } from "./run-command.ts";

const dataDir = mkdtempSync(join(tmpdir(), "postern-waiting-"));
const file = join(dataDir, "policy.yaml");
const MINUTE_MS = 60_000;
const HEAD = "version: 1\n";
const HARD = `${HEAD}platform: { hard-limit: { exemptAllowEntries: true } }\n`;
let portal: RunningPeople;
let admin: TestBrowser;
let operator: TestBrowser;

beforeAll(async () => {
  portal = await startPeople({ dataDir });
  await portal.addAccount("acme");
  const who = await portal.addPerson({ email: "ann@example.com", accounts: { acme: "admin" } });
  admin = await portal.signedIn(who);
  operator = await portal.signedIn(
    await portal.addPerson({ email: "olga@example.com", isOperator: true }),
  );
});
afterEach(async () => {
  for (const { changeId } of (await portal.must("GET", WAITING)).changes) {
    await portal.must("POST", `${WAITING}/${changeId}/take-back`);
  }
});
afterAll(async () => {
  await portal?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const WAITING = "/api/v1/unconfirmed-changes";

function policy(...words: readonly string[]) {
  return runCommand(dataDir, ["policy", ...words]);
}

function send(path: string, text: string) {
  return portal.upload(`/api/v1/policy-file/${path}`, "application/yaml", text);
}

async function applyForNow(text: string): Promise<string> {
  writeFileSync(file, text);
  const done = await policy("apply", file, "--confirm-within", "10m");
  expect(done).toMatchObject({ code: 0, err: "" });
  return (await portal.must("GET", WAITING)).changes[0].changeId;
}

const inTenMinutes = () => new Date(portal.nowMs() + 10 * MINUTE_MS).toISOString();

describe("the same file while its values wait to be confirmed", () => {
  it("is refused, as a change of them is, and applied once they are confirmed", async () => {
    const changeId = await applyForNow(HARD);
    const again = await policy("apply", file);
    expect(again).toMatchObject({ code: 1, out: "" });
    const until = inTenMinutes();
    expect(again.err).toContain(
      "A change that host shell made of hard-limit of the platform waits to be confirmed; it " +
        `goes back at ${until}. Confirm it or take it back first.\n`,
    );
    expect(again.err).toContain(`To take it back: postern policy take-back ${changeId}\n`);
    const refused = await send("apply", HARD);
    expect([refused.status, refused.json]).toMatchObject([
      409,
      { code: "change-waits", changeId, goesBackAt: until, actor: "host shell" },
    ]);

    const confirmed = await operator.ask("POST", `${WAITING}/${changeId}/confirm`, { body: {} });
    expect(confirmed.status).toBe(200);
    expect(await policy("apply", file)).toMatchObject({
      code: 0,
      out: "There is nothing to change.\n",
    });
    portal.advance(11 * MINUTE_MS);
    expect((await portal.must("GET", "/api/v1/policy/hard-limit")).value).toEqual({
      exemptAllowEntries: true,
    });
    await portal.must("PUT", "/api/v1/policy/hard-limit", { value: { exemptAllowEntries: false } });
  });

  it("is told so in words by diff, a dry run and the plan, before anything is sent", async () => {
    const changeId = await applyForNow(HARD);
    const words =
      "A change of hard-limit of the platform, made by host shell, waits to be confirmed until " +
      `${inTenMinutes()}: apply will be refused until it is confirmed or taken back.\n` +
      `To take it back: postern policy take-back ${changeId}\nThere is nothing to change.\n`;
    expect(await policy("diff", file)).toEqual({ code: 0, out: words, err: "" });
    const dry = await policy("apply", file, "--dry-run");
    expect(dry).toMatchObject({ code: 1, out: words });
    expect(dry.err).toContain("apply would be refused");
    const waiting = [
      {
        changeId,
        goesBackAt: inTenMinutes(),
        actor: "host shell",
        parts: [{ account: null, subject: "hard-limit" }],
      },
    ];
    expect((await send("plan", HARD)).json).toMatchObject({ isSame: true, waiting });
    const json = await policy("apply", file, "--dry-run", "--json");
    expect([json.code, JSON.parse(json.out).waiting]).toEqual([1, waiting]);
  });

  it("differs from the rules again when they have gone back", async () => {
    await applyForNow(HARD);
    portal.advance(10 * MINUTE_MS);
    expect((await send("plan", HARD)).json).toMatchObject({ isSame: false, waiting: [] });
  });
});

it("is refused over any entry that waits where it names the list, and not otherwise", async () => {
  const entry = { range: "192.0.2.0/24", action: "deny", account: "acme" };
  await portal.must("POST", "/api/v1/entries?confirmMinutes=10", entry);
  const other = "{ range: 203.0.113.0/24, action: deny }";
  for (const list of [`[{ range: 192.0.2.0/24, action: deny }]`, `[${other}]`]) {
    const { status, json } = await send("apply", `${HEAD}accounts: { acme: { entries: ${list} } }`);
    expect([status, json.code]).toEqual([409, "change-waits"]);
    expect(json.detail).toContain("made of entries of acme waits");
  }
  const apart = `${HEAD}platform: { entries: [${other}] }\naccounts: { acme: {} }\n`;
  expect((await send("plan", apart)).json.waiting).toEqual([]);
  expect((await send("apply", apart)).json).toMatchObject({ isSame: false });
});

it("is refused to an admin over what an operator changed with more, and says no more", async () => {
  const logOut = "{ log-out: { enabled: true, minutes: 45 } }";
  await applyForNow(`${HEAD}platform: ${logOut}\naccounts: { acme: ${logOut} }\n`);
  // JSON is YAML.
  const body = { version: 1, accounts: { acme: { "log-out": { enabled: true, minutes: 45 } } } };
  const headers = { "content-type": "application/yaml" };
  const ask = (path: string) => admin.ask("POST", `/api/v1/policy-file/${path}`, { body, headers });
  const plan = await ask("plan");
  expect(plan.json.waiting).toMatchObject([
    { actor: null, parts: [{ account: "acme", subject: "log-out" }] },
  ]);
  const refused = await ask("apply");
  expect([refused.status, refused.json.code, refused.json.actor]).toEqual([
    409,
    "change-waits",
    null,
  ]);
  expect(refused.text).not.toMatch(/host shell|platform/);
});

it("is exported with comments that say what waits, and until when", async () => {
  const before = (await policy("export")).out;
  await applyForNow(
    `${HARD}accounts: { acme: { entries: [{ range: 192.0.2.0/24, action: deny }] } }\n`,
  );
  const { out } = await policy("export");
  const text = out.replaceAll(/\n *# /g, " ");
  const until = `to be confirmed, and goes back at ${inTenMinutes()} unless it is`;
  expect(text).toContain("Some of this waits to be confirmed");
  expect(text).toContain(`hard-limit: it waits ${until}\n  hard-limit:`);
  expect(text).toContain(`entries: some of it waits ${until}\n    entries:`);
  expect(text.split(until)).toHaveLength(3);
  const own = (await policy("export", "--account", "acme")).out;
  expect(own.split("unless it is").length).toBe(3);
  expect(before).not.toContain("waits");
});
