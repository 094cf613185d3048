// The API's routes that ask for a passkey: to sign in, as a second factor, as a proof.
import { problemResponses } from "../../../api/problem-api.ts";
import {
  PasskeyFactorBodySchema,
  PasskeyOptionsSchema,
  PasskeySignInBodySchema,
} from "../../../api/second-factor-api.ts";
import { SignInAnswerSchema } from "../../../api/sign-in-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { Passkeys } from "./create-passkeys.ts";
import { PASSKEY_BODY_MAX_BYTES as bodyLimit } from "./passkey-routes.ts";

export function registerPasskeySignInRoutes(app: FastifyApp, passkeys: Passkeys): void {
  addPasswordlessRoutes(app, passkeys);
  const onRequest = passkeys.requireUser;
  app.post(
    "/api/v1/sign-in/second-factor/passkey-options",
    {
      onRequest,
      schema: {
        tags: ["sign-in"],
        summary: "What navigator.credentials.get() is given for the second factor",
        response: { 200: PasskeyOptionsSchema, ...problemResponses(401, 403, 409, 503) },
      },
    },
    (request) => passkeys.requestOptions(request, "second-factor"),
  );

  app.post(
    "/api/v1/sign-in/second-factor/passkey",
    {
      onRequest,
      bodyLimit,
      schema: {
        tags: ["sign-in"],
        summary: "Go on with a sign-in by a passkey",
        body: PasskeyFactorBodySchema,
        response: { 200: SignInAnswerSchema, ...problemResponses(400, 401, 403, 409, 503) },
      },
    },
    (request, reply) => passkeys.passFactor({ request, reply, body: request.body }),
  );

  app.post(
    "/api/v1/me/proof/passkey-options",
    {
      onRequest,
      schema: {
        tags: ["me"],
        summary: "What navigator.credentials.get() is given to prove once more who you are",
        response: { 200: PasskeyOptionsSchema, ...problemResponses(401, 403, 409, 503) },
      },
    },
    (request) => passkeys.requestOptions(request, "proof"),
  );
}

function addPasswordlessRoutes(app: FastifyApp, passkeys: Passkeys): void {
  const tags = ["sign-in"];
  const onRequest = passkeys.refuseCrossSite;
  app.post(
    "/api/v1/sign-in/passkey-options",
    {
      onRequest,
      schema: {
        tags,
        summary: "What navigator.credentials.get() is given; the same for everybody",
        response: { 200: PasskeyOptionsSchema, ...problemResponses(403, 409, 503) },
      },
    },
    () => passkeys.signInOptions(),
  );

  app.post(
    "/api/v1/sign-in/passkey",
    {
      onRequest,
      bodyLimit,
      schema: {
        tags,
        summary: "Sign in with a passkey alone; the session is in a cookie",
        body: PasskeySignInBodySchema,
        response: { 200: SignInAnswerSchema, ...problemResponses(400, 401, 403, 409, 503) },
      },
    },
    (request, reply) => passkeys.signIn({ request, reply, body: request.body }),
  );
}
