// Starts the API's accounts and journal routes on a real HTTP server and a store of their own.
import { afterAll } from "vitest";
import { stepsForAdmins } from "../../src/core/gate/steps-for-admins.ts";
import { createLogger } from "../../src/platform/log/create-logger.ts";
import { createFastify } from "../../src/platform/http/create-fastify.ts";
import { createHttpServer } from "../../src/platform/http/create-http-server.ts";
import { registerApiDocs } from "../../src/platform/http/register-api-docs.ts";
import {
  createAccounts,
  findUserById,
  listMemberships,
  registerAccountsRoutes,
} from "../../src/server/accounts/index.ts";
import type { ReadSession, WrongToken } from "../../src/server/accounts/index.ts";
import {
  createJournal,
  registerJournalRoutes,
  registerWebhookRoutes,
} from "../../src/server/journal/index.ts";
import { useEngine } from "../contracts/engines.ts";
import { createStandingClock, openStore } from "../contracts/open-store.ts";
import { startSending } from "../sending/start-sending.ts";
import { join } from "node:path";
import { request as sendRequest } from "node:http";
import type { Scope } from "../../src/api/scopes.ts";
import type { Database } from "../../src/platform/database/database.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";

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
  const { sending } = startSending(database, { clock, journal });
  const http = createHttpServer({ rawHandlers: [] });
  const accounts = createAccounts({
    database,
    clock,
    recordEvent: journal.recordEvent,
    isFromControlSocket: http.isFromControlSocket,
    readSession: readTestSession(database),
    onWrongToken: (wrong) => {
      wrongTokens.push(wrong);
    },
  });
  const app = createFastify({ http, logger: createLogger({ level: "silent" }) });
  registerApiDocs(app, { title: "Postern", version: "0", description: "" });
  await app.register(async () => {
    registerAccountsRoutes(app, accounts);
    registerWebhookRoutes(app, { sending, accounts });
    registerJournalRoutes(app, { journal, accounts, stepsForAdmins, nowMs: clock.nowMs });
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

  /** `by`: a token, null for none, `host shell` for the control socket, or `user` and an id. */
  function ask(
    method: string,
    path: string,
    by: { readonly as: string | null; readonly body?: unknown },
  ): Promise<ApiAnswer> {
    const isShell = by.as === "host shell";
    const authorization = by.as === null || isShell ? {} : credentialsOf(by.as);
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

  const { dataDirectory } = place;
  const node = { clock, database, dataDirectory, journal, port, sending };
  return { ...node, accounts, ask, tokenFor, wrongTokens };
}

/** Sessions are a later domain's: here a cookie names the user who is signed in. */
function readTestSession(database: Database<Schema>): ReadSession {
  return async ({ raw }) => {
    const userId = /^test-user=([a-z2-7]{20})$/.exec(raw.headers.cookie ?? "")?.[1];
    const user = userId === undefined ? null : await findUserById(database.kysely, userId);
    if (user === null) return null;
    const memberships = await listMemberships(database.kysely, user.id);
    const { id, email, isOperator } = user;
    return {
      kind: "user",
      userId: id,
      email,
      name: user.name,
      sessionId: id,
      isOperator,
      memberships: memberships.map(({ accountId, code, accountName: name, role, isPrimary }) => {
        return { accountId, code, name, role, isPrimary };
      }),
    };
  };
}

function credentialsOf(as: string): Readonly<Record<string, string>> {
  const userId = /^user (\S+)$/.exec(as)?.[1];
  return userId === undefined
    ? { authorization: `Bearer ${as}` }
    : { cookie: `test-user=${userId}` };
}
