// Runs a scenario from the command line and prints what was seen: `npm run scenario -- proxies`.

import { ACCESS_LOG_CHECKS } from "./access-log-checks.ts";
import { startAccessLogWorld } from "./access-log-world.ts";
import { FACTOR_CHECKS } from "./factor-checks.ts";
import { startFactorWorld } from "./factor-world.ts";
import { PROXY_KINDS } from "./proxy-files.ts";
import type { ProxyKind } from "./proxy-files.ts";
import { PROXY_CHECKS } from "./proxy-scenario.ts";
import { startProxyWorld } from "./proxy-world.ts";
import { RECORDINGS_CHECKS } from "./recordings-checks.ts";
import { startRecordingsWorld } from "./recordings-world.ts";
import { isSkipped } from "./scenario-settings.ts";
import { SESSION_CHECKS } from "./session-checks.ts";
import { startSessionWorld } from "./session-world.ts";
import { SSO_CHECKS } from "./sso-checks.ts";
import { startSsoWorld } from "./sso-world.ts";
import { startSwiftWorld, SWIFT_CHECKS } from "./swift-checks.ts";

/** What is tried, in order, once everything runs. */
type Started = {
  readonly checks: readonly { readonly name: string; readonly run: () => Promise<string> }[];
  readonly stop: () => Promise<void>;
};

/** One scenario behind each proxy, or without any. */
type Scenario =
  | { readonly behind: "proxies"; readonly start: (kind: ProxyKind) => Promise<Started> }
  | { readonly behind: "none"; readonly start: () => Promise<Started> };

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  proxies: {
    behind: "proxies",
    start: async (kind) => {
      const world = await startProxyWorld(kind);
      const checks = PROXY_CHECKS.map(({ name: check, run }) => ({
        name: check,
        run: () => run(world),
      }));
      return { checks, stop: world.stop };
    },
  },
  sessions: {
    behind: "proxies",
    start: async (kind) => {
      const world = await startSessionWorld(kind);
      const checks = SESSION_CHECKS.map(({ name: check, run }) => ({
        name: check,
        run: () => run(world),
      }));
      return { checks, stop: world.stop };
    },
  },
  recordings: {
    behind: "none",
    start: async () => {
      const world = await startRecordingsWorld();
      const checks = RECORDINGS_CHECKS.map(({ name: check, run }) => ({
        name: check,
        run: () => run(world),
      }));
      return { checks, stop: world.stop };
    },
  },
  "second-factor": {
    behind: "none",
    start: async () => {
      const world = await startFactorWorld();
      const checks = FACTOR_CHECKS.map(({ name: check, run }) => ({
        name: check,
        run: () => run(world),
      }));
      return { checks, stop: world.stop };
    },
  },
  "access-log": {
    behind: "none",
    start: async () => {
      const world = await startAccessLogWorld();
      const checks = ACCESS_LOG_CHECKS.map(({ name: check, run }) => ({
        name: check,
        run: () => run(world),
      }));
      return { checks, stop: world.stop };
    },
  },
  swift: {
    behind: "none",
    start: async () => {
      const world = await startSwiftWorld();
      const checks = SWIFT_CHECKS.map(({ name: check, run }) => ({
        name: check,
        run: () => run(world),
      }));
      return { checks, stop: world.stop };
    },
  },
  sso: {
    behind: "none",
    start: async () => {
      const world = await startSsoWorld();
      const checks = SSO_CHECKS.map(({ name: check, run }) => ({
        name: check,
        run: () => run(world),
      }));
      return { checks, stop: world.stop };
    },
  },
};

type Row = {
  /** A proxy's name; `direct` without one. */
  readonly door: string;
  readonly check: string;
  readonly result: "ok" | "FAILED" | "skipped";
  readonly seen: string;
};

const [name = "", ...wanted] = process.argv.slice(2);
const scenario = SCENARIOS[name];
const kinds: readonly string[] = scenario?.behind === "none" ? [] : PROXY_KINDS;
const unknown = wanted.filter((one) => !kinds.includes(one));
if (scenario === undefined || unknown.length > 0) {
  const names = Object.keys(SCENARIOS).join("|");
  console.error(`Usage: npm run scenario -- ${names} [${PROXY_KINDS.join("] [")}]`);
  process.exit(2);
}

let failures = 0;
for await (const row of runAll(scenario)) {
  console.log(`${row.door.padEnd(8)} ${row.result.padEnd(8)} ${row.check}\n${row.seen}`);
  if (row.result === "FAILED") failures += 1;
}
console.log(failures === 0 ? "all held" : `${failures} failed`);
process.exit(failures === 0 ? 0 : 1);

async function* runAll(chosen: Scenario): AsyncGenerator<Row> {
  if (chosen.behind === "none") {
    yield* runOne("direct", isSkipped(name), chosen.start);
    return;
  }
  for (const kind of PROXY_KINDS) {
    if (wanted.length > 0 && !wanted.includes(kind)) continue;
    const isLeftOut = isSkipped(name) || isSkipped(`${name}-${kind}`);
    yield* runOne(kind, isLeftOut, () => chosen.start(kind));
  }
}

async function* runOne(
  door: string,
  isLeftOut: boolean,
  start: () => Promise<Started>,
): AsyncGenerator<Row> {
  if (isLeftOut) {
    yield { door, check: "all", result: "skipped", seen: indent("by POSTERN_SKIP_SUITES") };
    return;
  }
  const started = await start().catch((error: unknown) => String(error));
  if (typeof started === "string") {
    yield { door, check: "starts", result: "FAILED", seen: indent(started) };
    return;
  }
  try {
    for (const { name: check, run } of started.checks) {
      try {
        yield { door, check, result: "ok", seen: indent(await run()) };
      } catch (error) {
        const seen = error instanceof Error ? error.message : String(error);
        yield { door, check, result: "FAILED", seen: indent(seen) };
      }
    }
  } finally {
    await started.stop();
  }
}

function indent(text: string): string {
  return text.replace(/^/gm, " ".repeat(18));
}
