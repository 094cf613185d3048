// Six days of a portal as nginx has logged them, and a Postern that has seen none of it.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Reader } from "maxmind";
import type { CountryResponse } from "maxmind";
import { shippedCountryDatabasePath } from "../../src/platform/geo-ip/load-country-database.ts";
import { runCommand } from "./run-command.ts";
import type { Ran } from "./run-command.ts";
import { SCENARIO_SETTINGS } from "./scenario-settings.ts";
import { startPostern } from "./start-postern.ts";
import { PORTAL_HOST } from "./visit.ts";

export type LoggedVisitor = {
  readonly address: string;
  readonly country: string;
  /** In the log. */
  requests: number;
};

export type AccessLogWorld = {
  /** As logrotate leaves them: the older one is packed. */
  readonly files: readonly string[];
  readonly lines: number;
  readonly visitors: readonly LoggedVisitor[];
  /** `postern`, on the host's shell. */
  readonly run: (...words: readonly string[]) => Promise<Ran>;
  readonly must: Must;
  /** The status that nginx is told for a visitor of the portal. */
  readonly visit: (address: string) => Promise<number>;
  readonly stop: () => Promise<void>;
};

// oxlint-disable-next-line typescript/no-explicit-any -- bodies of every kind are looked into
type Must = (method: string, path: string, body?: unknown) => Promise<any>;

export type LogSize = { readonly lines: number; readonly visitorsEach: number };

/** `visitorsEach`: of each country. */
const FULL_SIZE: LogSize = { lines: 100_000, visitorsEach: 300 };

export const COUNTRIES = ["US", "GB", "DE", "FR", "AU", "IN", "BR", "VN", "ZA", "JP"] as const;

const IPV6_EVERY = 5;
const HOURS = 6 * 24;
const PATHS = ["/", "/calls?page=2", "/api/v1/calls", "/api", "/audio/1.mp3", "/caf\\xC3\\xA9"];
const STATUSES = [200, 200, 304, 403, 404, 429];

/** The fields of this database; the reader's own types are those of MaxMind's. */
type CountryRecord = CountryResponse & { readonly country_code?: string };

export async function startAccessLogWorld(size = FULL_SIZE): Promise<AccessLogWorld> {
  const folder = await mkdtemp(join(tmpdir(), "postern-log-"));
  const postern = await startPostern().catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  const random = createRandom(20_261_122);
  const reader = new Reader<CountryRecord>(await readFile(shippedCountryDatabasePath() ?? ""));
  const visitors = drawVisitors(random, reader, size.visitorsEach);
  const lines = writeLines(random, visitors, size.lines);
  const half = size.lines / 2;
  const files = ["access.log.1.gz", "access.log"].map((name) => join(folder, name));
  await writeFile(files[0]!, gzipSync(lines.slice(0, half).join("")));
  await writeFile(files[1]!, lines.slice(half).join(""));
  const env = { DATA_DIR: postern.dataDir, PATH: SCENARIO_SETTINGS.searchPath };
  return {
    files,
    lines: size.lines,
    visitors,
    run: (...words) => runCommand(process.execPath, [SCENARIO_SETTINGS.cliPath, ...words], env),
    must: async (method, path, body) => {
      const { status, text } = await postern.ask(method, path, body);
      if (status < 200 || status > 299) throw new Error(`${method} ${path}: ${status} ${text}`);
      return text === "" ? null : JSON.parse(text);
    },
    visit: (address) => askGate(postern.port, address),
    stop: async () => {
      await postern.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Random = (limit: number) => number;

/** The same numbers each time (Lehmer's, as in C++'s minstd_rand). */
function createRandom(seed: number): Random {
  let state = seed;
  return (limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
}

/** As many of each country; addresses by another reader of the country file than Postern's. */
function drawVisitors(
  random: Random,
  reader: Reader<CountryRecord>,
  count: number,
): readonly LoggedVisitor[] {
  const missing = new Map<string, number>(COUNTRIES.map((code) => [code, count]));
  const found = new Map<string, LoggedVisitor>();
  while (missing.size > 0) {
    const address = random(IPV6_EVERY) === 0 ? drawIpv6(random) : drawIpv4(random);
    const country = reader.get(address)?.country_code ?? "";
    const left = missing.get(country) ?? 0;
    if (left === 0 || found.has(address)) continue;
    found.set(address, { address, country, requests: 0 });
    if (left === 1) missing.delete(country);
    else missing.set(country, left - 1);
  }
  return [...found.values()];
}

/** In blocks where no special range lies. */
function drawIpv4(random: Random): string {
  const first = [5, 20, 41, 49, 77, 81, 103, 113, 133, 177][random(10)];
  return [first, random(256), random(256), random(256)].join(".");
}

function drawIpv6(random: Random): string {
  const first = ["2400", "2600", "2800", "2a01", "2a02", "2c0f"][random(6)];
  const group = (): string => (random(0xffff) + 1).toString(16);
  return `${first}:${group()}:${group()}:${group()}::${group()}`;
}

/** Oldest first, as a log is; a minute ago at the latest. */
function writeLines(
  random: Random,
  visitors: readonly LoggedVisitor[],
  count: number,
): readonly string[] {
  const untilMs = Date.now() - 60_000;
  const stepMs = (HOURS * 3_600_000) / count;
  return Array.from({ length: count }, (_, index) => {
    const visitor = visitors[random(visitors.length)]!;
    visitor.requests += 1;
    const time = logTime(untilMs - (count - index) * stepMs);
    const path = PATHS[random(PATHS.length)]!;
    const status = STATUSES[random(STATUSES.length)]!;
    return `${visitor.address} - - [${time}] "GET ${path} HTTP/1.1" ${status} 512 "-" "agent"\n`;
  });
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** As of a server in Adelaide, in winter. */
function logTime(atMs: number): string {
  const local = new Date(atMs + 570 * 60_000).toISOString();
  const month = MONTHS[Number(local.slice(5, 7)) - 1]!;
  return `${local.slice(8, 10)}/${month}/${local.slice(0, 4)}:${local.slice(11, 19)} +0930`;
}

function askGate(port: number, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port,
        path: "/gate/nginx",
        headers: {
          host: "127.0.0.1",
          "x-forwarded-for": address,
          "x-original-method": "GET",
          "x-original-url": `https://${PORTAL_HOST}/`,
        },
      },
      (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode ?? 0));
      },
    );
    sent.on("error", reject);
    sent.end();
  });
}
