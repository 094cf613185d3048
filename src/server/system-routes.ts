// The routes about the process itself: readiness, metrics, backup.

import { isAbsolute } from "node:path";
import { Type } from "typebox";
import { problemResponses } from "../api/problem-api.ts";
import type { Clock } from "../platform/clock.ts";
import { backUpTo } from "../platform/database/back-up.ts";
import type { Database } from "../platform/database/database.ts";
import type { FastifyApp } from "../platform/http/create-fastify.ts";
import { Problem } from "../platform/problem/problem.ts";
import { hasScope } from "./accounts/index.ts";
import type { Accounts } from "./accounts/index.ts";
import type { Readiness } from "./check-readiness.ts";
import type { Schema } from "./migrations/schema.ts";
import type { Metrics } from "./process-metrics.ts";

const ReadinessSchema = Type.Object({
  status: Type.Union([Type.Literal("ready"), Type.Literal("not-ready")]),
  checks: Type.Optional(
    Type.Record(Type.String(), Type.String(), {
      description:
        "ok, or what is wrong; only the store makes a node unready. Told from the host's shell " +
        "and with a token of scope journal:read",
    }),
  ),
});

type Parts = {
  readonly accounts: Accounts;
  readonly database: Database<Schema>;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly checkReadiness: () => Promise<Readiness>;
};

export function registerSystemRoutes(app: FastifyApp, parts: Parts): void {
  addWatchRoutes(app, parts);
  addBackupRoute(app, parts);
}

function addWatchRoutes(app: FastifyApp, parts: Parts): void {
  app.get(
    "/readyz",
    {
      schema: {
        tags: ["system"],
        summary: "Whether this node can take traffic",
        response: { 200: ReadinessSchema, 503: ReadinessSchema },
      },
    },
    async (request, reply) => {
      const readiness = await parts.checkReadiness();
      const mayKnow = await parts.accounts.authenticate(request).then(
        (principal) => hasScope(principal, "journal:read"),
        () => false,
      );
      const status = readiness.isReady ? ("ready" as const) : ("not-ready" as const);
      return reply
        .code(readiness.isReady ? 200 : 503)
        .header("cache-control", "no-store")
        .send(mayKnow ? { status, checks: { ...readiness.checks } } : { status });
    },
  );

  app.get(
    "/metrics",
    {
      onRequest: parts.accounts.requireScope("journal:read"),
      schema: {
        tags: ["system"],
        summary: "Prometheus metrics (scope journal:read)",
        response: { 200: Type.String(), ...problemResponses(401, 403) },
      },
    },
    async (_request, reply) => {
      const { contentType, text } = await parts.metrics.collect();
      return reply.type(contentType).send(text);
    },
  );
}

function addBackupRoute(app: FastifyApp, parts: Parts): void {
  app.post(
    "/api/v1/backup",
    {
      onRequest: parts.accounts.requireHostShell,
      schema: {
        tags: ["system"],
        summary: "Write a backup to a new file on the host (from the host's shell)",
        body: Type.Object(
          { path: Type.String({ minLength: 1, maxLength: 4096 }) },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ path: Type.String(), rows: Type.Integer() }),
          ...problemResponses(400, 401, 403, 409),
        },
      },
    },
    async (request) => {
      const { path } = request.body;
      if (!isAbsolute(path)) {
        throw new Problem("path-refused", 400, { detail: "Give the absolute path of a new file." });
      }
      const outcome = await backUpTo(parts.database, path, parts.clock.nowMs());
      if (!outcome.ok) throw new Problem("file-exists", 409, { detail: outcome.message });
      return { path, rows: outcome.rowCount };
    },
  );
}
