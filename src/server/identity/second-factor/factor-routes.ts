// The API's routes by which a sign-in gives its second factor.
import { problemResponses } from "../../../api/problem-api.ts";
import { SecondFactorBodySchema, SecondFactorSchema } from "../../../api/second-factor-api.ts";
import { SignInAnswerSchema } from "../../../api/sign-in-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { SecondFactor } from "./create-second-factor.ts";

const BODY_MAX_BYTES = 4 * 1024;

export function registerFactorRoutes(app: FastifyApp, secondFactor: SecondFactor): void {
  const tags = ["sign-in"];
  const onRequest = secondFactor.requireUser;
  app.get(
    "/api/v1/sign-in/second-factor",
    {
      onRequest,
      schema: {
        tags,
        summary: "What a sign-in that waits for its second factor can be finished with",
        response: { 200: SecondFactorSchema, ...problemResponses(401, 403, 409, 503) },
      },
    },
    (request) => secondFactor.describe(request),
  );

  app.post(
    "/api/v1/sign-in/second-factor",
    {
      bodyLimit: BODY_MAX_BYTES,
      onRequest,
      schema: {
        tags,
        summary: "Finish a sign-in with a code; the session gets a new cookie",
        body: SecondFactorBodySchema,
        response: {
          200: SignInAnswerSchema,
          ...problemResponses(400, 401, 403, 409, 429, 503),
        },
      },
    },
    (request, reply) => secondFactor.answer({ request, reply }, request.body),
  );
}
