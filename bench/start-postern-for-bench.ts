// Starts the built Postern as a process of its own, with its lists imported and rules set.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { COUNTRY_CODES } from "../src/core/network/iso-3166.ts";
import { requestJson } from "../src/platform/http/http-client.ts";
import type { HttpCall } from "../src/platform/http/http-client.ts";
import type { BenchServer } from "./bench-server.ts";
import { sampleEntries } from "./sample-entries.ts";

const PROGRAM = fileURLToPath(new URL("../dist/cli/postern.js", import.meta.url));
const START_SECONDS_MAX = 120;
const IMPORT_SECONDS_MAX = 180;

/** Postern as a bench sees it: it can be asked to change, and started again on the same store. */
export type BenchPostern = BenchServer & {
  readonly startMilliseconds: number;
  /** A call of the API over the control socket gives the body; throws when it is refused. */
  readonly call: (call: HttpCall) => Promise<unknown>;
  /** Ends the process and starts another on what it stored, and what `between` does to that. */
  readonly restart: (between?: (dataDirectory: string) => Promise<void>) => Promise<BenchPostern>;
};

/** Rules for each country: 127.0.0.1 is a trusted proxy, and the visitors are in no denied one. */
export const COUNTRY_RULES = {
  mode: "enforce",
  defaultAction: "allow",
  countries: Object.fromEntries(
    COUNTRY_CODES.map((code) => [code, code === "KP" ? ("deny" as const) : ("allow" as const)]),
  ),
  unknown: "allow",
  private: "allow",
} as const;

/**
 * Starts Postern with `entryCount` deny entries of sampleEntries, a rule for every country,
 * 127.0.0.1 as trusted proxy and X-Forwarded-For as the header of the client address.
 * @param env settings besides
 */
export async function startPosternForBench(
  entryCount: number,
  env: Environment = {},
): Promise<BenchPostern> {
  const server = await startPosternOn(await mkdtemp(join(tmpdir(), "postern-bench-")), env);
  try {
    await server.call({
      method: "PUT",
      path: "/api/v1/policy/country",
      body: { value: COUNTRY_RULES },
    });
    if (entryCount > 0) await server.call(importOf(sampleEntries(entryCount)));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

/** The call that imports these as deny entries. */
export function importOf(entries: readonly string[]): HttpCall {
  return {
    method: "POST",
    path: "/api/v1/entries/import",
    query: { action: "deny" },
    contentType: "text/plain",
    body: Readable.from(piecesOf(entries)),
    silenceMs: IMPORT_SECONDS_MAX * 1000,
  };
}

function* piecesOf(entries: readonly string[]): Iterable<Buffer> {
  const pieceLines = 4000;
  for (let at = 0; at < entries.length; at += pieceLines) {
    yield Buffer.from(`${entries.slice(at, at + pieceLines).join("\n")}\n`);
  }
}

type Environment = Readonly<Record<string, string>>;

async function startPosternOn(directory: string, env: Environment): Promise<BenchPostern> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [PROGRAM, "serve"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      DATA_DIR: directory,
      LISTEN: "127.0.0.1:0",
      TRUSTED_PROXIES: "127.0.0.1",
      LOG_LEVEL: "warn",
      ...env,
    },
  });
  const exited = once(child, "exit");
  const end = async (): Promise<void> => {
    child.kill("SIGTERM");
    await exited;
  };
  const timer = setTimeout(() => child.kill("SIGKILL"), START_SECONDS_MAX * 1000);
  const port = await readPort(child.stdout);
  clearTimeout(timer);
  if (port === null || child.pid === undefined) {
    throw new Error("Postern ended before it listened: npm run build");
  }
  const target = { socketPath: join(directory, "control.sock") };
  return {
    name: "postern",
    processId: child.pid,
    port,
    startMilliseconds: performance.now() - startedAt,
    call: async (call) => {
      const answer = await requestJson(target, call);
      if (!answer.ok) throw new Error(`${call.method} ${call.path}: ${answer.detail}`);
      return answer.body;
    },
    restart: async (between) => {
      await end();
      await between?.(directory);
      return startPosternOn(directory, env);
    },
    stop: async () => {
      await end();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Reads on to the end in the background: a full pipe would stop the process. */
async function readPort(output: Readable): Promise<number | null> {
  const lines = createInterface({ input: output });
  return new Promise((resolve) => {
    lines.on("line", (line) => {
      const port = /ready on http:\/\/127\.0\.0\.1:(\d+)$/.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    lines.once("close", () => resolve(null));
  });
}
