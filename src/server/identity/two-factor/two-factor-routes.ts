// The API's routes of User settings, Two-factor, and the admins' reset of a user's.
import { problemResponses } from "../../../api/problem-api.ts";
import { ProofAnswerSchema, ProofBodySchema } from "../../../api/second-factor-api.ts";
import { EndedSchema, SessionParamsSchema } from "../../../api/sessions-api.ts";
import {
  BrowserDistrustedSchema,
  FactorsResetSchema,
  NewBackupCodesSchema,
  TwoFactorSchema,
} from "../../../api/two-factor-api.ts";
import { UserParamsSchema } from "../../../api/users-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { TwoFactor } from "./create-two-factor.ts";
import { registerFactorMethodRoutes } from "./factor-method-routes.ts";
import { refuseBody } from "./refuse-body.ts";

export function registerTwoFactorRoutes(app: FastifyApp, twoFactor: TwoFactor): void {
  addReadingRoutes(app, twoFactor);
  registerFactorMethodRoutes(app, twoFactor);
  addTrustRoutes(app, twoFactor);
  addManagingRoutes(app, twoFactor);
}

function addReadingRoutes(app: FastifyApp, twoFactor: TwoFactor): void {
  const tags = ["me"];
  const onRequest = twoFactor.requireUser;
  app.get(
    "/api/v1/me/two-factor",
    {
      onRequest,
      schema: {
        tags,
        summary: "Your second factors, backup codes and trusted browsers",
        response: { 200: TwoFactorSchema, ...problemResponses(401, 403, 503) },
      },
    },
    (request) => twoFactor.read(request),
  );

  app.post(
    "/api/v1/me/proof",
    {
      onRequest,
      schema: {
        tags,
        summary: "Prove once more who you are, before changes; this session gets a new cookie",
        body: ProofBodySchema,
        response: {
          200: ProofAnswerSchema,
          ...problemResponses(400, 401, 403, 409, 429, 503),
        },
      },
    },
    (request, reply) => twoFactor.prove({ request, reply }, request.body),
  );

  app.post(
    "/api/v1/me/two-factor/backup-codes",
    {
      onRequest,
      preValidation: refuseBody,
      schema: {
        tags,
        summary: "Make ten new backup codes, shown this once; those before are void",
        response: { 200: NewBackupCodesSchema, ...problemResponses(400, 401, 403, 409, 503) },
      },
    },
    (request) => twoFactor.renewBackupCodes(request),
  );
}

function addTrustRoutes(app: FastifyApp, twoFactor: TwoFactor): void {
  const tags = ["me"];
  const onRequest = twoFactor.requireUser;
  app.delete(
    "/api/v1/me/trusted-browsers",
    {
      onRequest,
      schema: {
        tags,
        summary: "Trust no browser any more: the second factor is asked for everywhere",
        response: { 200: EndedSchema, ...problemResponses(401, 403, 503) },
      },
    },
    async (request) => ({ ended: await twoFactor.distrust(request, null) }),
  );

  app.delete(
    "/api/v1/me/trusted-browsers/:id",
    {
      onRequest,
      schema: {
        tags,
        summary: "Trust one browser no more: the second factor is asked for there",
        params: SessionParamsSchema,
        response: { 204: BrowserDistrustedSchema, ...problemResponses(400, 401, 403, 404, 503) },
      },
    },
    async (request, reply) => {
      await twoFactor.distrust(request, request.params.id);
      return reply.code(204).send(null);
    },
  );
}

function addManagingRoutes(app: FastifyApp, twoFactor: TwoFactor): void {
  app.delete(
    "/api/v1/users/:id/two-factor",
    {
      onRequest: twoFactor.requireManager("policy:write"),
      schema: {
        tags: ["users"],
        summary: "Remove a user's second factors, backup codes and trusted browsers",
        params: UserParamsSchema,
        response: { 200: FactorsResetSchema, ...problemResponses(400, 401, 403, 404, 503) },
      },
    },
    (request) => {
      const principal = twoFactor.principalOf(request);
      return twoFactor.resetFor({ principal, request, userId: request.params.id });
    },
  );
}
