// Dry runs say first that the guard would refuse the change, and end as the change would.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LOCKOUT_OVERRIDE } from "../../src/api/change-safety-api.ts";
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople } from "../people/start-people.ts";
import { runCommand } from "./run-command.ts";

const HERE = "81.2.69.10";
const dataDir = mkdtempSync(join(tmpdir(), "postern-dry-run-"));
const file = join(dataDir, "policy.yaml");
const PHRASE = ["--override-lockout", LOCKOUT_OVERRIDE] as const;
const FIRST =
  "Applying this would be refused: it would lock out every operator who could get in " +
  `from ${HERE} on sign-in:`;
const LAST =
  "postern: applying this would be refused: it would lock out every operator who could get in; " +
  "--override-lockout takes its phrase\n";
let portal: RunningPeople;

beforeAll(async () => {
  portal = await startPeople({ dataDir });
  const olga = await portal.addPerson({ email: "olga@example.com", isOperator: true });
  await portal.signedIn(olga, HERE);
  const entry = { range: "81.2.69.0/24", action: "deny" };
  const { id } = (await portal.must("POST", `/api/v1/entries?${override()}`, entry)).entry;
  await portal.must("DELETE", `/api/v1/entries/${id}`);
  writeFileSync(file, "version: 1\nplatform:\n  entries: [{ range: 81.2.0.0/16, action: deny }]\n");
});
afterAll(async () => {
  await portal?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function override(): string {
  return `lockoutOverride=${encodeURIComponent(LOCKOUT_OVERRIDE)}`;
}

async function latest(): Promise<number> {
  return (await portal.must("GET", "/api/v1/revisions?limit=1")).revisions[0].number;
}

it.each([
  { name: "restore", words: async () => ["policy", "restore", String(await latest())] },
  { name: "apply", words: async () => ["policy", "apply", file] },
])("$name", async ({ words }) => {
  const [command, before] = [await words(), await latest()];
  const dry = await runCommand(dataDir, [...command, "--dry-run"]);
  const lines = dry.out.split("\n");
  expect([dry.code, lines[0], dry.err]).toEqual([1, FIRST, LAST]);
  expect(dry.out).toContain("first: postern entry add 81.2.69.10 --action allow\n");
  expect(dry.out).toContain("would be decided differently.\n");
  expect(lines.at(-2)).toBe("This was a dry run: nothing was changed.");

  const json = await runCommand(dataDir, [...command, "--dry-run", "--json"]);
  expect([json.code, json.err]).toEqual([1, LAST]);
  expect(JSON.parse(json.out).preview.lockout).toMatchObject({ who: "operators", address: HERE });

  const real = await runCommand(dataDir, command);
  expect([real.code, real.out]).toEqual([1, ""]);
  expect(real.err).toContain("it would lock out every operator who could get in");

  const meant = await runCommand(dataDir, [...command, "--dry-run", ...PHRASE]);
  expect([meant.code, meant.err]).toEqual([0, ""]);
  expect(meant.out.split("\n")[0]).toMatch(/^The phrase would override this: it would lock out /);
  expect(await latest()).toBe(before);
});
