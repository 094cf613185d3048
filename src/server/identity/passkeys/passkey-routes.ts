// The API's routes by which people add, rename and remove their passkeys.
import { problemResponses } from "../../../api/problem-api.ts";
import { PasskeyCreationBodySchema, PasskeyOptionsSchema } from "../../../api/second-factor-api.ts";
import {
  FactorOnSchema,
  PasskeyParamsSchema,
  PasskeyPatchSchema,
  PasskeyRemovedSchema,
  PasskeySchema,
} from "../../../api/two-factor-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { Passkeys } from "./create-passkeys.ts";
import { registerPasskeySignInRoutes } from "./passkey-sign-in-routes.ts";

/** Responses have a few kilobytes; the largest is one with an RSA key. */
export const PASSKEY_BODY_MAX_BYTES = 32 * 1024;

export function registerPasskeyRoutes(app: FastifyApp, passkeys: Passkeys): void {
  registerPasskeySignInRoutes(app, passkeys);
  addCreationRoutes(app, passkeys);
  const onRequest = passkeys.requireUser;
  const tags = ["me"];
  app.patch(
    "/api/v1/me/passkeys/:id",
    {
      onRequest,
      schema: {
        tags,
        summary: "Give one of your passkeys another name",
        params: PasskeyParamsSchema,
        body: PasskeyPatchSchema,
        response: { 200: PasskeySchema, ...problemResponses(400, 401, 403, 404, 503) },
      },
    },
    (request) => passkeys.rename(request, request.params.id, request.body.name),
  );

  app.delete(
    "/api/v1/me/passkeys/:id",
    {
      onRequest,
      schema: {
        tags,
        summary: "Remove one of your passkeys; needs a fresh proof, and is mailed to you",
        params: PasskeyParamsSchema,
        response: {
          204: PasskeyRemovedSchema,
          ...problemResponses(400, 401, 403, 404, 409, 503),
        },
      },
    },
    async (request, reply) => {
      await passkeys.remove(request, request.params.id);
      return reply.code(204).send(null);
    },
  );
}

function addCreationRoutes(app: FastifyApp, passkeys: Passkeys): void {
  const onRequest = passkeys.requireUser;
  const tags = ["me"];
  app.post(
    "/api/v1/me/passkeys/options",
    {
      onRequest,
      schema: {
        tags,
        summary: "What navigator.credentials.create() is given; good for five minutes",
        response: { 200: PasskeyOptionsSchema, ...problemResponses(401, 403, 409, 503) },
      },
    },
    (request) => passkeys.creationOptions(request),
  );

  app.post(
    "/api/v1/me/passkeys",
    {
      onRequest,
      bodyLimit: PASSKEY_BODY_MAX_BYTES,
      schema: {
        tags,
        summary: "Add a passkey; needs a fresh proof, and is mailed to you",
        body: PasskeyCreationBodySchema,
        response: { 200: FactorOnSchema, ...problemResponses(400, 401, 403, 409, 422, 503) },
      },
    },
    (request, reply) => passkeys.add({ request, reply, body: request.body }),
  );
}
