// The API's routes by which people see and end their own sessions and known browsers.
import { problemResponses } from "../../../api/problem-api.ts";
import {
  BrowserForgottenSchema,
  BrowserListSchema,
  EndedSchema,
  SessionEndedSchema,
  SessionListSchema,
  SessionParamsSchema,
  SignInEventListSchema,
} from "../../../api/sessions-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import { createOwnSessions } from "./own-sessions.ts";
import { listSignIns } from "./list-sign-ins.ts";
import type { SessionRouteParts } from "./session-route-parts.ts";

export function registerOwnSessionRoutes(app: FastifyApp, parts: SessionRouteParts): void {
  const { userOf, requireUser: onRequest } = parts.accounts;
  const own = createOwnSessions(parts);
  addSessionRoutes();
  addBrowserRoutes();
  app.get(
    "/api/v1/me/sign-ins",
    {
      onRequest,
      schema: {
        tags: ["me"],
        summary: "Your latest fifty sign-ins and refused ones, newest first",
        response: { 200: SignInEventListSchema, ...problemResponses(401, 403, 503) },
      },
    },
    async (request) => ({ signIns: await listSignIns(parts.journal, userOf(request).userId) }),
  );

  function addSessionRoutes(): void {
    const tags = ["me"];
    app.get(
      "/api/v1/me/sessions",
      {
        onRequest,
        schema: {
          tags,
          summary: "Your open sessions, the one active last first",
          response: { 200: SessionListSchema, ...problemResponses(401, 403, 503) },
        },
      },
      async (request) => ({ sessions: [...(await own.listSessions(userOf(request)))] }),
    );
    app.delete(
      "/api/v1/me/sessions",
      {
        onRequest,
        schema: {
          tags,
          summary: "End all your sessions but this one",
          response: { 200: EndedSchema, ...problemResponses(401, 403, 503) },
        },
      },
      async (request) => ({ ended: await own.endOthers(request) }),
    );
    app.delete(
      "/api/v1/me/sessions/:id",
      {
        onRequest,
        schema: {
          tags,
          summary: "End one of your sessions",
          params: SessionParamsSchema,
          response: { 204: SessionEndedSchema, ...problemResponses(401, 403, 404, 503) },
        },
      },
      async (request, reply) => {
        await own.endOne(request, request.params.id);
        return reply.code(204).send(null);
      },
    );
  }

  function addBrowserRoutes(): void {
    const tags = ["me"];
    app.get(
      "/api/v1/me/browsers",
      {
        onRequest,
        schema: {
          tags,
          summary: "The browsers in which you have signed in before",
          response: { 200: BrowserListSchema, ...problemResponses(401, 403, 503) },
        },
      },
      async (request) => ({ browsers: [...(await own.listBrowsers(request))] }),
    );
    app.delete(
      "/api/v1/me/browsers",
      {
        onRequest,
        schema: {
          tags,
          summary: "Forget all of them; open sessions go on",
          response: { 200: EndedSchema, ...problemResponses(401, 403, 503) },
        },
      },
      async (request) => ({ ended: await own.forgetAll(request) }),
    );
    app.delete(
      "/api/v1/me/browsers/:id",
      {
        onRequest,
        schema: {
          tags,
          summary: "Forget one of them; open sessions go on",
          params: SessionParamsSchema,
          response: { 204: BrowserForgottenSchema, ...problemResponses(401, 403, 404, 503) },
        },
      },
      async (request, reply) => {
        await own.forgetOne(request, request.params.id);
        return reply.code(204).send(null);
      },
    );
  }
}
