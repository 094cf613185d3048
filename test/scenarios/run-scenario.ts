// Runs a scenario from the command line and prints what was seen: `npm run scenario -- proxies`.

import { PROXY_KINDS } from "./proxy-files.ts";
import type { ProxyKind } from "./proxy-files.ts";
import { PROXY_CHECKS } from "./proxy-scenario.ts";
import { startProxyWorld } from "./proxy-world.ts";
import { isSkipped } from "./scenario-settings.ts";

type Row = {
  readonly proxy: ProxyKind;
  readonly check: string;
  readonly result: "ok" | "FAILED" | "skipped";
  readonly seen: string;
};

const [scenario, ...wanted] = process.argv.slice(2);
const unknown = wanted.filter((name) => !PROXY_KINDS.some((kind) => kind === name));
if (scenario !== "proxies" || unknown.length > 0) {
  console.error(`Usage: npm run scenario -- proxies [${PROXY_KINDS.join("] [")}]`);
  process.exit(2);
}

let failures = 0;
for (const kind of PROXY_KINDS) {
  if (wanted.length > 0 && !wanted.includes(kind)) continue;
  for await (const row of runProxy(kind)) {
    console.log(`${row.proxy.padEnd(8)} ${row.result.padEnd(8)} ${row.check}\n${row.seen}`);
    if (row.result === "FAILED") failures += 1;
  }
}
console.log(failures === 0 ? "all held" : `${failures} failed`);
process.exit(failures === 0 ? 0 : 1);

async function* runProxy(proxy: ProxyKind): AsyncGenerator<Row> {
  if (isSkipped("proxies") || isSkipped(`proxies-${proxy}`)) {
    yield { proxy, check: "all", result: "skipped", seen: indent("by POSTERN_SKIP_SUITES") };
    return;
  }
  const world = await startProxyWorld(proxy).catch((error: unknown) => error);
  if (world === undefined || world instanceof Error || !isWorld(world)) {
    yield { proxy, check: "starts", result: "FAILED", seen: indent(String(world)) };
    return;
  }
  try {
    for (const { name, run } of PROXY_CHECKS) {
      try {
        yield { proxy, check: name, result: "ok", seen: indent(await run(world)) };
      } catch (error) {
        const seen = error instanceof Error ? error.message : String(error);
        yield { proxy, check: name, result: "FAILED", seen: indent(seen) };
      }
    }
  } finally {
    await world.stop();
  }
}

function isWorld(value: unknown): value is Awaited<ReturnType<typeof startProxyWorld>> {
  return typeof value === "object" && value !== null && "stop" in value;
}

function indent(text: string): string {
  return text.replace(/^/gm, " ".repeat(18));
}
