// The API's routes for webhooks, and for what became of syslog.
import { problemResponses } from "../../../api/problem-api.ts";
import {
  DeletedWebhookSchema,
  NewWebhookBodySchema,
  NewWebhookSchema,
  WebhookListSchema,
  WebhookParamsSchema,
  WebhookPatchSchema,
  WebhookSchema,
  WebhookSecretSchema,
  WebhookTestSchema,
} from "../../../api/webhook-api.ts";
import type { SyslogAnswer } from "../../../api/webhook-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { Accounts } from "../../accounts/index.ts";
import type { Sending } from "./create-sending.ts";

export type WebhookRouteParts = {
  readonly sending: Sending;
  readonly accounts: Pick<Accounts, "requireScope" | "principalOf">;
};

const PATH = "/api/v1/webhooks";
const tags = ["webhooks"];

export function registerWebhookRoutes(app: FastifyApp, parts: WebhookRouteParts): void {
  addReading(app, parts);
  addWriting(app, parts);
  addAsking(app, parts);
}

function addReading(app: FastifyApp, { sending, accounts }: WebhookRouteParts): void {
  const onRequest = accounts.requireScope("policy:read");
  app.get(
    PATH,
    {
      onRequest,
      schema: {
        tags,
        summary: "Where events are sent to, how that fares, and syslog",
        response: { 200: WebhookListSchema, ...problemResponses(401, 403) },
      },
    },
    async (request) => {
      const webhooks = [...(await sending.list(accounts.principalOf(request)))];
      return { webhooks, syslog: describeSyslog(sending) };
    },
  );

  app.get(
    `${PATH}/:id`,
    {
      onRequest,
      schema: {
        tags,
        summary: "One webhook, without its secret",
        params: WebhookParamsSchema,
        response: { 200: WebhookSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    (request) => sending.read(accounts.principalOf(request), request.params.id),
  );
}

function addWriting(app: FastifyApp, { sending, accounts }: WebhookRouteParts): void {
  const onRequest = accounts.requireScope("policy:write");
  app.post(
    PATH,
    {
      onRequest,
      schema: {
        tags,
        summary: "Add a webhook; its secret is in this answer only",
        body: NewWebhookBodySchema,
        response: { 201: NewWebhookSchema, ...problemResponses(400, 401, 403, 409) },
      },
    },
    async (request, reply) => {
      const principal = accounts.principalOf(request);
      return reply.code(201).send(await sending.create(principal, request.body));
    },
  );

  app.patch(
    `${PATH}/:id`,
    {
      onRequest,
      schema: {
        tags,
        summary: "Change a webhook, or turn it on or off",
        params: WebhookParamsSchema,
        body: WebhookPatchSchema,
        response: { 200: WebhookSchema, ...problemResponses(400, 401, 403, 404, 412) },
      },
    },
    (request) => {
      return sending.change(accounts.principalOf(request), request.params.id, request.body);
    },
  );

  app.delete(
    `${PATH}/:id`,
    {
      onRequest,
      schema: {
        tags,
        summary: "Delete a webhook and what waits for it",
        params: WebhookParamsSchema,
        response: { 200: DeletedWebhookSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    (request) => sending.delete(accounts.principalOf(request), request.params.id),
  );
}

function addAsking(app: FastifyApp, { sending, accounts }: WebhookRouteParts): void {
  const onRequest = accounts.requireScope("policy:write");
  app.post(
    `${PATH}/:id/secret`,
    {
      onRequest,
      schema: {
        tags,
        summary: "Give a webhook a new secret, which is in this answer only",
        params: WebhookParamsSchema,
        response: { 200: WebhookSecretSchema, ...problemResponses(400, 401, 403, 404, 412) },
      },
    },
    (request) => sending.renewSecret(accounts.principalOf(request), request.params.id),
  );

  app.post(
    `${PATH}/:id/test`,
    {
      onRequest,
      schema: {
        tags,
        summary: "Send a test message at once and say what became of it",
        params: WebhookParamsSchema,
        response: { 200: WebhookTestSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    (request) => sending.test(request.params.id),
  );
}

function describeSyslog({ syslog }: Sending): SyslogAnswer | null {
  return syslog === null ? null : { url: syslog.url, ...syslog.counts() };
}
