// The API's routes about who is signed in: me, staying signed in, signing out.
import type { IncomingMessage } from "node:http";
import { SignedOutSchema } from "../../../api/connection-api.ts";
import { problemResponses } from "../../../api/problem-api.ts";
import { ActivityAnswerSchema } from "../../../api/sessions-api.ts";
import { MePatchSchema, MeSchema } from "../../../api/sign-in-api.ts";
import type { MeAnswer } from "../../../api/sign-in-api.ts";
import { roleTowards } from "../../../core/accounts/role-towards.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import { changeOwnName } from "./change-own-name.ts";
import type { OpenCheck } from "./read-session.ts";
import { toTimeText } from "./session-route-parts.ts";
import type { SessionRouteParts } from "./session-route-parts.ts";
import { signOut } from "./sign-out.ts";

export function registerMeRoutes(app: FastifyApp, parts: SessionRouteParts): void {
  const tags = ["me"];
  const { accounts, sessions } = parts;
  const onRequest = accounts.requireUser;
  app.get(
    "/api/v1/me",
    {
      onRequest,
      schema: {
        tags,
        summary: "Who is signed in, and until when",
        response: { 200: MeSchema, ...problemResponses(401, 403, 503) },
      },
    },
    async (request) => toMeAnswer(parts, request.raw, sessions.openSessionOf(request)),
  );

  app.patch(
    "/api/v1/me",
    {
      onRequest,
      schema: {
        tags,
        summary: "Change your name",
        body: MePatchSchema,
        response: { 200: MeSchema, ...problemResponses(400, 401, 403, 503) },
      },
    },
    async (request) => {
      const { name } = request.body;
      await changeOwnName(parts, accounts.userOf(request), name);
      const check = sessions.openSessionOf(request);
      const { session } = check;
      const renamed = { ...session, user: { ...session.user, name } };
      return toMeAnswer(parts, request.raw, { ...check, session: renamed });
    },
  );

  app.post(
    "/api/v1/me/activity",
    {
      onRequest,
      schema: {
        tags,
        summary: "Stay signed in: the time without activity begins anew",
        response: { 200: ActivityAnswerSchema, ...problemResponses(401, 403, 503) },
      },
    },
    async (request) => {
      const { idleEndsAtMs } = sessions.openSessionOf(request);
      return {
        idleEndsAt: idleEndsAtMs === null ? null : toTimeText(idleEndsAtMs),
        serverTime: toTimeText(parts.clock.nowMs()),
      };
    },
  );

  app.post(
    "/api/v1/sign-out",
    {
      schema: {
        tags,
        summary: "End this session; the browser forgets its cookie. No session is no mistake",
        response: { 200: SignedOutSchema, ...problemResponses(403, 503) },
      },
    },
    (request, reply) => signOut(parts, request, reply),
  );
}

function toMeAnswer(
  parts: SessionRouteParts,
  request: IncomingMessage,
  check: OpenCheck,
): MeAnswer {
  const { user, memberships, session, policy } = check.session;
  const { logOut } = policy;
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    // Who belongs nowhere has the least rights there are.
    role: roleTowards({ isOperator: user.isOperator, memberships }, null) ?? "agent",
    isOperator: user.isOperator,
    memberships: memberships.map(({ code, accountName, role, isPrimary }) => ({
      account: code,
      accountName,
      role,
      isPrimary,
    })),
    stage: check.stage,
    address: parts.placeOf(request).addressText,
    session: {
      id: session.id,
      createdAt: toTimeText(session.createdAtMs),
      idleMinutes: logOut.enabled ? logOut.minutes : null,
      idleEndsAt: check.idleEndsAtMs === null ? null : toTimeText(check.idleEndsAtMs),
    },
    serverTime: toTimeText(parts.clock.nowMs()),
    portalName: parts.portalName,
  };
}
