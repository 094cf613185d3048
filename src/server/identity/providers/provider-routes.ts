// The API's routes for OpenID providers: the platform's, and each account's own.
import { problemResponses } from "../../../api/problem-api.ts";
import {
  ChangedProviderSchema,
  DeletedProviderSchema,
  NewProviderBodySchema,
  ProviderListSchema,
  ProviderOwnerQuerySchema,
  ProviderParamsSchema,
  ProviderPatchSchema,
  ProviderSchema,
  ProviderTestSchema,
} from "../../../api/provider-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { Accounts } from "../../accounts/index.ts";
import { refuseBody } from "../two-factor/refuse-body.ts";
import type { Providers } from "./create-providers.ts";

export type ProviderRouteParts = {
  readonly providers: Providers;
  readonly accounts: Pick<Accounts, "requireManager" | "principalOf">;
};

const PATH = "/api/v1/providers";
const tags = ["single-sign-on"];

export function registerProviderRoutes(app: FastifyApp, parts: ProviderRouteParts): void {
  addReading(app, parts);
  addWriting(app, parts);
}

function addReading(app: FastifyApp, { providers, accounts }: ProviderRouteParts): void {
  const onRequest = accounts.requireManager("policy:read");
  app.get(
    PATH,
    {
      onRequest,
      schema: {
        tags,
        summary: "The platform's OpenID providers, or an account's own",
        querystring: ProviderOwnerQuerySchema,
        response: { 200: ProviderListSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    (request) => providers.list(accounts.principalOf(request), request.query.account),
  );

  app.get(
    `${PATH}/:id`,
    {
      onRequest,
      schema: {
        tags,
        summary: "One provider, without its secret",
        params: ProviderParamsSchema,
        response: { 200: ProviderSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    (request) => providers.read(accounts.principalOf(request), request.params.id),
  );

  app.post(
    `${PATH}/:id/test`,
    {
      onRequest: accounts.requireManager("policy:write"),
      preValidation: refuseBody,
      schema: {
        tags,
        summary: "Ask the provider whether it can be used as it is configured; nobody signs in",
        params: ProviderParamsSchema,
        response: { 200: ProviderTestSchema, ...problemResponses(400, 401, 403, 404, 503) },
      },
    },
    (request) => providers.test(accounts.principalOf(request), request.params.id),
  );
}

function addWriting(app: FastifyApp, { providers, accounts }: ProviderRouteParts): void {
  const onRequest = accounts.requireManager("policy:write");
  app.post(
    PATH,
    {
      onRequest,
      schema: {
        tags,
        summary: "Add a provider; it starts off unless isEnabled is sent",
        querystring: ProviderOwnerQuerySchema,
        body: NewProviderBodySchema,
        response: { 201: ProviderSchema, ...problemResponses(400, 401, 403, 404, 409) },
      },
    },
    async (request, reply) => {
      const principal = accounts.principalOf(request);
      const { account } = request.query;
      return reply.code(201).send(await providers.create(principal, account, request.body));
    },
  );

  app.patch(
    `${PATH}/:id`,
    {
      onRequest,
      schema: {
        tags,
        summary: "Change a provider; pointed elsewhere, it needs its secret once more",
        params: ProviderParamsSchema,
        body: ProviderPatchSchema,
        response: { 200: ChangedProviderSchema, ...problemResponses(400, 401, 403, 404, 409, 412) },
      },
    },
    (request) => providers.change(accounts.principalOf(request), request.params.id, request.body),
  );

  app.delete(
    `${PATH}/:id`,
    {
      onRequest,
      preValidation: refuseBody,
      schema: {
        tags,
        summary: "Delete a provider with its connections; sessions that came by it end",
        params: ProviderParamsSchema,
        response: { 200: DeletedProviderSchema, ...problemResponses(400, 401, 403, 404, 409) },
      },
    },
    (request) => providers.delete(accounts.principalOf(request), request.params.id),
  );
}
