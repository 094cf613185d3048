// Starts the whole server and asks it as the host's shell, as an operator's browser, or as nobody.
import { mkdtempSync } from "node:fs";
import { Agent, request as sendRequest } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { removeDirectory } from "../contracts/start-postgres.ts";
import { ORIGIN, startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";
import { operationsOf } from "./api-fuzz-cases.ts";
import type { ApiOperation } from "./api-fuzz-cases.ts";

export type Asking = {
  readonly method: string;
  readonly url: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
};

export type AnswerToAnybody = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Empty for streams, which are left after their head. */
  readonly text: string;
};

/** In place of a status: a request to be a tunnel is no request to us, and gets no answer. */
export const CLOSED = 0;

export type Poured = { readonly status: number; readonly sentBytes: number };

/** `shell`: the control socket; `nobody`: no cookie and no token; or a browser's cookies. */
export type Anybody = "shell" | "nobody" | TestBrowser;

export type FuzzedApi = {
  readonly portal: RunningPeople;
  /** Signed in. */
  readonly operator: TestBrowser;
  readonly operations: readonly ApiOperation[];
  /** What the server could not do, in its own words; nobody else is told. */
  readonly failures: readonly string[];
  /**
   * Requests that take ten times the work of the API's own description and more, for which nobody
   * else is served (attack row 187). Both are measured in turn: other work of the machine slows
   * down the one as the other, and is not in the least of several times.
   */
  readonly blocking: () => Promise<readonly string[]>;
  /** Each request comes from another address. */
  readonly ask: (who: Anybody, asking: Asking) => Promise<AnswerToAnybody>;
  /** Sends so many bytes in chunks, until they are no longer taken. */
  readonly pour: (who: Anybody, asking: Asking, bytes: number) => Promise<Poured>;
  readonly stop: () => Promise<void>;
};

/** There is one of each: account, user, number, entry. */
export async function startApiFuzz(): Promise<FuzzedApi> {
  const dataDir = mkdtempSync(join(tmpdir(), "postern-fuzz-"));
  const failures: string[] = [];
  const onLogLine = (line: string): void => {
    if (!line.includes('"request failed"')) return;
    const { method, url, err } = JSON.parse(line);
    failures.push(`${method} ${url}: ${err.message}`);
  };
  const portal = await startPeople({ dataDir, onLogLine });
  await portal.addAccount("acme");
  const ada = await portal.addPerson({ email: "ada@example.com", isOperator: true });
  const entry = { range: "203.0.113.7", action: "deny", note: "office" };
  await portal.must("POST", "/api/v1/entries", entry);
  const number = { account: "acme", number: "+12015550123", label: "front desk" };
  await portal.must("POST", "/api/v1/tracking-numbers", number);
  const asker = createAsker(portal, join(dataDir, "control.sock"));
  return {
    portal,
    operator: await portal.signedIn(ada),
    operations: operationsOf(await portal.must("GET", "/api/openapi.json")),
    failures,
    blocking: asker.blocking,
    ask: asker.ask,
    pour: asker.pour,
    stop: async () => {
      asker.close();
      await portal.stop();
      removeDirectory(dataDir);
    },
  };
}

/** What is measured again; it says nothing yet. */
const SUSPICIOUS_MS = 100;
const ROUNDS_MAX = 5;
const WORK_MAX = 10;
/** The longest answer that is due to anybody. */
const DESCRIPTION: Asking = { method: "GET", url: "/api/openapi.json" };

type Asker = Pick<FuzzedApi, "ask" | "pour" | "blocking"> & { readonly close: () => void };

function createAsker(portal: RunningPeople, socketPath: string): Asker {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const slow: { readonly who: Anybody; readonly asking: Asking }[] = [];
  let asked = 0;

  function headersOf(who: Anybody): Readonly<Record<string, string>> {
    if (who === "shell") return {};
    asked += 1;
    const visitor = {
      host: new URL(ORIGIN).host,
      origin: ORIGIN,
      "sec-fetch-site": "same-origin",
      "x-forwarded-for": `10.${asked >> 16}.${(asked >> 8) & 255}.${asked & 255}`,
    };
    if (who === "nobody" || who.cookies.size === 0) return visitor;
    const cookie = [...who.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return { ...visitor, cookie };
  }

  async function ask(who: Anybody, asking: Asking): Promise<AnswerToAnybody> {
    const { busyMs, answer } = await measure(who, asking);
    if (busyMs > SUSPICIOUS_MS) slow.push({ who, asking });
    return answer;
  }

  /** How long this process did nothing but what the request made it do. */
  async function measure(who: Anybody, asking: Asking) {
    const before = performance.eventLoopUtilization();
    const answer = await send(who, asking);
    return { busyMs: performance.eventLoopUtilization(before).active, answer };
  }

  async function blocking(): Promise<readonly string[]> {
    const told: string[] = [];
    for (const { who, asking } of slow) {
      const work = await workOf(who, asking);
      if (work > WORK_MAX) told.push(`${asking.method} ${asking.url}: ${work} descriptions`);
    }
    return told;
  }

  /** In times of the description's; as soon as it is little, it is. */
  async function workOf(who: Anybody, asking: Asking): Promise<number> {
    let askedMs = Infinity;
    let describedMs = Infinity;
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      askedMs = Math.min(askedMs, (await measure(who, asking)).busyMs);
      describedMs = Math.min(describedMs, (await measure("shell", DESCRIPTION)).busyMs);
      if (askedMs <= WORK_MAX * describedMs && round > 0) break;
    }
    return askedMs / describedMs;
  }

  function send(who: Anybody, asking: Asking): Promise<AnswerToAnybody> {
    const { method, url, body, headers } = asking;
    const type = body === undefined ? {} : { "content-type": "application/json" };
    const where = who === "shell" ? { socketPath } : { host: "127.0.0.1", port: portal.port };
    return new Promise((resolve, reject) => {
      const all = { ...headersOf(who), ...type, ...headers };
      const sent = sendRequest({ ...where, agent, method, path: url, headers: all }, (response) => {
        const { statusCode: status = 0, headers: answered } = response;
        if (answered["content-type"] === "text/event-stream") {
          sent.destroy();
          return resolve({ status, headers: answered, text: "" });
        }
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          resolve({ status, headers: answered, text: Buffer.concat(chunks).toString("utf8") });
        });
      });
      sent.on("error", (error: NodeJS.ErrnoException) => {
        const isClosed = method === "CONNECT" && error.code === "ECONNRESET";
        if (!isClosed) return reject(error);
        resolve({ status: CLOSED, headers: {}, text: "" });
      });
      sent.end(body);
    });
  }

  function pour(who: Anybody, { method, url }: Asking, bytes: number): Promise<Poured> {
    const where = who === "shell" ? { socketPath } : { host: "127.0.0.1", port: portal.port };
    const headers = { ...headersOf(who), "content-type": "application/json" };
    const chunk = Buffer.alloc(64 * 1024, " ");
    let sentBytes = 0;
    return new Promise((resolve, reject) => {
      const options = { ...where, agent: false, method, path: url, headers };
      const sent = sendRequest(options, ({ statusCode: status = 0 }) => {
        sent.destroy();
        resolve({ status, sentBytes });
      });
      sent.on("error", reject);
      const more = (): void => {
        while (sentBytes < bytes && !sent.destroyed) {
          sentBytes += chunk.length;
          if (!sent.write(chunk)) return void sent.once("drain", more);
        }
        sent.end();
      };
      more();
    });
  }

  return { ask, pour, blocking, close: () => agent.destroy() };
}
