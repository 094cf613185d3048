// The API's routes for the audit: reading it and checking its chain. None changes or deletes.
import { AuditCheckSchema, AuditListSchema, AuditQuerySchema } from "../../api/audit-api.ts";
import type { AuditQuery } from "../../api/audit-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import type { Authentication } from "../accounts/index.ts";
import { toAuditAnswer } from "./audit-entry.ts";
import type { Audit } from "./create-audit.ts";
import type { AuditFilter } from "./audit-store.ts";
import { journalProblem } from "./journal-problem.ts";

const tags = ["audit"];
const SCOPE = "journal:read";

export function registerAuditRoutes(
  app: FastifyApp,
  audit: Omit<Audit, "add">,
  accounts: Pick<Authentication, "requireScope">,
): void {
  const onRequest = accounts.requireScope(SCOPE);
  app.get(
    "/api/v1/audit",
    {
      onRequest,
      schema: {
        tags,
        summary: "List what administrators did, newest first",
        querystring: AuditQuerySchema,
        response: { 200: AuditListSchema, ...problemResponses(400, 401, 403) },
      },
    },
    async (request) => {
      const { after, limit = 100 } = request.query;
      const before = after === undefined ? null : Number(after);
      const { rows, next } = await audit.list(readFilter(request.query), { before, limit });
      return { entries: rows.map(toAuditAnswer), next: next === null ? null : String(next) };
    },
  );

  app.get(
    "/api/v1/audit/check",
    {
      onRequest,
      schema: {
        tags,
        summary: "Check that nothing in the audit was changed, cut off, put in or exchanged",
        response: { 200: AuditCheckSchema, ...problemResponses(401, 403) },
      },
    },
    async () => await audit.check(),
  );
}

function readFilter({ actor, kind, user, since, until }: AuditQuery): AuditFilter {
  return {
    ...(actor === undefined ? {} : { actor }),
    ...(kind === undefined ? {} : { kind }),
    ...(user === undefined ? {} : { userId: user }),
    ...(since === undefined ? {} : { sinceMs: readTime("since", since) }),
    ...(until === undefined ? {} : { untilMs: readTime("until", until) }),
  };
}

function readTime(name: string, text: string): number {
  const atMs = Date.parse(text);
  if (!Number.isNaN(atMs)) return atMs;
  const detail = `${name} must be a time such as 2026-01-31T12:00:00Z.`;
  throw journalProblem("time-malformed", { detail });
}
