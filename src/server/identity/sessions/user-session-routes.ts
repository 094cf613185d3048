// The API's routes by which operators and admins see and end a user's sessions.
import { problemResponses } from "../../../api/problem-api.ts";
import {
  EndedSchema,
  SessionEndedSchema,
  SessionListSchema,
  SignInEventListSchema,
  UserSessionParamsSchema,
} from "../../../api/sessions-api.ts";
import { UserParamsSchema } from "../../../api/users-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import { describePrincipal, findManagedUser } from "../../accounts/index.ts";
import type { ApiRequest } from "../../accounts/index.ts";
import { endSession, endSessionsOf } from "./end-sessions.ts";
import { listOpenSessions, toSessionAnswer } from "./list-sessions.ts";
import { listSignIns } from "./list-sign-ins.ts";
import { sessionProblem } from "./session-problem.ts";
import type { SessionRouteParts } from "./session-route-parts.ts";

const tags = ["users"];

export function registerUserSessionRoutes(app: FastifyApp, parts: SessionRouteParts): void {
  addListRoutes(app, parts);
  addEndRoutes(app, parts);
}

/** Where somebody was and when: of a person, not of the policy, so a token needs journal:read. */
function addListRoutes(app: FastifyApp, parts: SessionRouteParts): void {
  const { accounts } = parts;
  app.get(
    "/api/v1/users/:id/sessions",
    {
      onRequest: accounts.requireManager("journal:read"),
      schema: {
        tags,
        summary: "A user's open sessions",
        params: UserParamsSchema,
        response: { 200: SessionListSchema, ...problemResponses(401, 403, 404, 503) },
      },
    },
    async (request) => {
      const { id: userId } = request.params;
      const principal = accounts.principalOf(request);
      await findManagedUser(parts.database.kysely, principal, userId);
      const found = await listOpenSessions(parts.database.kysely, {
        userId,
        nowMs: parts.clock.nowMs(),
        lastActivityOf: parts.sessions.unwrittenActivityOf,
      });
      const currentId = principal.kind === "user" ? principal.sessionId : null;
      return { sessions: found.map((session) => toSessionAnswer(session, currentId)) };
    },
  );

  app.get(
    "/api/v1/users/:id/sign-ins",
    {
      onRequest: accounts.requireManager("journal:read"),
      schema: {
        tags,
        summary: "A user's latest fifty sign-ins and refused ones, newest first",
        params: UserParamsSchema,
        response: { 200: SignInEventListSchema, ...problemResponses(401, 403, 404, 503) },
      },
    },
    async (request) => {
      const { id: userId } = request.params;
      await findManagedUser(parts.database.kysely, accounts.principalOf(request), userId);
      return { signIns: await listSignIns(parts.journal, userId) };
    },
  );
}

function addEndRoutes(app: FastifyApp, parts: SessionRouteParts): void {
  const { accounts } = parts;
  app.delete(
    "/api/v1/users/:id/sessions",
    {
      onRequest: accounts.requireManager("policy:write"),
      schema: {
        tags,
        summary: "End all of a user's sessions, at once",
        params: UserParamsSchema,
        response: { 200: EndedSchema, ...problemResponses(401, 403, 404, 503) },
      },
    },
    async (request) => ({ ended: await endFor(parts, request, { userId: request.params.id }) }),
  );

  app.delete(
    "/api/v1/users/:id/sessions/:sessionId",
    {
      onRequest: accounts.requireManager("policy:write"),
      schema: {
        tags,
        summary: "End one of a user's sessions, at once",
        params: UserSessionParamsSchema,
        response: { 204: SessionEndedSchema, ...problemResponses(401, 403, 404, 503) },
      },
    },
    async (request, reply) => {
      const { id: userId, sessionId } = request.params;
      const ended = await endFor(parts, request, { userId, sessionId });
      if (ended === 0) throw sessionProblem("session-not-found");
      return reply.code(204).send(null);
    },
  );
}

/** Returns how many there were. Half sign-ins end with the rest. */
async function endFor(
  parts: SessionRouteParts,
  request: ApiRequest,
  which: { readonly userId: string; readonly sessionId?: string },
): Promise<number> {
  const { accounts, database, clock } = parts;
  const { userId, sessionId } = which;
  const principal = accounts.principalOf(request);
  const atMs = clock.nowMs();
  const ended = await database.transaction(async (trx) => {
    await findManagedUser(trx, principal, userId);
    const count =
      sessionId === undefined
        ? await endSessionsOf(trx, userId, { nowMs: atMs })
        : Number(await endSession(trx, { id: sessionId, userId }, atMs));
    if (count === 0) return 0;
    await parts.recordEvent(trx, {
      kind: "session-ended",
      atMs,
      userId,
      actor: describePrincipal(principal),
      reason: "by-administrator",
      detail: { sessions: count, ...(sessionId === undefined ? {} : { session: sessionId }) },
    });
    return count;
  });
  await parts.sessions.followUserChanges();
  return ended;
}
