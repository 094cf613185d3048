// The API's routes for signing in.
import { problemResponses } from "../../../api/problem-api.ts";
import {
  SignInAnswerSchema,
  SignInBodySchema,
  SignInPageQuerySchema,
  SignInPageSchema,
} from "../../../api/sign-in-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { SignIn } from "./create-sign-in.ts";

/** A password of 1,000 characters and an address, each of six escaped UTF-16 units at most. */
const BODY_MAX_BYTES = 64 * 1024;

export function registerSignInRoutes(app: FastifyApp, signIn: SignIn): void {
  const tags = ["sign-in"];
  app.get(
    "/api/v1/sign-in-page",
    {
      schema: {
        tags,
        summary: "What the sign-in pages show before anybody is known",
        querystring: SignInPageQuerySchema,
        response: { 200: SignInPageSchema, ...problemResponses(400) },
      },
    },
    (request) => signIn.describePage(request.query.account ?? null),
  );

  app.post(
    "/api/v1/sign-in",
    {
      bodyLimit: BODY_MAX_BYTES,
      onRequest: signIn.refuseCrossSite,
      schema: {
        tags,
        summary: "Sign in with e-mail address and password; the session is in a cookie",
        body: SignInBodySchema,
        response: { 200: SignInAnswerSchema, ...problemResponses(400, 401, 403, 503) },
      },
    },
    (request, reply) => signIn.answer({ request, reply, body: request.body }),
  );
}
