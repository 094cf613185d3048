// Starts the whole server on a free port of 127.0.0.1, for suites that attack or use the product.

import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request as sendRequest } from "node:http";
import type { IncomingHttpHeaders, OutgoingHttpHeaders, RequestOptions } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../src/platform/clock.ts";
import { readConfig } from "../../src/platform/config.ts";
import { migrate } from "../../src/platform/database/migrate.ts";
import { openDatabase } from "../../src/platform/database/open-database.ts";
import { createLogger } from "../../src/platform/log/create-logger.ts";
import { assembleServer } from "../../src/server/assemble-server.ts";
import type { Server } from "../../src/server/assemble-server.ts";
import { MIGRATIONS } from "../../src/server/migrations/migrations.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import { STORE_FILE } from "../../src/server/open-store.ts";
import { checkTrustedProxy } from "../../src/server/protected-addresses.ts";
import { createStandingClock } from "../contracts/open-store.ts";
import { bitsOf, writeMmdb } from "../geo-ip/write-mmdb.ts";

/** `own`: no proxy between; the visitor asks Postern's own pages and API. */
export type Door = "nginx" | "caddy" | "traefik" | "haproxy" | "own";

export const PROXY_DOORS = ["nginx", "caddy", "traefik", "haproxy"] as const satisfies Door[];

export const PORTAL_HOST = "portal.example.com";

export type Visit = {
  /** Sent as X-Forwarded-For; without it the visitor is the socket's peer, 127.0.0.1. */
  readonly clientAddress?: string;
  readonly method?: string;
  readonly host?: string;
  readonly uri?: string;
  /** What the proxy was configured to ask for: `session=required&role=admin`. */
  readonly doorQuery?: string;
  /** Added last; they replace those of the door, and `null` leaves one out. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | null>>;
};

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
};

export type GateAnswer = Answer & {
  /** What the visitor gets behind any proxy: X-Postern-Status, or the status itself. */
  readonly realStatus: number;
  /** Empty when the request passed. */
  readonly decisionId: string;
};

export type ApiAnswer = Answer & {
  /** The body; null when it is not JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies of every kind
  readonly json: any;
};

export type StartGate = {
  /** Environment variables beside LISTEN and DATA_DIR; TRUSTED_PROXIES is 127.0.0.1 by default. */
  readonly env?: Readonly<Record<string, string>>;
  /** A clock that stands still unless one is given. */
  readonly clock?: Clock;
  /** One that outlives the gate, for restarts; without it a new one is made and removed. */
  readonly dataDir?: string;
  /** Hashes passwords and backup codes at their full cost: where that is part of what is tested. */
  readonly hasFullHashes?: boolean;
  /** Takes every log line. */
  readonly onLogLine?: (line: string) => void;
  /** Country by CIDR block, for SMALL_WORLD; `shipped`: the real database, which is slow. */
  readonly countries?: Readonly<Record<string, string>> | "shipped";
  /** Origins of providers, and the local ones that are asked in their place. */
  readonly standIns?: ReadonlyMap<string, string>;
};

/** What lies elsewhere is of unknown location. */
const SMALL_WORLD = {
  "5.9.0.0/16": "DE",
  "133.11.0.0/16": "JP",
  "81.2.69.0/24": "GB",
  "2a01:4f8::/32": "DE",
  "2001:200::/32": "JP",
} as const;

export type RunningGate = {
  readonly port: number;
  readonly server: Server;
  readonly advance: (ms: number) => void;
  readonly nowMs: () => number;
  readonly ask: (door: Door, visit: Visit) => Promise<GateAnswer>;
  /** Calls the API over the control socket, as the host's shell: with every right. */
  readonly api: (method: string, path: string, body?: unknown) => Promise<ApiAnswer>;
  /** The same with a body that is no JSON. */
  readonly upload: (path: string, contentType: string, body: string | Buffer) => Promise<ApiAnswer>;
  /** The same as `api`; throws for anything but 2xx and gives the body. */
  readonly must: (method: string, path: string, body?: unknown) => Promise<ApiAnswer["json"]>;
  /** The decision behind an answer, as an operator finds it. */
  readonly decisionOf: (answer: GateAnswer) => Promise<ApiAnswer["json"]>;
  readonly stop: () => Promise<void>;
};

const ANSWER_MS_MAX = 20_000;
/** Sooner than the server closes it: what is sent at that moment would be reset. */
const UNUSED_MS_MAX = 1_000;

/** Each suite seeds people and signs them in: half of its work would be hashes. */
const WEAK = { memoryCost: 64, timeCost: 1, parallelism: 1 };

export async function startGate(wanted: StartGate = {}): Promise<RunningGate> {
  const dataDir = wanted.dataDir ?? mkdtempSync(join(tmpdir(), "postern-"));
  const env: Record<string, string | undefined> = { TRUSTED_PROXIES: "127.0.0.1", ...wanted.env };
  const variables = { LISTEN: "127.0.0.1:0", DATA_DIR: dataDir, ...env };
  const read = readConfig(variables, { trustedProxy: checkTrustedProxy });
  if (!read.ok) throw new Error(read.errors.join("; "));
  if (wanted.countries !== "shipped") dropInCountries(dataDir, wanted.countries ?? SMALL_WORLD);
  if (env.DATABASE_URL === undefined) await dropInStore(dataDir);
  const { onLogLine } = wanted;
  const logger =
    onLogLine === undefined
      ? createLogger({ level: "silent" })
      : createLogger({ level: "trace", to: { write: onLogLine } });
  const standing = createStandingClock();
  const clock = wanted.clock ?? standing;
  const server = await assembleServer(read.config, logger, {
    clock,
    ...(wanted.hasFullHashes === true ? {} : { argon2: WEAK }),
    ...(wanted.standIns === undefined ? {} : { standIns: wanted.standIns }),
  });
  const { port } = await server.http.listen(read.config.listen);
  const socketPath = join(dataDir, "control.sock");
  await server.http.listenOnControlSocket(socketPath);
  const agent = new Agent({ keepAlive: true, timeout: UNUSED_MS_MAX, maxSockets: 32 });
  const shell = createShell(socketPath);
  return {
    port,
    server,
    advance: standing.advance,
    nowMs: clock.nowMs,
    ...shell,
    ask: async (door, visit) => {
      const where = { host: "127.0.0.1", port, agent };
      return toGateAnswer(await send({ ...where, ...requestOf(door, visit) }));
    },
    decisionOf: ({ decisionId }) => shell.must("GET", `/api/v1/decisions/${decisionId}`),
    stop: async () => {
      agent.destroy();
      await server.close();
      if (wanted.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** As an operator drops one in; a gate that is started again keeps the file that is there. */
function dropInCountries(dataDir: string, countries: Readonly<Record<string, string>>): void {
  const path = join(dataDir, "geo", "country.mmdb");
  if (existsSync(path)) return;
  mkdirSync(join(dataDir, "geo"), { recursive: true });
  writeFileSync(path, countryFile(countries));
}

/** Made once in a process: each start that migrates an empty one waits for the disk 200 times. */
let emptyStore: Promise<string> | null = null;

async function dropInStore(dataDir: string): Promise<void> {
  emptyStore ??= makeEmptyStore();
  const path = join(dataDir, STORE_FILE);
  if (!existsSync(path)) copyFileSync(await emptyStore, path);
}

async function makeEmptyStore(): Promise<string> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "postern-empty-"));
  process.once("exit", () => rmSync(dataDirectory, { recursive: true, force: true }));
  const opened = await openDatabase<Schema>({
    dataDirectory,
    databaseUrl: null,
    fileName: STORE_FILE,
  });
  if (!opened.ok) throw new Error(opened.problem.message);
  const migrated = await migrate(opened.database, MIGRATIONS, { nowMs: Date.now() });
  if (!migrated.ok) throw new Error(migrated.message);
  await opened.database.close();
  return join(dataDirectory, STORE_FILE);
}

/** A country database file, as CIDR block → country code. */
export function countryFile(
  countries: Readonly<Record<string, string>>,
  buildDateMs = Date.UTC(2027, 0, 1),
): Buffer {
  const entries = Object.entries(countries).map(([block, code]) => ({
    bits: bitsOf(block),
    record: { country_code: code },
  }));
  return writeMmdb({ entries, buildDateMs });
}

/** The host's shell: the control socket of a running Postern, wherever it runs. */
export function createShell(socketPath: string): Pick<RunningGate, "api" | "upload" | "must"> {
  function api(method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    if (body === undefined) return sendApi({ socketPath, method, path });
    const headers = { "content-type": "application/json" };
    return sendApi({ socketPath, method, path, headers }, JSON.stringify(body));
  }
  return {
    api,
    upload: (path, contentType, body) =>
      sendApi({ socketPath, method: "POST", path, headers: { "content-type": contentType } }, body),
    must: async (method, path, body) => {
      const answer = await api(method, path, body);
      if (answer.status >= 200 && answer.status < 300) return answer.json;
      throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    },
  };
}

/** The request that the shipped configuration of each proxy makes for a visitor's. */
function requestOf(door: Door, visit: Visit): RequestOptions {
  const { method = "GET", host = PORTAL_HOST, uri = "/", clientAddress } = visit;
  const client = clientAddress === undefined ? {} : { "X-Forwarded-For": clientAddress };
  const query = visit.doorQuery === undefined ? "" : `?${visit.doorQuery}`;
  const all = { ...client, ...headersOf(door, { method, host, uri }), ...visit.headers };
  const headers: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(all)) {
    if (value !== null) headers[name] = typeof value === "string" ? value : [...value];
  }
  return door === "own"
    ? { method, path: uri, headers }
    : { method: "GET", path: `/gate/${door}${query}`, headers };
}

function headersOf(
  door: Door,
  asked: { readonly method: string; readonly host: string; readonly uri: string },
): Readonly<Record<string, string>> {
  const { method, host, uri } = asked;
  if (door === "own") return { Host: host };
  if (door === "nginx") {
    return { "X-Original-URL": `https://${host}${uri}`, "X-Original-Method": method };
  }
  return {
    "X-Forwarded-Method": method,
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": host,
    "X-Forwarded-Uri": uri,
  };
}

function toGateAnswer(answer: Answer): GateAnswer {
  const { headers, status } = answer;
  const told = headers["x-postern-status"];
  const inBody = /"decision":"([a-z2-7]{20})"/.exec(answer.text)?.[1];
  return {
    ...answer,
    realStatus: told === undefined ? status : Number(told),
    decisionId: String(headers["x-postern-decision"] ?? inBody ?? ""),
  };
}

async function sendApi(options: RequestOptions, body?: string | Buffer): Promise<ApiAnswer> {
  const answer = await send({ host: "localhost", agent: false, ...options }, body);
  const type = (answer.headers["content-type"] ?? "").split(";", 1)[0]!;
  const isJson = type.endsWith("/json") || type.endsWith("+json");
  return { ...answer, json: isJson && answer.text !== "" ? JSON.parse(answer.text) : null };
}

function send(options: RequestOptions, body?: string | Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(ANSWER_MS_MAX);
    const sent = sendRequest({ ...options, signal }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
