// Starts the API's accounts and journal routes on a real HTTP server and a store of their own.
import { afterAll } from "vitest";
import { createLogger } from "../../src/platform/log/create-logger.ts";
import { createFastify } from "../../src/platform/http/create-fastify.ts";
import { createHttpServer } from "../../src/platform/http/create-http-server.ts";
import { registerApiDocs } from "../../src/platform/http/register-api-docs.ts";
import { createAccounts, registerAccountsRoutes } from "../../src/server/accounts/index.ts";
import type { WrongToken } from "../../src/server/accounts/index.ts";
import { createJournal, registerJournalRoutes } from "../../src/server/journal/index.ts";
import { useEngine } from "../contracts/engines.ts";
import { createStandingClock, openStore } from "../contracts/open-store.ts";
import { join } from "node:path";
import { request as sendRequest } from "node:http";
import type { Scope } from "../../src/api/scopes.ts";

export type ApiAnswer = {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  readonly json: Record<string, unknown>;
};

export type RunningApi = Awaited<ReturnType<typeof startApi>>;

/** Call within a suite; `harness` comes from `useEngine("sqlite")` there. */
export async function startApi(harness: ReturnType<typeof useEngine>) {
  const place = await harness.place();
  const socketPath = join(place.dataDirectory, "control.sock");
  const database = await openStore({ ...harness, open: () => harness.open(place) });
  const clock = createStandingClock();
  const wrongTokens: WrongToken[] = [];
  const journal = createJournal({ database, clock, journalDays: 30, journalMaxMegabytes: 512 });
  const http = createHttpServer({ rawHandlers: [] });
  const accounts = createAccounts({
    database,
    clock,
    recordEvent: journal.recordEvent,
    isFromControlSocket: http.isFromControlSocket,
    onWrongToken: (wrong) => {
      wrongTokens.push(wrong);
    },
  });
  const app = createFastify({ http, logger: createLogger({ level: "silent" }) });
  registerApiDocs(app, { title: "Postern", version: "0", description: "" });
  await app.register(async () => {
    registerAccountsRoutes(app, accounts);
    registerJournalRoutes(app, journal, accounts);
  });
  await app.ready();
  const { port } = await http.listen({ host: "127.0.0.1", port: 0 });
  await http.listenOnControlSocket(socketPath);
  afterAll(async () => {
    journal.endTails();
    await http.close(0);
    await app.close();
    await journal.close();
  });

  async function tokenFor(...scopes: readonly Scope[]): Promise<string> {
    const input = { name: "test", scopes, expiresAtMs: null, createdBy: "test" };
    const outcome = await accounts.createToken(input);
    if (!outcome.ok) throw new Error(outcome.why);
    return outcome.token;
  }

  /** `by`: a token, null for none, or `host shell` for the control socket. */
  function ask(
    method: string,
    path: string,
    by: { readonly as: string | null; readonly body?: unknown },
  ): Promise<ApiAnswer> {
    const isShell = by.as === "host shell";
    const authorization = by.as === null || isShell ? {} : { authorization: `Bearer ${by.as}` };
    const body = by.body === undefined ? undefined : JSON.stringify(by.body);
    const type = body === undefined ? {} : { "content-type": "application/json" };
    const where = isShell ? { socketPath } : { host: "127.0.0.1", port };
    return new Promise((resolve, reject) => {
      const headers = { host: "localhost", ...authorization, ...type };
      const sent = sendRequest({ ...where, method, path, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          const isJson = response.headers["content-type"]?.includes("json") === true;
          const json = isJson && !text.includes("}\n") && text !== "" ? JSON.parse(text) : {};
          const status = response.statusCode ?? 0;
          resolve({ status, headers: response.headers, text, json });
        });
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }

  return { accounts, ask, clock, database, journal, port, tokenFor, wrongTokens };
}
