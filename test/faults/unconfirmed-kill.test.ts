// A process that is killed while a change waits to be confirmed: the change goes back in time.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, expect, it } from "vitest";
import { createShell } from "../attacks/start-gate.ts";
import { countryRule, MINUTE_MS } from "../attacks/waiting-changes.ts";
import { freePort } from "../scenarios/free-port.ts";
import { startProcess } from "../scenarios/start-process.ts";
import type { RunningProcess } from "../scenarios/start-process.ts";

const dataDir = mkdtempSync(join(tmpdir(), "postern-unconfirmed-"));
const shell = createShell(join(dataDir, "control.sock"));
let program: RunningProcess | null = null;
let port = 0;

afterEach(() => kill());
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function startAhead(aheadMs: number): Promise<void> {
  port = await freePort();
  program = await startProcess({
    command: process.execPath,
    args: ["--import", "tsx", join(import.meta.dirname, "serve-at.ts")],
    cwd: process.cwd(),
    port,
    env: {
      PATH: dirname(process.execPath),
      LISTEN: `127.0.0.1:${port}`,
      DATA_DIR: dataDir,
      AHEAD_MS: String(aheadMs),
    },
  });
}

async function kill(): Promise<void> {
  program?.signal("SIGKILL");
  await program?.stop();
  program = null;
}

async function rules(): Promise<unknown> {
  const { text } = await shell.api("GET", "/api/v1/policy-file");
  return text.split("\n").toSorted();
}

it("goes back after a kill -9 in between, whole, and is confirmed by nobody's crash", async () => {
  await startAhead(0);
  await shell.must("PUT", "/api/v1/policy/country", countryRule("JP"));
  await shell.must("POST", "/api/v1/entries", {
    range: "203.0.113.9",
    action: "allow",
    note: "the office",
  });
  const before = await rules();
  const file = {
    version: 1,
    platform: {
      country: countryRule("DE").value,
      "log-out": { enabled: true, minutes: 99 },
      entries: [{ range: "198.51.100.0/24", action: "deny", note: "tried" }],
    },
  };
  const path = "/api/v1/policy-file/apply?confirmMinutes=10";
  const applied = await shell.upload(path, "application/yaml", JSON.stringify(file));
  expect([applied.status, applied.text]).toEqual([200, expect.any(String)]);
  const tried = await rules();
  await kill();

  await startAhead(5 * MINUTE_MS);
  expect(await rules()).toEqual(tried);
  const { changes } = await shell.must("GET", "/api/v1/unconfirmed-changes");
  expect(changes).toMatchObject([{ changeId: applied.json.changeId }]);
  await kill();

  await startAhead(10 * MINUTE_MS);
  // The first that is asked of it is answered by the rules as they were.
  const gate = { "X-Original-URL": "https://portal.example.com/", "X-Original-Method": "GET" };
  const answer = await fetch(`http://127.0.0.1:${port}/gate/nginx`, { headers: gate });
  expect(answer.status).toBe(200);
  expect(await rules()).toEqual(before);
  expect((await shell.must("GET", "/api/v1/unconfirmed-changes")).changes).toEqual([]);
  const { revisions } = await shell.must("GET", "/api/v1/revisions?limit=3");
  expect(revisions.map(({ way }: { way: string }) => way)).toEqual(Array(3).fill("went-back"));
}, 120_000);
