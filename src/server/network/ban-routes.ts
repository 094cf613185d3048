// The API's routes for automatic bans.

import {
  BanChangeSchema,
  BanListSchema,
  BanQuerySchema,
  BanSchema,
  IdParamsSchema,
  ReleaseAddressSchema,
  ReleasedSchema,
  SavedEntrySchema,
} from "../../api/entry-api.ts";
import { LockoutSafetySchema } from "../../api/change-safety-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import type { AddressRange } from "../../core/network/address-range.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import { describePrincipal } from "../accounts/index.ts";
import type { Accounts, ApiRequest, Principal } from "../accounts/index.ts";
import { listBans } from "./ban-store.ts";
import { createContextOf } from "./context-of.ts";
import type { Network } from "./create-network.ts";
import { readRule } from "./edit-entries.ts";
import { makeBanPermanent } from "./make-ban-permanent.ts";
import { toBanAnswer, toEntryAnswer } from "./network-answers.ts";
import { ownersFor } from "./owner-of-principal.ts";
import { changeBan, releaseAddress, releaseBan } from "./release-bans.ts";

const tags = ["bans"];

type Parts = { readonly network: Network; readonly accounts: Accounts };

export function registerBanRoutes(app: FastifyApp, { network, accounts }: Parts): void {
  const orderOf = (request: ApiRequest) => orderOfPrincipal(network, accounts.principalOf(request));
  app.get(
    "/api/v1/bans",
    {
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags,
        summary: "List bans in force, newest first",
        querystring: BanQuerySchema,
        response: { 200: BanListSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { query } = request;
      const limit = query.limit ?? 100;
      const bans = await listBans(network.database.kysely, {
        owners: ownersFor(network, accounts.principalOf(request), query.account),
        covering: rangeOf(query.covering),
        overlapping: rangeOf(query.overlapping),
        inForceAtMs: query.ended === true ? null : network.clock.nowMs(),
        beforeId: query.after ?? 0,
        limit,
      });
      return {
        bans: bans.map((ban) => toBanAnswer(network, ban)),
        next: bans.length < limit ? null : bans.at(-1)!.id,
      };
    },
  );

  app.post(
    "/api/v1/bans/:id/release",
    {
      onRequest: accounts.requireManager("policy:write"),
      schema: {
        tags,
        summary: "End a ban now and clear the address's counters",
        params: IdParamsSchema,
        response: { 200: BanSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { id } = request.params;
      const bans = await releaseBan(network, { ids: [id], ...orderOf(request) });
      return toBanAnswer(
        network,
        bans.find((ban) => ban.id === id)!,
      );
    },
  );

  app.post(
    "/api/v1/bans/release",
    {
      onRequest: accounts.requireManager("policy:write"),
      schema: {
        tags,
        summary: "End every ban that hits an address",
        body: ReleaseAddressSchema,
        response: { 200: ReleasedSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { address } = request.body;
      const bans = await releaseAddress(network, { address, ...orderOf(request) });
      return { released: bans.map((ban) => toBanAnswer(network, ban)) };
    },
  );

  addEditRoutes(app, { network, accounts });
}

/** In whose name, and whose bans: those of others are not there. */
function orderOfPrincipal(network: Network, principal: Principal) {
  return { actor: describePrincipal(principal), owners: ownersFor(network, principal, undefined) };
}

function addEditRoutes(app: FastifyApp, { network, accounts }: Parts): void {
  const contextOf = createContextOf({ network, accounts });
  const orderOf = (request: ApiRequest) => orderOfPrincipal(network, accounts.principalOf(request));
  app.patch(
    "/api/v1/bans/:id",
    {
      onRequest: accounts.requireManager("policy:write"),
      schema: {
        tags,
        summary: "Change the end or the note of a ban in force",
        params: IdParamsSchema,
        body: BanChangeSchema,
        response: { 200: BanSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const ban = await changeBan(network, {
        id: request.params.id,
        endsAt: request.body.endsAt,
        note: request.body.note,
        ...orderOf(request),
      });
      return toBanAnswer(network, ban);
    },
  );

  app.post(
    "/api/v1/bans/:id/make-permanent",
    {
      onRequest: accounts.requireManager("policy:write"),
      schema: {
        tags,
        summary: "Turn a ban in force into a manual deny entry without an end",
        params: IdParamsSchema,
        querystring: LockoutSafetySchema,
        response: { 201: SavedEntrySchema, ...problemResponses(400, 401, 403, 404, 409) },
      },
    },
    async (request, reply) => {
      const { owners } = orderOf(request);
      const at = { id: request.params.id, owners, context: contextOf(request) };
      const { entry, warnings } = await makeBanPermanent(network, at);
      return reply
        .code(201)
        .send({ entry: toEntryAnswer(network, entry), warnings: [...warnings] });
    },
  );
}

function rangeOf(text: string | undefined): AddressRange | null {
  return text === undefined ? null : readRule(text).range;
}
