// Starts a portal with its console on a port known beforehand, for browsers to visit.

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startDemoProviders } from "../../src/cli/demo/start-demo-providers.ts";
import type { DemoProviders } from "../../src/cli/demo/start-demo-providers.ts";
import type { Clock } from "../../src/platform/clock.ts";
import { countryFile, startGate } from "../attacks/start-gate.ts";
import type { RunningGate } from "../attacks/start-gate.ts";
import { createStandingClock } from "../contracts/open-store.ts";
import { freePort } from "../scenarios/free-port.ts";

export type StartBrowserPortal = {
  readonly env?: Readonly<Record<string, string>>;
  /** By which browsers reach it; an IP address, for which there are no passkeys, by default. */
  readonly host?: "127.0.0.1" | "localhost";
  /** The clock stands still at this time; without it, it runs and can be turned forward. */
  readonly standsAtMs?: number;
  /** Puts into the data directory what is there before the first start. */
  readonly prepare?: (dataDir: string) => Promise<void>;
  /** Google and Microsoft are there, in small, for people to sign in by. */
  readonly hasProviders?: boolean;
};

export type BrowserPortal = RunningGate & {
  /** What PUBLIC_URL says: scheme, host and port. */
  readonly origin: string;
  readonly dataDir: string;
  /** Null without `hasProviders`. Nothing is added to the portal yet. */
  readonly providers: DemoProviders | null;
  /** Log lines about mistakes of the server's own; whoever has read them empties the list. */
  readonly failures: string[];
};

const BUILT_CONSOLE = fileURLToPath(new URL("../../dist/web/index.html", import.meta.url));

const DAY_MS = 86_400_000;

/** Where the visitors of the suites come from. */
const COUNTRIES = { "81.2.69.0/24": "GB", "133.11.0.0/16": "JP" };

/** The console is taken as it was built last: `npm run build`. */
export async function startBrowserPortal(wanted: StartBrowserPortal = {}): Promise<BrowserPortal> {
  if (!existsSync(BUILT_CONSOLE)) throw new Error("dist/web is missing: npm run build");
  const dataDir = mkdtempSync(join(tmpdir(), "postern-browser-"));
  const port = await freePort();
  const origin = `http://${wanted.host ?? "127.0.0.1"}:${port}`;
  const clock =
    wanted.standsAtMs === undefined ? createTurnedClock() : createStandingClock(wanted.standsAtMs);
  mkdirSync(join(dataDir, "geo"));
  // A file of the future would be refused.
  const countries = countryFile(COUNTRIES, clock.nowMs() - DAY_MS);
  writeFileSync(join(dataDir, "geo", "country.mmdb"), countries);
  await wanted.prepare?.(dataDir);
  const failures: string[] = [];
  const providers = wanted.hasProviders === true ? await startDemoProviders(origin) : null;
  const stopOthers = async (): Promise<void> => {
    await providers?.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const gate = await startGate({
    env: { LISTEN: `127.0.0.1:${port}`, PUBLIC_URL: origin, ...wanted.env },
    clock,
    dataDir,
    ...(providers === null ? {} : { standIns: providers.standIns }),
    onLogLine: (line) => {
      const { level } = JSON.parse(line) as { readonly level: string };
      if (level === "error" || level === "fatal") failures.push(line);
    },
  }).catch(async (error: unknown) => {
    await stopOthers();
    throw error;
  });
  return {
    ...gate,
    origin,
    dataDir,
    providers,
    failures,
    advance: clock.advance,
    stop: async () => {
      await gate.stop();
      await stopOthers();
    },
  };
}

/** The machine's own time, and what was turned on top of it: browsers run on the same time. */
function createTurnedClock(): Required<Clock> & { readonly advance: (ms: number) => void } {
  let turnedMs = 0;
  return {
    nowMs: () => Date.now() + turnedMs,
    steadyMs: () => performance.now() + turnedMs,
    advance: (ms) => {
      turnedMs += ms;
    },
  };
}
