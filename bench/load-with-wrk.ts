// Puts load on a server with wrk and says what server and visitor noticed of it.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { BenchServer } from "./bench-server.ts";
import { readCpuMicroseconds, readMemoryMegabytes } from "./read-process.ts";
import type { Figures } from "./rounds.ts";

const execute = promisify(execFile);
const CONNECTIONS = 64;
/** The peer with a long net.BlockList takes more than a second when all ask at once. */
const ANSWER_SECONDS_MAX = 30;
const SCRIPT = fileURLToPath(new URL("vary-address.lua", import.meta.url));

/** Whether wrk can be run here. It says its version and ends with 1 when asked for it. */
export async function hasWrk(): Promise<boolean> {
  return execute("wrk", ["--version"]).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== "ENOENT",
  );
}

/**
 * One turn of load by visitors that rotate over 2^20 addresses, or fewer where the server says so.
 * Every answer must be 2xx: a refused visitor is not what is measured. With `client` all requests
 * come from that one address, and none may be 2xx.
 */
export async function loadWithWrk(
  server: BenchServer,
  seconds: number,
  client?: string,
): Promise<Figures> {
  const before = readCpuMicroseconds(server.processId);
  const load = `--threads 1 --connections ${CONNECTIONS} --duration ${seconds}s`;
  const options = `${load} --timeout ${ANSWER_SECONDS_MAX}s --latency`;
  const { stdout } = await execute("wrk", [
    ...options.split(" "),
    client === undefined ? `--script=${SCRIPT}` : `--header=X-Forwarded-For: ${client}`,
    "--header=X-Forwarded-Method: GET",
    "--header=X-Forwarded-Proto: https",
    "--header=X-Forwarded-Host: portal.example.com",
    "--header=X-Forwarded-Uri: /inbox?folder=3",
    ...(server.asked?.headers ?? []).map((header) => `--header=${header}`),
    `http://127.0.0.1:${server.port}${server.asked?.path ?? "/gate/caddy"}`,
    ...(server.asked?.visitors === undefined ? [] : ["--", String(server.asked.visitors)]),
  ]);
  const cpuMicroseconds = readCpuMicroseconds(server.processId) - before;
  const requests = numberIn(stdout, /(\d+) requests in/);
  if (!(requests > 0)) throw new Error(`${server.name} answered nothing:\n${stdout}`);
  const refused = Number(/Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? 0);
  const failed = /Socket errors: .*/.exec(stdout)?.[0];
  if (failed !== undefined || refused !== (client === undefined ? 0 : requests)) {
    throw new Error(`${server.name}: ${refused} of ${requests} refused; ${failed ?? "no errors"}`);
  }
  return {
    requestsPerSecond: numberIn(stdout, /Requests\/sec:\s+([\d.]+)/),
    cpuMicrosecondsPerRequest: cpuMicroseconds / requests,
    p50Milliseconds: millisecondsIn(stdout, "50%"),
    p99Milliseconds: millisecondsIn(stdout, "99%"),
    memoryMegabytes: readMemoryMegabytes(server.processId),
  };
}

function numberIn(text: string, pattern: RegExp): number {
  return Number(pattern.exec(text)?.[1] ?? Number.NaN);
}

const UNIT_MILLISECONDS = new Map([
  ["us", 0.001],
  ["ms", 1],
  ["s", 1_000],
  ["m", 60_000],
]);

function millisecondsIn(text: string, percentile: string): number {
  const found = new RegExp(`^\\s*${percentile}\\s+([\\d.]+)(us|ms|s|m)$`, "m").exec(text);
  return Number(found?.[1] ?? Number.NaN) * (UNIT_MILLISECONDS.get(found?.[2] ?? "") ?? Number.NaN);
}
