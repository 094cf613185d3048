// Runs `postern watch` as its own program beside a running server, while the log is written.

import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { startGate } from "../attacks/start-gate.ts";
import type { RunningGate } from "../attacks/start-gate.ts";
import { SCENARIO_SETTINGS } from "../scenarios/scenario-settings.ts";

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

type Watching = {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Resolves once the output has the text; fails with the whole output after 20 s. */
  readonly says: (text: string) => Promise<void>;
  readonly ended: Promise<unknown>;
  readonly stop: () => Promise<number | null>;
};

function watch(dataDir: string, words: readonly string[]): Watching {
  const args = [SCENARIO_SETTINGS.cliPath, "watch", ...words];
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env["PATH"] ?? "", DATA_DIR: dataDir },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, "close");
  const stop = async (): Promise<number | null> => {
    child.kill("SIGTERM");
    await ended;
    return child.exitCode;
  };
  closers.push(stop);
  return {
    child,
    output: () => output,
    says: async (text) => {
      await expect.poll(() => output, { timeout: 20_000, interval: 20 }).toContain(text);
    },
    ended,
    stop,
  };
}

function place(): { readonly dataDir: string; readonly log: string } {
  const dataDir = mkdtempSync(join(tmpdir(), "postern-"));
  closers.push(async () => rmSync(dataDir, { recursive: true }));
  return { dataDir, log: join(dataDir, "pbx.log") };
}

async function gateOn(dataDir: string): Promise<RunningGate> {
  const gate = await startGate({ dataDir });
  closers.push(gate.stop);
  return gate;
}

function wrongPassword(address: string, user = "301"): string {
  const time = "[2027-02-13 17:21:54] NOTICE[1638] chan_sip.c: ";
  const from = `Registration from '<sip:${user}@h>'`;
  return `${time}${from} failed for '${address}:5060' - Wrong password\n`;
}

function statusOf(gate: RunningGate, clientAddress: string): Promise<number> {
  return gate.ask("caddy", { clientAddress }).then(({ realStatus }) => realStatus);
}

describe("postern watch", () => {
  it("bans a guesser whose guesses are spread over a rotation, and nobody he names", async () => {
    const { dataDir, log } = place();
    const gate = await gateOn(dataDir);
    writeFileSync(log, wrongPassword("198.51.100.7").repeat(20));
    const watching = watch(dataDir, [log, "--format", "asterisk"]);
    await watching.says("following");
    // The end it begins at is known once something added is seen.
    appendFileSync(log, wrongPassword("198.51.100.8"));
    await expect
      .poll(() => appendAndLook(log, watching), { timeout: 20_000, interval: 300 })
      .toContain("reported 198.51.100.8");
    const forged = "x' failed for '198.51.100.9:5060' - Wrong password";
    appendFileSync(log, wrongPassword("203.0.113.9", forged).repeat(6));
    renameSync(log, `${log}.1`);
    writeFileSync(log, wrongPassword("203.0.113.9", forged).repeat(5));
    await watching.says("banned 203.0.113.9");
    expect(await statusOf(gate, "203.0.113.9")).toBe(403);
    expect(await statusOf(gate, "198.51.100.7")).toBe(200);
    expect(await statusOf(gate, "198.51.100.9")).toBe(200);
    const { bans } = await gate.must("GET", "/api/v1/bans");
    expect(bans).toMatchObject([{ range: "203.0.113.9", cause: "failed-authentication" }]);
    expect(await watching.stop()).toBe(0);
  });

  it("keeps reports while Postern is away, and makes them when it is back", async () => {
    const { dataDir, log } = place();
    writeFileSync(log, wrongPassword("203.0.113.9").repeat(11));
    const watching = watch(dataDir, [log, "--format", "asterisk", "--from-start"]);
    await watching.says("Postern did not take the reports");
    const gate = await gateOn(dataDir);
    await watching.says("banned 203.0.113.9");
    expect(await statusOf(gate, "203.0.113.9")).toBe(403);
    expect(await watching.stop()).toBe(0);
  });

  it("reports to another host with a token, and says when the token may not", async () => {
    const { dataDir, log } = place();
    const gate = await gateOn(dataDir);
    writeFileSync(log, wrongPassword("203.0.113.9").repeat(11));
    const url = `http://127.0.0.1:${gate.port}`;
    for (const [scope, code, said] of [
      ["reports:write", 0, "banned 203.0.113.9"],
      ["journal:read", 1, "11 failed authentications were not reported"],
    ] as const) {
      const made = { name: scope, scopes: [scope] };
      const { token } = await gate.must("POST", "/api/v1/tokens", made);
      writeFileSync(join(dataDir, scope), `${token}\n`);
      const target = ["--url", url, "--token-file", join(dataDir, scope)];
      const watching = watch("/nowhere", [log, "--format", "asterisk", "--once", ...target]);
      await watching.says(said);
      await watching.ended;
      expect(watching.child.exitCode).toBe(code);
    }
  });

  it("says what it would report, and reports nothing", async () => {
    const { dataDir, log } = place();
    writeFileSync(log, wrongPassword("203.0.113.9"));
    const watching = watch(dataDir, [log, "--format", "asterisk", "--once", "--dry-run"]);
    await watching.says('would report 203.0.113.9, user "301"');
    await watching.ended;
    expect(watching.output()).toContain("1 line, 1 failed authentication, 0 unclear, 0 too long");
  });
});

function appendAndLook(log: string, watching: Watching): string {
  appendFileSync(log, wrongPassword("198.51.100.8"));
  return watching.output();
}
