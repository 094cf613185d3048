// The API's route that tells whom an entry would touch, before it is saved or deleted.

import type { IncomingMessage } from "node:http";
import { TouchesQuerySchema, TouchesSchema } from "../../api/touches-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import { rangeCovers } from "../../core/network/address-range.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import { reachOf } from "../accounts/index.ts";
import type { Accounts } from "../accounts/index.ts";
import type { PersonPlace } from "../identity/index.ts";
import { ownerFor, readRule } from "../network/index.ts";
import type { Network } from "../network/index.ts";
import { findTouches } from "./find-touches.ts";

type Parts = {
  readonly network: Network;
  readonly accounts: Accounts;
  readonly placeOf: (request: IncomingMessage) => PersonPlace;
};

const LOOKED_BACK_MS = 86_400_000;

export function registerTouchesRoutes(app: FastifyApp, parts: Parts): void {
  const { network, accounts } = parts;
  app.get(
    "/api/v1/entries/touches",
    {
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags: ["address lists"],
        summary: "Who came from a range in the last 24 hours: whom an entry would touch",
        querystring: TouchesQuerySchema,
        response: { 200: TouchesSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { account = null } = request.query;
      const principal = accounts.principalOf(request);
      const owner = ownerFor(network, principal, account ?? undefined);
      const { range, canonical } = readRule(request.query.range);
      // The code may have been another account's before: what is older is operators' to see.
      const isOperator = reachOf(principal).kind === "platform";
      const made = isOperator || account === null ? null : await accounts.findAccount(account);
      const sinceMs = Math.max(network.clock.nowMs() - LOOKED_BACK_MS, made?.createdAtMs ?? 0);
      const within = account === null ? null : { id: owner, code: account };
      const touches = await findTouches(network.database.kysely, { range, sinceMs, within });
      return {
        range: canonical,
        since: new Date(sinceMs).toISOString(),
        ...touches,
        includesYou: rangeCovers(range, parts.placeOf(request.raw).address),
      };
    },
  );
}
