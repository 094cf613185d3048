// Rules as a file, by the commands: exported, compared, applied elsewhere, all of it or nothing.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { decideRequest } from "../../src/core/gate/decide-request.ts";
import { SURFACES } from "../../src/core/network/surface.ts";
import { startGate } from "../attacks/start-gate.ts";
import type { RunningGate } from "../attacks/start-gate.ts";
import { addressOf } from "../network/example-network.ts";
import { runCommand } from "./run-command.ts";

const ADDRESSES = 50_000;
const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), "postern-file-")));
const [here = "", there = ""] = folders;
const file = join(here, "policy.yaml");
let source: RunningGate;
let target: RunningGate;

beforeAll(async () => {
  source = await startGate({ dataDir: here });
  target = await startGate({ dataDir: there });
  await source.must("POST", "/api/v1/accounts", { code: "acme", name: "Acme: #1" });
  const country = {
    mode: "enforce",
    defaultAction: "allow",
    countries: { JP: "deny" },
    unknown: "allow",
    private: "allow",
  };
  await source.must("PUT", "/api/v1/policy/country", { value: country });
  const own = { ...country, countries: { GB: "deny", DE: "deny" } };
  await source.must("PUT", "/api/v1/policy/country?account=acme", { value: own });
  const logOut = { value: { enabled: true, minutes: 45 } };
  await source.must("PUT", "/api/v1/identity-policies/log-out?account=acme", logOut);
  const audio = { mode: "whitelist-or-user", whitelist: ["192.0.2.0/24"], onlyShareable: true };
  await source.must("PUT", "/api/v1/audio-download?account=acme", { value: audio });
  for (const [range, action, account] of [
    ["100.64.0.0/10", "deny", undefined],
    ["100.64.7.0/24", "allow", undefined],
    ["2001:db8::/33", "deny", undefined],
    ["5.9.1.0/24", "allow", "acme"],
    ["60.0.0.0-60.127.255.9", "deny", "acme"],
  ] as const) {
    await source.must("POST", "/api/v1/entries", { range, action, account, note: "no: #1" });
  }
});

afterAll(async () => {
  await source?.stop();
  await target?.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function run(dataDirectory: string, ...words: readonly string[]) {
  return runCommand(dataDirectory, ["policy", ...words]);
}

function upload(gate: RunningGate, path: string, text: string) {
  return gate.upload(`/api/v1/policy-file/${path}`, "application/yaml", text);
}

/** Of every part of both families, by a fixed step; those of the lists among them. */
function addressAt(index: number): string {
  const bits = (index * 2_654_435_761) >>> 0;
  const bytes = [bits >>> 24, (bits >>> 16) & 255, (bits >>> 8) & 255, bits & 255];
  if (index % 5 === 0)
    return `2001:${index % 2 === 0 ? "db8" : "200"}:${bits.toString(16).slice(-4)}::1`;
  const near = [
    [5, 9],
    [100, 64],
    [133, 11],
    [60, bytes[1]],
  ][index % 8];
  return (near === undefined ? bytes : [...near, ...bytes.slice(2)]).join(".");
}

function decisionsOf({ server }: RunningGate): readonly string[] {
  const { state, clock } = server.network;
  return Array.from({ length: ADDRESSES }, (_, index) => {
    const account = index % 3 === 0 ? null : "acme";
    const place = { surface: index % SURFACES.length, account };
    const asked = { address: addressOf(addressAt(index)), places: [place], play: null };
    const how = { nowMs: clock.nowMs(), counting: "peek" } as const;
    const { network } = decideRequest(state, { ...asked, countsAgainstRate: false }, how);
    return `${network.verdict} ${network.reason}`;
  });
}

it("brings the same decisions to another installation, and changes nothing twice", async () => {
  const exported = await run(here, "export");
  expect(exported).toMatchObject({ code: 0, err: "" });
  writeFileSync(file, exported.out);
  expect(await run(here, "diff", file)).toMatchObject({
    code: 0,
    out: "There is nothing to change.\n",
  });
  const missing = await run(there, "apply", file);
  expect(missing.code).toBe(1);
  expect(missing.err).toMatch(/line \d+, column 3: No account has the code "acme"/);
  expect(decisionsOf(target)).not.toEqual(decisionsOf(source));

  const dry = await run(there, "apply", file, "--create-accounts", "--dry-run");
  expect(dry.out).toContain("+ country.countries.JP: deny");
  expect(dry.out).toContain('+ deny 100.64.0.0/10 "no: #1"');
  expect(dry.out).toContain("This was a dry run");
  expect(await target.must("GET", "/api/v1/accounts")).toEqual({ accounts: [] });

  const applied = await run(there, "apply", file, "--create-accounts");
  expect(applied).toMatchObject({ code: 0, err: "" });
  const [before, after] = [decisionsOf(source), decisionsOf(target)];
  expect(after).toEqual(before);
  expect(new Set(before).size).toBeGreaterThanOrEqual(4);
  const { accounts } = await target.must("GET", "/api/v1/accounts");
  expect(accounts).toMatchObject([{ code: "acme", name: "Acme: #1" }]);
  const audio = "/api/v1/audio-download?account=acme";
  expect((await target.must("GET", audio)).value).toEqual((await source.must("GET", audio)).value);
  const logOut = "/api/v1/identity-policies/log-out?account=acme";
  expect((await target.must("GET", logOut)).value).toEqual({ enabled: true, minutes: 45 });

  const again = await run(there, "apply", file);
  expect(again).toMatchObject({ code: 0, out: "There is nothing to change.\n" });
  expect((await target.must("GET", logOut)).version).toBe(1);
  expect((await run(there, "export")).out).toBe(exported.out);
});

it("shows a difference, with exit code 2, and stores nothing of it", async () => {
  const changed = join(here, "changed.yaml");
  const log = "accounts: { acme: { log-out: { enabled: false, minutes: 45 } } }";
  writeFileSync(changed, `version: 1\nplatform: { entries: [] }\n${log}\n`);
  const { code, out, err } = await run(here, "diff", changed);
  expect({ code, err }).toEqual({
    code: 2,
    err: "postern: 1 setting differs, 3 entries differ; nothing was changed\n",
  });
  expect(out).toContain("account acme\n  ~ log-out.enabled: yes -> no\n");
  expect(out).toContain('  - allow 100.64.7.0/24 "no: #1"\n');
  expect((await source.must("GET", "/api/v1/entries")).total).toBe(3);
  const json = await run(here, "diff", changed, "--json");
  expect([json.code, JSON.parse(json.out).isSame]).toEqual([2, false]);
});

it.each([["diff"], ["diff", "policy.yaml", "--yes"], ["apply", "policy.yaml", "--period", "1h"]])(
  "asked wrongly, exit code 2 too, prints nothing on standard output: %j %j",
  async (...words) => {
    expect(await run(here, ...words)).toMatchObject({ code: 2, out: "" });
  },
);

it("tells every fault with line and column", async () => {
  const bad = "version: 1\nplatform:\n  log-out: { enabled: yes, minutes: 5 }\n  entrys: []\n";
  const { status, json } = await upload(source, "plan", bad);
  expect(status).toBe(400);
  expect(json).toMatchObject({ code: "policy-file-refused", errorCount: 3 });
  expect(json.errors.map(({ line, column }: Record<string, number>) => [line, column])).toEqual([
    [3, 14],
    [3, 28],
    [4, 3],
  ]);
  const noText = await source.upload(
    "/api/v1/policy-file/plan",
    "application/yaml",
    Buffer.from([0x76, 0xff]),
  );
  expect(noText.json.code).toBe("policy-file-no-text");
});

it("refuses what has moved on since the plan, and a very wide range", async () => {
  const path = "/api/v1/policy/hard-limit";
  const text = "version: 1\nplatform: { hard-limit: { exemptAllowEntries: true } }\n";
  const { fingerprint } = (await upload(source, "plan", text)).json;
  await source.must("PUT", path, { value: { exemptAllowEntries: true } });
  await source.must("PUT", path, { value: { exemptAllowEntries: false } });
  const late = await upload(source, `apply?fingerprint=${fingerprint}`, text);
  expect(late).toMatchObject({ status: 412, json: { code: "policy-file-moved-on" } });
  expect((await source.must("GET", path)).value).toEqual({ exemptAllowEntries: false });

  const wide = "version: 1\nplatform: { entries: [{ range: 0.0.0.0/3, action: allow }] }\n";
  const refused = await upload(source, "apply", wide);
  expect(refused.json.errors).toMatchObject([{ line: 2, column: 25 }]);
  expect((await upload(source, "plan?confirmWide=true", wide)).status).toBe(200);
});

it("stores nothing at all where one of its changes cannot be stored", async () => {
  const before = (await run(here, "export")).out;
  const { database } = source.server.network;
  await database.transaction(async (trx) => {
    await sql`create trigger full before update on recordings_policy
      begin select raise(abort, 'the disk is full'); end`.execute(trx);
  });
  const text =
    "version: 1\nplatform: { hard-limit: { exemptAllowEntries: true }, entries: [] }\n" +
    "accounts: { acme: { log-out: { enabled: false, minutes: 99 }, audio-download: " +
    "{ mode: no-restrictions, whitelist: [], onlyShareable: false } } }\n";
  const failed = await upload(source, "apply", text);
  await database.transaction((trx) => sql`drop trigger full`.execute(trx));
  expect(failed.status).toBeGreaterThanOrEqual(500);
  expect((await run(here, "export")).out).toBe(before);

  expect((await upload(source, "apply", text)).json).toMatchObject({ isSame: false });
  expect((await source.must("GET", "/api/v1/entries")).total).toBe(0);
});
