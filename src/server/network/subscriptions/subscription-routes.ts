// The API's routes for subscriptions; they are the platform's, and so its operators' alone.

import { IdParamsSchema } from "../../../api/entry-api.ts";
import { LockoutSafetySchema } from "../../../api/change-safety-api.ts";
import { problemResponses } from "../../../api/problem-api.ts";
import {
  NewSubscriptionSchema,
  SubscriptionChangeSchema,
  SubscriptionListSchema,
  SubscriptionSchema,
  TakeCopySchema,
} from "../../../api/subscription-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import { describePrincipal } from "../../accounts/index.ts";
import type { Accounts, ApiRequest } from "../../accounts/index.ts";
import { createContextOf } from "../context-of.ts";
import type { Network } from "../create-network.ts";
import {
  addSubscription,
  changeSubscription,
  readSubscription,
  removeSubscription,
  takeCopy,
} from "./edit-subscriptions.ts";
import { toSubscriptionAnswer } from "./subscription-answer.ts";
import type { StoredSubscription } from "./subscription-store.ts";

const tags = ["subscriptions"];

type Parts = { readonly network: Network; readonly accounts: Accounts };

export function registerSubscriptionRoutes(app: FastifyApp, parts: Parts): void {
  addListRoute(app, parts);
  addEditRoutes(app, parts);
  addCopyRoutes(app, parts);
}

function createAnswer({ network, accounts }: Parts) {
  return {
    answer: (request: ApiRequest, subscription: StoredSubscription) =>
      toSubscriptionAnswer(subscription, {
        nowMs: network.clock.nowMs(),
        isToldKeys: accounts.principalOf(request).kind !== "token",
      }),
    contextOf: createContextOf({ network, accounts }),
    actorOf: (request: ApiRequest) => describePrincipal(accounts.principalOf(request)),
  };
}

function addListRoute(app: FastifyApp, parts: Parts): void {
  const { network, accounts } = parts;
  const { answer } = createAnswer(parts);
  app.get(
    "/api/v1/subscriptions",
    {
      onRequest: accounts.requireScope("policy:read"),
      schema: {
        tags,
        summary: "List the deny lists of others that the platform subscribes to",
        response: { 200: SubscriptionListSchema, ...problemResponses(401, 403) },
      },
    },
    async (request) => {
      const listed = await network.subscriptions.list();
      return { subscriptions: listed.map((subscription) => answer(request, subscription)) };
    },
  );
}

function addEditRoutes(app: FastifyApp, parts: Parts): void {
  const { network } = parts;
  const { answer, actorOf, contextOf } = createAnswer(parts);
  const onRequest = parts.accounts.requireScope("policy:write");
  app.post(
    "/api/v1/subscriptions",
    {
      onRequest,
      schema: {
        tags,
        summary: "Subscribe to a list; it begins in monitor and is read within a minute",
        body: NewSubscriptionSchema,
        response: { 201: SubscriptionSchema, ...problemResponses(400, 401, 403, 409) },
      },
    },
    async (request, reply) => {
      const made = await addSubscription(network, request.body, actorOf(request));
      return reply.code(201).send(answer(request, made));
    },
  );

  app.patch(
    "/api/v1/subscriptions/:id",
    {
      onRequest,
      schema: {
        tags,
        summary: "Change a subscription; what is left out stays",
        params: IdParamsSchema,
        querystring: LockoutSafetySchema,
        body: SubscriptionChangeSchema,
        response: { 200: SubscriptionSchema, ...problemResponses(400, 401, 403, 404, 409, 412) },
      },
    },
    async (request) => {
      const at = { id: request.params.id, context: contextOf(request) };
      return answer(request, await changeSubscription(network, at, request.body));
    },
  );

  app.delete(
    "/api/v1/subscriptions/:id",
    {
      onRequest,
      schema: {
        tags,
        summary: "End a subscription; its list no longer holds from the next request",
        params: IdParamsSchema,
        response: { 200: SubscriptionSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const at = { id: request.params.id, actor: actorOf(request) };
      return answer(request, await removeSubscription(network, at));
    },
  );
}

function addCopyRoutes(app: FastifyApp, parts: Parts): void {
  const { network } = parts;
  const { answer, actorOf, contextOf } = createAnswer(parts);
  const onRequest = parts.accounts.requireScope("policy:write");
  app.post(
    "/api/v1/subscriptions/:id/refresh",
    {
      onRequest,
      schema: {
        tags,
        summary: "Read the source now; the answer says what came of it",
        params: IdParamsSchema,
        response: { 200: SubscriptionSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { id } = request.params;
      await readSubscription(network, id);
      await network.subscriptions.refresh(id, actorOf(request));
      return answer(request, await readSubscription(network, id));
    },
  );

  app.post(
    "/api/v1/subscriptions/:id/take",
    {
      onRequest,
      schema: {
        tags,
        summary: "Take the copy that was kept back",
        description: "It lost most of its ranges, or would refuse every operator of late.",
        params: IdParamsSchema,
        querystring: LockoutSafetySchema,
        body: TakeCopySchema,
        response: { 200: SubscriptionSchema, ...problemResponses(400, 401, 403, 404, 409, 412) },
      },
    },
    async (request) => {
      const at = { id: request.params.id, context: contextOf(request) };
      return answer(request, await takeCopy(network, at, request.body.contentHash));
    },
  );
}
