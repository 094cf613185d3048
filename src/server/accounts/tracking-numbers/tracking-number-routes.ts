// The API's routes for tracking numbers and who is granted them.
import { Type } from "typebox";
import { problemResponses } from "../../../api/problem-api.ts";
import {
  GrantListSchema,
  GrantParamsSchema,
  NewTrackingNumberSchema,
  TrackingNumberListSchema,
  TrackingNumberParamsSchema,
  TrackingNumberPatchSchema,
  TrackingNumberQuerySchema,
  TrackingNumberSchema,
} from "../../../api/tracking-numbers-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { Authentication } from "../authenticate.ts";
import type { TrackingNumbers } from "./create-tracking-numbers.ts";

const tags = ["tracking-numbers"];

type Parts = Authentication & { readonly trackingNumbers: TrackingNumbers };

export function registerTrackingNumberRoutes(app: FastifyApp, accounts: Parts): void {
  addListRoute(app, accounts);
  addWritingRoutes(app, accounts);
  addGrantRoutes(app, accounts);
}

function addListRoute(app: FastifyApp, { trackingNumbers, ...accounts }: Parts): void {
  app.get(
    "/api/v1/tracking-numbers",
    {
      onRequest: accounts.requireUserOrScope("policy:read"),
      schema: {
        tags,
        summary: "List tracking numbers, in their order; agents see those granted to them",
        querystring: TrackingNumberQuerySchema,
        response: { 200: TrackingNumberListSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    (request) => trackingNumbers.list(accounts.principalOf(request), request.query),
  );
}

function addWritingRoutes(app: FastifyApp, { trackingNumbers, ...accounts }: Parts): void {
  const onRequest = accounts.requireManager("policy:write");
  app.post(
    "/api/v1/tracking-numbers",
    {
      onRequest,
      schema: {
        tags,
        summary: "Add a tracking number to an account",
        body: NewTrackingNumberSchema,
        response: { 201: TrackingNumberSchema, ...problemResponses(400, 401, 403, 404, 409) },
      },
    },
    async (request, reply) => {
      const added = await trackingNumbers.add(accounts.principalOf(request), request.body);
      return reply.code(201).send(added);
    },
  );

  app.patch(
    "/api/v1/tracking-numbers/:id",
    {
      onRequest,
      schema: {
        tags,
        summary: "Change a tracking number's label, and whether it is shareable",
        params: TrackingNumberParamsSchema,
        body: TrackingNumberPatchSchema,
        response: { 200: TrackingNumberSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    (request) => {
      const wanted = { id: request.params.id, patch: request.body };
      return trackingNumbers.change(accounts.principalOf(request), wanted);
    },
  );

  app.delete(
    "/api/v1/tracking-numbers/:id",
    {
      onRequest,
      schema: {
        tags,
        summary: "Remove a tracking number and its grants; one with recordings stays",
        params: TrackingNumberParamsSchema,
        response: {
          204: Type.Null({ description: "Removed" }),
          ...problemResponses(400, 401, 403, 404, 409),
        },
      },
    },
    async (request, reply) => {
      await trackingNumbers.remove(accounts.principalOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
}

function addGrantRoutes(app: FastifyApp, { trackingNumbers, ...accounts }: Parts): void {
  app.get(
    "/api/v1/tracking-numbers/:id/grants",
    {
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags,
        summary: "List the users who are granted a tracking number",
        params: TrackingNumberParamsSchema,
        response: { 200: GrantListSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    (request) => trackingNumbers.listGrants(accounts.principalOf(request), request.params.id),
  );

  const onRequest = accounts.requireManager("policy:write");
  app.put(
    "/api/v1/tracking-numbers/:id/grants/:userId",
    {
      onRequest,
      schema: {
        tags,
        summary: "Grant a tracking number's recordings to a member of its account",
        params: GrantParamsSchema,
        response: {
          204: Type.Null({ description: "Granted, or it was before" }),
          ...problemResponses(400, 401, 403, 404, 409),
        },
      },
    },
    async (request, reply) => {
      await trackingNumbers.grant(accounts.principalOf(request), request.params);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    "/api/v1/tracking-numbers/:id/grants/:userId",
    {
      onRequest,
      schema: {
        tags,
        summary: "Take a grant back",
        params: GrantParamsSchema,
        response: {
          204: Type.Null({ description: "Taken back" }),
          ...problemResponses(400, 401, 403, 404),
        },
      },
    },
    async (request, reply) => {
      await trackingNumbers.revoke(accounts.principalOf(request), request.params);
      return reply.code(204).send(null);
    },
  );
}
