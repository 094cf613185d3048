// The API's routes by which people set up, reset and turn off authenticator app and e-mail codes.
import { problemResponses } from "../../../api/problem-api.ts";
import { EmailCodeAnswerSchema } from "../../../api/second-factor-api.ts";
import {
  AppSetupSchema,
  FactorOffSchema,
  FactorOnSchema,
  SetupCodeSchema,
} from "../../../api/two-factor-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { TwoFactor } from "./create-two-factor.ts";
import { refuseBody } from "./refuse-body.ts";

const tags = ["me"];
const confirmed = {
  body: SetupCodeSchema,
  response: { 200: FactorOnSchema, ...problemResponses(400, 401, 403, 409, 503) },
};

export function registerFactorMethodRoutes(app: FastifyApp, twoFactor: TwoFactor): void {
  addAppRoutes(app, twoFactor);
  addEmailRoutes(app, twoFactor);
  const onRequest = twoFactor.requireUser;
  const response = { 204: FactorOffSchema, ...problemResponses(401, 403, 404, 409, 503) };
  app.delete(
    "/api/v1/me/two-factor/app",
    { onRequest, schema: { tags, summary: "Turn off the authenticator app", response } },
    async (request, reply) => {
      await twoFactor.turnOff(request, "app");
      return reply.code(204).send(null);
    },
  );
  app.delete(
    "/api/v1/me/two-factor/email",
    { onRequest, schema: { tags, summary: "Turn off e-mail codes", response } },
    async (request, reply) => {
      await twoFactor.turnOff(request, "email");
      return reply.code(204).send(null);
    },
  );
}

function addAppRoutes(app: FastifyApp, twoFactor: TwoFactor): void {
  const onRequest = twoFactor.requireUser;
  app.post(
    "/api/v1/me/two-factor/app",
    {
      onRequest,
      preValidation: refuseBody,
      schema: {
        tags,
        summary: "Begin to set up or reset the authenticator app: a new secret and its QR code",
        response: { 200: AppSetupSchema, ...problemResponses(400, 401, 403, 503) },
      },
    },
    (request, reply) => twoFactor.app.start({ request, reply }),
  );

  app.post(
    "/api/v1/me/two-factor/app/confirm",
    {
      onRequest,
      schema: { tags, summary: "Prove the new authenticator app with a code of it", ...confirmed },
    },
    (request, reply) => twoFactor.app.confirm({ request, reply }, request.body.code),
  );
}

function addEmailRoutes(app: FastifyApp, twoFactor: TwoFactor): void {
  const onRequest = twoFactor.requireUser;
  app.post(
    "/api/v1/me/two-factor/email",
    {
      onRequest,
      preValidation: refuseBody,
      schema: {
        tags,
        summary: "Begin to set up or reset e-mail codes: one is mailed to your own address",
        response: { 200: EmailCodeAnswerSchema, ...problemResponses(400, 401, 403, 429, 503) },
      },
    },
    (request, reply) => twoFactor.email.start({ request, reply }),
  );

  app.post(
    "/api/v1/me/two-factor/email/confirm",
    {
      onRequest,
      schema: { tags, summary: "Prove that mails are read with the code of one", ...confirmed },
    },
    (request, reply) => twoFactor.email.confirm({ request, reply }, request.body.code),
  );
}
