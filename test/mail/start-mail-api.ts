// Starts the routes for mails and resets on a real HTTP server, with a real SMTP server behind.
import { request as sendRequest } from "node:http";
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Scope } from "../../src/api/scopes.ts";
import { createFastify } from "../../src/platform/http/create-fastify.ts";
import { createHttpServer } from "../../src/platform/http/create-http-server.ts";
import { createLogger } from "../../src/platform/log/create-logger.ts";
import { createAccounts } from "../../src/server/accounts/index.ts";
import { registerMailRoutes } from "../../src/server/identity/mail/mail-routes.ts";
import { registerResetRequestRoutes } from "../../src/server/identity/mail/reset-request-routes.ts";
import { createSameSiteCheck } from "../../src/server/identity/sessions/assert-same-site.ts";
import { createSessionCookies } from "../../src/server/identity/sessions/session-cookies.ts";
import type { EngineHarness } from "../contracts/engines.ts";
import { placeAt, PUBLIC_URL, startMails } from "./start-mails.ts";

export type MailApiAnswer = {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies of every kind
  readonly json: any;
};

export type RunningMailApi = Awaited<ReturnType<typeof startMailApi>>;

export async function startMailApi(harness: EngineHarness) {
  const node = await startMails(harness);
  const { mails, database, clock } = node;
  const place = await harness.place();
  const logLines: string[] = [];
  const http = createHttpServer({ rawHandlers: [] });
  const accounts = createAccounts({
    database,
    clock,
    isFromControlSocket: http.isFromControlSocket,
  });
  const logger = createLogger({
    level: "trace",
    to: { write: (line) => void logLines.push(line) },
  });
  const app = createFastify({ http, logger });
  await app.register(async () => {
    registerMailRoutes(app, { mails, accounts });
    registerResetRequestRoutes(app, {
      mails,
      assertSameSite: createSameSiteCheck(PUBLIC_URL, createSessionCookies(PUBLIC_URL)),
      placeOf: (request) => placeAt(String(request.headers["x-client"] ?? "203.0.113.9")),
    });
  });
  await app.ready();
  const { port } = await http.listen({ host: "127.0.0.1", port: 0 });
  const socketPath = join(place.dataDirectory, "control.sock");
  await http.listenOnControlSocket(socketPath);
  afterAll(async () => {
    await http.close(0);
    await app.close();
  });

  function ask(
    method: string,
    path: string,
    by: {
      /** A token, null for none, or the host's shell. */
      readonly as?: string | null;
      readonly headers?: OutgoingHttpHeaders;
      readonly body?: unknown;
      readonly rawBody?: string;
    } = {},
  ): Promise<MailApiAnswer> {
    const { as = null } = by;
    const isShell = as === "host shell";
    const rawBody = by.rawBody ?? (by.body === undefined ? undefined : JSON.stringify(by.body));
    const headers = {
      host: "portal.example.com",
      ...(as === null || isShell ? {} : { authorization: `Bearer ${as}` }),
      ...(rawBody === undefined ? {} : { "content-type": "application/json" }),
      ...by.headers,
    };
    const where = isShell ? { socketPath } : { host: "127.0.0.1", port };
    return new Promise((resolve, reject) => {
      const sent = sendRequest({ ...where, method, path, headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          const isJson = String(response.headers["content-type"]).includes("json");
          const json = isJson ? (JSON.parse(text) as unknown) : null;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
        });
      });
      sent.on("error", reject);
      sent.end(rawBody);
    });
  }

  async function tokenFor(...scopes: readonly Scope[]): Promise<string> {
    const wanted = { name: "test", scopes, expiresAtMs: null, createdBy: "test" };
    const outcome = await accounts.createToken(wanted);
    if (!outcome.ok) throw new Error(outcome.why);
    return outcome.token;
  }

  return { ...node, ask, tokenFor, logLines };
}
