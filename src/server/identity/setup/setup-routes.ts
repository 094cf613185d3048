// The API's route by which the first operator is set up, once.
import { problemResponses } from "../../../api/problem-api.ts";
import { SetupBodySchema, SignInAnswerSchema } from "../../../api/sign-in-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { Setup } from "./create-setup.ts";

export function registerSetupRoutes(app: FastifyApp, setup: Setup): void {
  app.post(
    "/api/v1/setup",
    {
      onRequest: setup.refuseCrossSite,
      schema: {
        tags: ["sign-in"],
        summary: "Set up the first operator with the link of the first start, and sign in",
        body: SetupBodySchema,
        response: {
          201: SignInAnswerSchema,
          ...problemResponses(400, 403, 404, 409, 422, 503),
        },
      },
    },
    async (request, reply) => {
      const answer = await setup.answer({ request, reply, body: request.body });
      return reply.code(201).send(answer);
    },
  );
}
