// The API's routes by which people choose, change, reset and assess passwords.
import { Type } from "typebox";
import {
  AssessmentBodySchema,
  AssessmentSchema,
  LinkAnswerSchema,
  LinkLookSchema,
  PasswordChangeSchema,
  PasswordRemovedSchema,
  PasswordResetSchema,
  PasswordRulesSchema,
} from "../../../api/passwords-api.ts";
import { problemResponses } from "../../../api/problem-api.ts";
import { SignInAnswerSchema } from "../../../api/sign-in-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { Passwords } from "./create-passwords.ts";
import { registerUserPasswordRoutes } from "./user-password-routes.ts";

export function registerPasswordRoutes(app: FastifyApp, passwords: Passwords): void {
  addOwnRoutes(app, passwords);
  addLinkRoutes(app, passwords);
  registerUserPasswordRoutes(app, passwords);
  app.post(
    "/api/v1/password-assessments",
    {
      onRequest: passwords.refuseCrossSite,
      schema: {
        tags: ["passwords"],
        summary: "How hard a password is to guess; it is neither kept nor recorded",
        body: AssessmentBodySchema,
        response: { 200: AssessmentSchema, ...problemResponses(400, 403, 503) },
      },
    },
    (request) => passwords.assess(request, request.body),
  );
}

function addOwnRoutes(app: FastifyApp, passwords: Passwords): void {
  const tags = ["me"];
  app.get(
    "/api/v1/me/password-rules",
    {
      onRequest: passwords.requireUser,
      schema: {
        tags,
        summary: "The rules your next password has to keep",
        response: { 200: PasswordRulesSchema, ...problemResponses(401, 403) },
      },
    },
    (request) => passwords.rulesOf(request),
  );

  app.post(
    "/api/v1/me/password",
    {
      onRequest: passwords.requireUser,
      schema: {
        tags,
        summary: "Change your password; your other sessions end, this one gets a new cookie",
        body: PasswordChangeSchema,
        response: {
          200: SignInAnswerSchema,
          ...problemResponses(400, 401, 403, 409, 422, 503),
        },
      },
    },
    (request, reply) => passwords.change({ request, reply, body: request.body }),
  );

  app.delete(
    "/api/v1/me/password",
    {
      onRequest: passwords.requireUser,
      schema: {
        tags,
        summary: "Remove your password, if there is another way in; needs a fresh proof",
        response: { 204: PasswordRemovedSchema, ...problemResponses(401, 403, 409, 503) },
      },
    },
    async (request, reply) => {
      await passwords.remove({ request, reply });
      return reply.code(204).send(null);
    },
  );
}

function addLinkRoutes(app: FastifyApp, passwords: Passwords): void {
  const tags = ["passwords"];
  app.post(
    "/api/v1/password-links/look",
    {
      onRequest: passwords.refuseCrossSite,
      schema: {
        tags,
        summary: "What an e-mailed link is for; looking does not use it up",
        body: LinkLookSchema,
        response: { 200: LinkAnswerSchema, ...problemResponses(400, 403, 404) },
      },
    },
    (request) => passwords.look(request.raw, request.body.token),
  );

  app.post(
    "/api/v1/password-resets",
    {
      onRequest: passwords.refuseCrossSite,
      schema: {
        tags,
        summary: "Choose a password with an e-mailed link, once; it unlocks and ends all sessions",
        body: PasswordResetSchema,
        response: {
          204: Type.Null({ description: "The password is set; sign in with it" }),
          ...problemResponses(400, 403, 404, 409, 422, 503),
        },
      },
    },
    async (request, reply) => {
      await passwords.reset(request.raw, request.body);
      return reply.code(204).send(null);
    },
  );
}
