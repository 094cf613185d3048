// Attack row 46, and a killed process: bans outlive the program, and end when they said.

import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStandingClock } from "../contracts/open-store.ts";
import { freePort } from "../scenarios/free-port.ts";
import { SCENARIO_SETTINGS } from "../scenarios/scenario-settings.ts";
import { startProcess } from "../scenarios/start-process.ts";
import type { RunningProcess } from "../scenarios/start-process.ts";
import { createShell, startGate } from "./start-gate.ts";
import type { RunningGate } from "./start-gate.ts";

const DAY_MS = 86_400_000;

describe("attack row 46: long ban", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "postern-"));
  const clock = createStandingClock();
  let gate: RunningGate;

  beforeAll(async () => {
    gate = await startGate({ dataDir, clock });
  });
  afterAll(async () => {
    await gate?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function restart(): Promise<void> {
    await gate.stop();
    gate = await startGate({ dataDir, clock });
  }

  async function banFor(address: string, durationSeconds: number): Promise<void> {
    await gate.must("PUT", "/api/v1/policy/ban", {
      value: {
        durationSeconds,
        escalation: { enabled: false, durationSecondsMax: 31_536_000 },
        scope: "everywhere",
        ipv6PrefixLength: 64,
      },
    });
    const told = await gate.must("POST", "/api/v1/reports", { address, count: 11 });
    expect(told.banned).toEqual([address]);
  }

  async function reasonFor(clientAddress: string): Promise<string | null> {
    const answer = await gate.ask("nginx", { clientAddress });
    return answer.realStatus === 200 ? null : (await gate.decisionOf(answer)).reason;
  }

  it("of 30 days, a year and for good hold after restarts and end on time", async () => {
    const [month, year, always] = ["203.0.113.30", "203.0.113.36", "203.0.113.99"] as const;
    const madeMs = clock.nowMs();
    await banFor(month, 30 * 86_400);
    await banFor(year, 31_536_000);
    await banFor(always, 1800);
    const [ban] = (await gate.must("GET", `/api/v1/bans?covering=${always}`)).bans;
    await gate.must("POST", `/api/v1/bans/${ban.id}/make-permanent`);

    await restart();
    expect(await reasonFor(month)).toBe("banned");
    expect(await reasonFor(year)).toBe("banned");
    expect(await reasonFor(always)).toBe("on-deny-list");
    const { bans } = await gate.must("GET", "/api/v1/bans");
    expect(bans.map((one: { endsAt: string }) => Date.parse(one.endsAt) - madeMs)).toEqual([
      365 * DAY_MS,
      30 * DAY_MS,
    ]);

    clock.advance(30 * DAY_MS - 1);
    await restart();
    expect(await reasonFor(month)).toBe("banned");
    clock.advance(1);
    expect(await reasonFor(month)).toBeNull();

    clock.advance(335 * DAY_MS - 1);
    expect(await reasonFor(year)).toBe("banned");
    await restart();
    expect(await reasonFor(year)).toBe("banned");
    clock.advance(1);
    expect(await reasonFor(year)).toBeNull();
    expect(await reasonFor(always)).toBe("on-deny-list");
    expect((await gate.must("GET", "/api/v1/bans")).bans).toEqual([]);
  });

  it("a released ban stays released", async () => {
    await banFor("203.0.113.31", 31_536_000);
    await gate.must("POST", "/api/v1/bans/release", { address: "203.0.113.31" });
    await restart();
    expect(await reasonFor("203.0.113.31")).toBeNull();
  });
});

describe("a process that is killed", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "postern-"));
  const shell = createShell(join(dataDir, "control.sock"));
  let program: RunningProcess;
  let port: number;

  async function start(): Promise<void> {
    port = await freePort();
    program = await startProcess({
      command: process.execPath,
      args: [SCENARIO_SETTINGS.cliPath, "serve"],
      cwd: dataDir,
      port,
      env: {
        PATH: `${dirname(process.execPath)}:${SCENARIO_SETTINGS.searchPath}`,
        LISTEN: `127.0.0.1:${port}`,
        DATA_DIR: dataDir,
        TRUSTED_PROXIES: "127.0.0.1",
      },
    });
  }

  /** Ended by SIGKILL in the same turn as the answer arrives. */
  async function kill(): Promise<void> {
    program.signal("SIGKILL");
    await program.stop();
  }

  function ask(clientAddress: string, onAnswer: (status: number) => void): Promise<number> {
    return new Promise((resolve, reject) => {
      const headers = {
        "X-Forwarded-For": clientAddress,
        "X-Forwarded-Method": "GET",
        "X-Forwarded-Host": "audio.example.com",
        "X-Forwarded-Uri": `/recording-${Math.random()}`,
      };
      const options = { host: "127.0.0.1", port, path: "/gate/caddy", headers, agent: false };
      const sent = request(options, (response) => {
        const status = response.statusCode ?? 0;
        onAnswer(status);
        response.on("error", () => undefined);
        response.resume();
        resolve(status);
      });
      sent.on("error", reject);
      sent.end();
    });
  }

  beforeAll(start);
  afterAll(async () => {
    await program?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it("right after the 429 that banned: still banned when it is back", async () => {
    const address = "203.0.113.9";
    const routes = [
      { host: "audio.example.com", pathPrefix: "/", surface: "audio", account: null },
    ];
    await shell.must("PUT", "/api/v1/policy/routes", { value: { routes } });
    for (let index = 0; index < 50; index += 1) {
      expect(await ask(address, () => undefined)).toBe(200);
    }
    // What comes after the 51st answer does not matter: the signal is sent while it is read.
    const over = await ask(address, () => program.signal("SIGKILL"));
    expect(over).toBe(429);
    await kill();
    await start();
    const { bans } = await shell.must("GET", "/api/v1/bans");
    expect(bans).toMatchObject([{ range: address, cause: "rate-limit", holds: "audio" }]);
    expect(await ask(address, () => undefined)).toBe(403);
  });

  it("right after an entry was confirmed: it is on the list when it is back", async () => {
    const order = { range: "203.0.113.10", action: "deny" };
    await shell.must("POST", "/api/v1/entries", order);
    await kill();
    await start();
    expect(await ask("203.0.113.10", () => undefined)).toBe(403);
    expect((await shell.must("GET", "/api/v1/entries")).entries).toMatchObject([order]);
  });
});
