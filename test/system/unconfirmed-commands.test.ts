// Changes for some minutes by the commands: made, listed, confirmed over the network, taken back.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LOCKOUT_OVERRIDE } from "../../src/api/change-safety-api.ts";
import { startGate } from "../attacks/start-gate.ts";
import type { RunningGate } from "../attacks/start-gate.ts";
import { runCommand } from "./run-command.ts";

const dataDir = mkdtempSync(join(tmpdir(), "postern-unconfirmed-"));
const MINUTE_MS = 60_000;
let gate: RunningGate;

beforeAll(async () => {
  gate = await startGate({ dataDir });
  await gate.must("POST", "/api/v1/accounts", { code: "acme", name: "Acme" });
});
afterAll(async () => {
  await gate?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function run(words: readonly string[], input = "") {
  return runCommand(dataDir, words, input);
}

/** What a command that succeeds prints, line by line. */
async function lines(...words: readonly string[]): Promise<readonly string[]> {
  const { code, out, err } = await run(words);
  expect([code, err]).toEqual([0, ""]);
  return out.split("\n").slice(0, -1);
}

const inTenMinutes = () => new Date(gate.nowMs() + 10 * MINUTE_MS).toISOString();

/** The id that a command's last lines name, which say all that somebody has to know. */
function changeIn(said: readonly string[], goesBackAt = inTenMinutes()): string {
  const [until, , how = "", back] = said.slice(-4);
  const changeId = /confirm ([a-z2-7]{20}) /.exec(how)?.[1] ?? "";
  expect(until).toBe(`It goes back at ${goesBackAt} unless it is confirmed.`);
  expect(how).toBe(
    `  postern policy confirm ${changeId} --url http://127.0.0.1:8080 --token-file FILE`,
  );
  expect(back).toBe(`To take it back at once: postern policy take-back ${changeId}`);
  return changeId;
}

async function waiting(): Promise<readonly string[]> {
  const json = (await lines("policy", "unconfirmed", "--json")).join("\n");
  return JSON.parse(json).changes.map(({ changeId }: { changeId: string }) => changeId);
}

const rulesNow = async () => (await run(["policy", "export"])).out;
const statusOf = async (clientAddress: string) =>
  (await gate.ask("nginx", { clientAddress })).realStatus;

const FILE = `version: 1
platform:
  hard-limit: { exemptAllowEntries: true }
  entries: [{ range: 203.0.113.0/24, action: deny, note: new }]
accounts:
  acme:
    log-out: { enabled: true, minutes: 45 }
    audio-download: { mode: no-restrictions, whitelist: [], onlyShareable: false }
`;

it("says so where nothing waits", async () => {
  expect(await lines("policy", "unconfirmed")).toEqual(["No change waits to be confirmed."]);
});

it("takes back a whole policy file: rules and entries are as they were", async () => {
  await lines("entry", "add", "198.51.100.0/24", "--action", "deny", "--note", "old");
  const before = await rulesNow();
  const file = join(dataDir, "policy.yaml");
  writeFileSync(file, FILE);
  const said = await lines("policy", "apply", file, "--confirm-within", "10m");
  const changeId = changeIn(said);
  expect(await statusOf("203.0.113.7")).toBe(403);
  expect(await statusOf("198.51.100.7")).toBe(200);

  gate.advance(1.5 * MINUTE_MS);
  const [heading = "", row = ""] = await lines("policy", "unconfirmed");
  expect(heading.split(/ {2,}/)).toEqual(["CHANGE", "GOES BACK AT", "IN", "WHO", "WHAT"]);
  const [id, , left, who, what = ""] = row.split(/ {2,}/);
  expect([id, left, who]).toEqual([changeId, "8m", "host shell"]);
  expect(what.split(/; |, | of /).toSorted()).toEqual(
    ["hard-limit", "2 entries", "the platform", "log-out", "audio-download", "acme"].toSorted(),
  );

  const [done] = await lines("policy", "take-back", changeId);
  expect(done).toMatch(/^It is as it was before; changes (\d+, ){3}\d+ of policy history\.$/);
  expect(await rulesNow()).toBe(before);
  expect(await statusOf("203.0.113.7")).toBe(200);
  expect(await statusOf("198.51.100.7")).toBe(403);
  expect(await waiting()).toEqual([]);
  expect(await run(["policy", "take-back", changeId])).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringContaining("confirmed, was taken back, or has gone back by itself"),
  });
});

it("is not confirmed on the host's shell, and is with a token over the network", async () => {
  const deny = ["--mode", "enforce", "--deny", "DE"];
  const changeId = changeIn(await lines("country", "set", ...deny, "--confirm-within", "10m"));
  const refused = await run(["policy", "confirm", changeId]);
  expect(refused).toMatchObject({ code: 1, out: "" });
  expect(refused.err).toContain("postern: No rule refuses the host's shell");
  expect(refused.err).toContain("Confirm in the console, or with an API token");
  expect(refused.err).toContain(
    `\npostern: With a token: postern policy confirm ${changeId} --url`,
  );
  expect(await waiting()).toEqual([changeId]);

  const confirmBy = async (scope: string) => {
    const made = { name: scope, scopes: [scope] };
    const { token } = await gate.must("POST", "/api/v1/tokens", made);
    const tokenFile = join(dataDir, scope);
    writeFileSync(tokenFile, `${token}\n`);
    const url = `http://127.0.0.1:${gate.port}`;
    return run(["policy", "confirm", changeId, "--url", url, "--token-file", tokenFile]);
  };
  expect(await confirmBy("journal:read")).toMatchObject({ code: 1, out: "" });
  expect(await confirmBy("policy:write")).toEqual({
    code: 0,
    out: `Change ${changeId} is confirmed: it stays.\n`,
    err: "",
  });
  gate.advance(11 * MINUTE_MS);
  expect((await gate.must("GET", "/api/v1/policy/country")).value.mode).toBe("enforce");
  expect(await waiting()).toEqual([]);
  const { entries } = await gate.must("GET", "/api/v1/audit?limit=1");
  expect(entries).toMatchObject([{ kind: "change-confirmed" }]);
});

it.each([
  ["policy set", ["policy", "set", "hard-limit", '{"exemptAllowEntries":true}']],
  ["country set", ["country", "set", "--deny", "JP,DE"]],
  ["country set of an account", ["country", "set", "--deny", "JP", "--account", "acme"]],
  ["disable", ["disable", "country"]],
  ["entry add", ["entry", "add", "192.0.2.0/24", "--action", "deny"]],
  ["entry remove", ["entry", "remove", "198.51.100.0/24"]],
  ["policy restore", ["policy", "restore", "1"]],
])("makes a change by %s that goes back by itself", async (_name, command) => {
  const before = await rulesNow();
  const changeId = changeIn(await lines(...command, "--confirm-within", "10m"));
  expect(await rulesNow()).not.toBe(before);
  expect(await waiting()).toEqual([changeId]);
  gate.advance(10 * MINUTE_MS);
  expect(await rulesNow()).toBe(before);
  expect(await waiting()).toEqual([]);
  const { revisions } = await gate.must("GET", "/api/v1/revisions?limit=1");
  expect(revisions).toMatchObject([{ way: "went-back", actor: "system" }]);
  const told = await lines("policy", "unconfirmed");
  expect(told.slice(0, 3)).toEqual([
    "No change waits to be confirmed.",
    "",
    "Went back in the last 24 hours, as nobody confirmed it:",
  ]);
  expect(told[4]).toMatch(new RegExp(`^${changeId} .* host shell `));
});

it("brings in a file for some minutes, and tells a program which change waits", async () => {
  const before = await rulesNow();
  const bringIn = ["entry", "import", "-", "--action", "deny", "--confirm-within", "1h", "--json"];
  const made = await run(bringIn, "192.0.2.0/25\n192.0.2.128/25\n");
  expect(made).toMatchObject({ code: 0, err: "" });
  const { added, unconfirmed } = JSON.parse(made.out);
  expect([added, unconfirmed.secondsLeft]).toEqual([2, 3600]);
  expect(unconfirmed.parts).toMatchObject([{ subject: "entries", account: null, entries: 2 }]);
  const nothing = await run(bringIn.slice(0, -1), "198.51.100.0/24\n");
  expect(nothing.out.split("\n")).toEqual([
    "0 added, 1 were there already.",
    "Nothing was other than it was: nothing waits to be confirmed.",
    "",
  ]);
  expect((await lines("policy", "unconfirmed"))[1]).toMatch(/ 1h 0m +host shell +2 entries of the/);
  await lines("policy", "take-back", unconfirmed.changeId);
  expect(await rulesNow()).toBe(before);
});

it("refuses another change of the same while one waits, and names what helps", async () => {
  const set = ["policy", "set", "hard-limit"];
  const [on, off] = [true, false].map((is) => JSON.stringify({ exemptAllowEntries: is }));
  const changeId = changeIn(await lines(...set, on ?? "", "--confirm-within", "10m"));
  const refused = await run([...set, off ?? ""]);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain("A change that host shell made of it waits to be confirmed");
  expect(refused.err).toContain(`postern: To take it back: postern policy take-back ${changeId}\n`);
  const phrase = ["--override-lockout", LOCKOUT_OVERRIDE];
  await lines("policy", "take-back", changeId, ...phrase);
  await lines(...set, off ?? "");
});

it("switches a rule off that waits, and says what it took back", async () => {
  await lines("country", "set", "--mode", "enforce", "--deny", "DE", "--confirm-within", "10m");
  expect(await lines("disable", "country")).toEqual([
    "Taken back first, as it waited to be confirmed: " +
      "a change that host shell made of country of the platform.",
    "country is off for the platform.",
  ]);
  expect(await waiting()).toEqual([]);
  gate.advance(11 * MINUTE_MS);
  expect((await gate.must("GET", "/api/v1/policy/country")).value.mode).toBe("off");
});

it.each([
  [["disable", "country", "--confirm-within", "30s"], "write whole minutes, from 1m to 1d"],
  [["disable", "country", "--confirm-within", "2d"], "write whole minutes, from 1m to 1d"],
  [["policy", "take-back", "17"], "write 20 letters a-z and digits 2-7"],
  [["policy", "confirm", "a".repeat(20), "--url", "https://a.example"], "go together"],
  [
    ["policy", "confirm", "a".repeat(20), "--url", "http://a.example", "--token-file", "t"],
    "--url takes https://host",
  ],
])("asked as %j it says what is accepted", async (command, words) => {
  expect(await run(command)).toMatchObject({
    code: 2,
    out: "",
    err: expect.stringContaining(words),
  });
});
