// Runs a scenario from the command line and prints what was seen: `npm run scenario -- proxies`.

import { PROXY_KINDS } from "./proxy-files.ts";
import type { ProxyKind } from "./proxy-files.ts";
import { PROXY_CHECKS } from "./proxy-scenario.ts";
import { startProxyWorld } from "./proxy-world.ts";
import { isSkipped } from "./scenario-settings.ts";
import { SESSION_CHECKS } from "./session-checks.ts";
import { startSessionWorld } from "./session-world.ts";

/** One scenario behind one proxy: what is tried, in order, once everything runs. */
type Scenario = {
  readonly start: (kind: ProxyKind) => Promise<{
    readonly checks: readonly { readonly name: string; readonly run: () => Promise<string> }[];
    readonly stop: () => Promise<void>;
  }>;
};

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  proxies: {
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
    start: async (kind) => {
      const world = await startSessionWorld(kind);
      const checks = SESSION_CHECKS.map(({ name: check, run }) => ({
        name: check,
        run: () => run(world),
      }));
      return { checks, stop: world.stop };
    },
  },
};

type Row = {
  readonly proxy: ProxyKind;
  readonly check: string;
  readonly result: "ok" | "FAILED" | "skipped";
  readonly seen: string;
};

const [name = "", ...wanted] = process.argv.slice(2);
const scenario = SCENARIOS[name];
const unknown = wanted.filter((one) => !PROXY_KINDS.some((kind) => kind === one));
if (scenario === undefined || unknown.length > 0) {
  const names = Object.keys(SCENARIOS).join("|");
  console.error(`Usage: npm run scenario -- ${names} [${PROXY_KINDS.join("] [")}]`);
  process.exit(2);
}

let failures = 0;
for (const kind of PROXY_KINDS) {
  if (wanted.length > 0 && !wanted.includes(kind)) continue;
  for await (const row of runProxy(scenario, kind)) {
    console.log(`${row.proxy.padEnd(8)} ${row.result.padEnd(8)} ${row.check}\n${row.seen}`);
    if (row.result === "FAILED") failures += 1;
  }
}
console.log(failures === 0 ? "all held" : `${failures} failed`);
process.exit(failures === 0 ? 0 : 1);

async function* runProxy(chosen: Scenario, proxy: ProxyKind): AsyncGenerator<Row> {
  if (isSkipped(name) || isSkipped(`${name}-${proxy}`)) {
    yield { proxy, check: "all", result: "skipped", seen: indent("by POSTERN_SKIP_SUITES") };
    return;
  }
  const started = await chosen.start(proxy).catch((error: unknown) => String(error));
  if (typeof started === "string") {
    yield { proxy, check: "starts", result: "FAILED", seen: indent(started) };
    return;
  }
  try {
    for (const { name: check, run } of started.checks) {
      try {
        yield { proxy, check, result: "ok", seen: indent(await run()) };
      } catch (error) {
        const seen = error instanceof Error ? error.message : String(error);
        yield { proxy, check, result: "FAILED", seen: indent(seen) };
      }
    }
  } finally {
    await started.stop();
  }
}

function indent(text: string): string {
  return text.replace(/^/gm, " ".repeat(18));
}
