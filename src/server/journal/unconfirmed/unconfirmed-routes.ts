// The API's routes for changes that wait to be confirmed.
import { LockoutSafetySchema } from "../../../api/change-safety-api.ts";
import { problemResponses } from "../../../api/problem-api.ts";
import { RestoredSchema } from "../../../api/revision-api.ts";
import {
  ConfirmedSchema,
  UnconfirmedListSchema,
  UnconfirmedParamsSchema,
} from "../../../api/unconfirmed-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { Accounts } from "../../accounts/index.ts";
import type { UnconfirmedChanges } from "./unconfirmed-changes.ts";

const tags = ["history"];
const PATH = "/api/v1/unconfirmed-changes";

export function registerUnconfirmedRoutes(
  app: FastifyApp,
  {
    unconfirmed,
    accounts,
  }: {
    readonly unconfirmed: UnconfirmedChanges;
    readonly accounts: Pick<Accounts, "requireManager" | "principalOf">;
  },
): void {
  app.get(
    PATH,
    {
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags,
        summary: "List the changes that go back by themselves unless they are confirmed",
        description: "And of what whoever asks made, what went back so in the last 24 hours.",
        response: { 200: UnconfirmedListSchema, ...problemResponses(401, 403) },
      },
    },
    async (request) => {
      const principal = accounts.principalOf(request);
      const changes = await unconfirmed.list(principal);
      return { changes: [...changes], wentBack: [...(await unconfirmed.wentBack(principal))] };
    },
  );

  app.post(
    `${PATH}/:changeId/confirm`,
    {
      onRequest: accounts.requireManager("policy:write"),
      schema: {
        tags,
        summary: "Confirm a change: it stays",
        params: UnconfirmedParamsSchema,
        response: { 200: ConfirmedSchema, ...problemResponses(400, 401, 403, 404, 409) },
      },
    },
    async (request) => {
      const { changeId } = request.params;
      const principal = accounts.principalOf(request);
      await unconfirmed.confirm(changeId, { principal, request: request.raw });
      return { changeId };
    },
  );

  app.post(
    `${PATH}/:changeId/take-back`,
    {
      onRequest: accounts.requireManager("policy:write"),
      schema: {
        tags,
        summary: "Take a change back at once that waits to be confirmed",
        params: UnconfirmedParamsSchema,
        querystring: LockoutSafetySchema,
        response: { 200: RestoredSchema, ...problemResponses(400, 401, 403, 404, 409, 412) },
      },
    },
    async (request) => {
      const { changeId } = request.params;
      const principal = accounts.principalOf(request);
      const asking = { principal, request: request.raw, safety: request.query };
      const revisions = await unconfirmed.takeBack(changeId, asking);
      return { revisions: [...revisions] };
    },
  );
}
