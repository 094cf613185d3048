// The routes of single sign-on: to a provider, back from it, and the first sign-in with it.
import { Type } from "typebox";
import {
  AuthorizationSchema,
  BindBodySchema,
  BindSchema,
  ConnectBodySchema,
  ConnectionRemovedSchema,
  ProviderSignInBodySchema,
} from "../../../api/connection-api.ts";
import { problemResponses } from "../../../api/problem-api.ts";
import { SignInAnswerSchema } from "../../../api/sign-in-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { SingleSignOn } from "./create-single-sign-on.ts";

/** Any text: what is no provider's id is told by the page that comes after. */
const CallbackParamsSchema = Type.Object({ provider: Type.String() });

/** A password of 1,000 characters and two addresses, each of six escaped UTF-16 units at most. */
const BODY_MAX_BYTES = 64 * 1024;

export function registerSsoRoutes(app: FastifyApp, singleSignOn: SingleSignOn): void {
  addFlowRoutes(app, singleSignOn);
  addBindRoutes(app, singleSignOn);
}

function addFlowRoutes(app: FastifyApp, singleSignOn: SingleSignOn): void {
  app.post(
    "/api/v1/sign-in/provider",
    {
      bodyLimit: BODY_MAX_BYTES,
      onRequest: singleSignOn.refuseCrossSite,
      schema: {
        tags: ["sign-in"],
        summary: "Begin to sign in by a provider: where this browser goes for it",
        body: ProviderSignInBodySchema,
        response: { 200: AuthorizationSchema, ...problemResponses(400, 403, 404, 503) },
      },
    },
    (request, reply) => singleSignOn.beginSignIn({ request, reply, body: request.body }),
  );

  app.post(
    "/api/v1/me/connections",
    {
      onRequest: singleSignOn.requireUser,
      schema: {
        tags: ["me"],
        summary: "Begin to connect with a provider: where this browser goes for it",
        body: ConnectBodySchema,
        response: {
          200: AuthorizationSchema,
          ...problemResponses(400, 401, 403, 404, 409, 503),
        },
      },
    },
    (request, reply) => singleSignOn.beginConnect({ request, reply, body: request.body }),
  );

  app.get(
    "/postern/sso/:provider/callback",
    // A HEAD would use the answer up, and whoever sends one is no person.
    { exposeHeadRoute: false, schema: { hide: true, params: CallbackParamsSchema } },
    (request, reply) => {
      const { provider } = request.params;
      return singleSignOn.callback({ request, reply }, provider);
    },
  );
}

function addBindRoutes(app: FastifyApp, singleSignOn: SingleSignOn): void {
  const tags = ["sign-in"];
  const onRequest = singleSignOn.refuseCrossSite;
  app.get(
    "/api/v1/sign-in/bind",
    {
      schema: {
        tags,
        summary: "Whom a provider has named to this browser, and nobody here is connected with",
        response: { 200: BindSchema, ...problemResponses(404, 503) },
      },
    },
    (request) => singleSignOn.readBind(request),
  );

  app.post(
    "/api/v1/sign-in/bind",
    {
      bodyLimit: BODY_MAX_BYTES,
      onRequest,
      schema: {
        tags,
        summary: "Prove once who you are here; once the sign-in is whole, the two are connected",
        body: BindBodySchema,
        response: { 200: SignInAnswerSchema, ...problemResponses(400, 401, 403, 404, 409, 503) },
      },
    },
    (request, reply) => singleSignOn.bind({ request, reply, body: request.body }),
  );

  app.delete(
    "/api/v1/sign-in/bind",
    {
      onRequest,
      schema: {
        tags,
        summary: "Connect nobody with it, and forget what the provider said",
        response: { 204: ConnectionRemovedSchema, ...problemResponses(403, 503) },
      },
    },
    async (request, reply) => {
      await singleSignOn.dropBind({ request, reply });
      return reply.code(204).send(null);
    },
  );
}
