// The history of the rules by the commands: listed, shown, previewed and gone back in.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startGate } from "../attacks/start-gate.ts";
import type { RunningGate } from "../attacks/start-gate.ts";
import { runCommand } from "./run-command.ts";

const dataDir = mkdtempSync(join(tmpdir(), "postern-history-"));
let gate: RunningGate;

beforeAll(async () => {
  gate = await startGate({ dataDir });
  for (const code of ["acme", "beta"]) {
    await gate.must("POST", "/api/v1/accounts", { code, name: code });
  }
});
afterAll(async () => {
  await gate?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function run(...words: readonly string[]) {
  return runCommand(dataDir, words);
}

/** What a command that succeeds prints, line by line. */
async function lines(...words: readonly string[]): Promise<readonly string[]> {
  const { code, out, err } = await run(...words);
  expect([code, err]).toEqual([0, ""]);
  return out.split("\n").slice(0, -1);
}

/** The newest change: number, what, whose, who and by which way. */
async function newest(...options: readonly string[]): Promise<readonly string[]> {
  const [, row = ""] = (await run("policy", "history", "--limit", "1", ...options)).out.split("\n");
  const [number = "", , ...said] = row.split(/ {2,}/);
  return [number, ...said];
}

it("says so where nothing was changed", async () => {
  expect(await lines("policy", "history")).toEqual(["Nothing was changed yet."]);
  expect(await run("policy", "show", "1")).toMatchObject({
    code: 1,
    err: expect.stringContaining("There is no such revision"),
  });
});

it("lists a section's change, shows it, previews going back, and goes back", async () => {
  for (const clientAddress of ["5.9.0.1", "5.9.0.2"]) await gate.ask("nginx", { clientAddress });
  await lines("country", "set", "--mode", "enforce", "--deny", "DE");
  const [number = "", ...told] = await newest();
  expect(told).toEqual(["country", "the platform", "host shell", "host-shell"]);

  const shown = await lines("policy", "show", number);
  expect(shown[0]).toBe(`Change ${number}: country of the platform`);
  expect(shown[1]).toMatch(/^20\d\d-.*Z, host shell \(host-shell\)$/);
  expect(shown.slice(2)).toEqual(
    expect.arrayContaining(["--- country.yaml  before", "-mode: off", "+mode: enforce"]),
  );
  const json = JSON.parse((await lines("policy", "show", number, "--json")).join("\n"));
  expect(json).toMatchObject({ number: Number(number), subject: "country" });

  const restore = ["policy", "restore", number] as const;
  const dry = await lines(...restore, "--dry-run");
  expect(dry[0]).toBe("Changed: country of the platform");
  expect(dry).toContain("2 requests from 2 addresses would be decided differently.");
  expect(dry).toContain("  refuse -> pass: 2 requests, 2 addresses");
  expect(dry.at(-1)).toBe("This was a dry run: nothing was changed.");
  expect(await newest()).toEqual([number, ...told]);

  const [back] = await lines(...restore);
  const [second = "", ...word] = await newest();
  expect(back).toBe(`It is as it was before change ${number}; this is change ${second}.`);
  expect(word).toEqual(["country", "the platform", "host shell", `restore of ${number}`]);
  expect((await gate.must("GET", "/api/v1/policy/country")).value.mode).toBe("off");

  const nothing = ["Nothing is other than it was then."];
  expect(await lines(...restore)).toEqual(nothing);
  expect(await lines(...restore, "--dry-run")).toEqual(nothing);
  await lines(...restore, "--to", "after");
  expect((await gate.must("GET", "/api/v1/policy/country")).value.mode).toBe("enforce");
});

it("brings back an entry of an account that was removed by mistake", async () => {
  const range = "203.0.113.0/24";
  for (const account of ["acme", "beta"]) {
    const added = ["--action", "deny", "--note", "old", "--account", account];
    await lines("entry", "add", range, ...added);
  }
  await lines("entry", "remove", "203.0.113.0-203.0.113.255", "--account", "acme");
  const rangesOf = async (account: string) => {
    const { entries } = await gate.must("GET", `/api/v1/entries?account=${account}`);
    return entries.map((entry: { range: string; note: string }) => `${entry.range} ${entry.note}`);
  };
  expect([await rangesOf("acme"), await rangesOf("beta")]).toEqual([[], [`${range} old`]]);

  const [number = "", ...told] = await newest("--account", "acme");
  expect(told).toEqual(["1 entry", "acme", "host shell", "host-shell"]);
  expect((await lines("policy", "show", number)).slice(2)).toEqual([`- ${range} deny "old"`]);
  const dry = await lines("policy", "restore", number, "--dry-run");
  expect(dry[0]).toBe("Changed: 1 entry added, 0 removed, of acme");
  await lines("policy", "restore", number);
  expect(await rangesOf("acme")).toEqual([`${range} old`]);
});
