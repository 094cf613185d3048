// `postern traffic import` as typed: what it says of what it took, and of lines it did not.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startGate } from "../attacks/start-gate.ts";
import type { RunningGate } from "../attacks/start-gate.ts";
import { runCommand } from "./run-command.ts";

const dataDir = mkdtempSync(join(tmpdir(), "postern-traffic-"));
let gate: RunningGate;
beforeAll(async () => {
  gate = await startGate({ dataDir });
});
afterAll(async () => {
  await gate?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

function line(address: string): string {
  const at = new Date(gate.nowMs() - 600_000).toISOString();
  const day = `${at.slice(8, 10)}/${MONTHS[Number(at.slice(5, 7)) - 1]}/${at.slice(0, 4)}`;
  return `${address} - - [${day}:${at.slice(11, 19)} +0000] "GET / HTTP/1.1" 200 1 "-" "x"\n`;
}

function bringIn(log: string) {
  return runCommand(dataDir, ["traffic", "import", "-", "--surface", "portal"], log);
}

it("counts one as one, and shows a bad line how a good one is written", async () => {
  const one = await bringIn(`${line("203.0.113.7")}what is this\n`);
  expect(one.code).toBe(0);
  expect(one.out).toMatch(/^1 request of 1 address, \S+ to \S+\.\n/);
  expect(one.out).toContain("\n1 is new; 0 were known already.\n");
  expect(one.err).toContain(
    "left out: line 2: This is no line of the combined format; write it like 203.0.113.7 - - [",
  );
  const two = await bringIn(line("203.0.113.7") + line("203.0.113.8"));
  expect(two.out).toMatch(/^2 requests of 2 addresses, /);
  expect(two.out).toContain("\n1 is new; 1 was known already.\n");
});
