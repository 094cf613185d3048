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
import { problemResponses } from "../../api/problem-api.ts";
import { addressKey } from "../../core/network/address-range.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import { describePrincipal } from "../accounts/index.ts";
import type { Accounts } from "../accounts/index.ts";
import { listBans } from "./ban-store.ts";
import type { Network } from "./create-network.ts";
import { addEntryToList, readRule } from "./edit-entries.ts";
import { rangeTextOf } from "./export-entries.ts";
import { toBanAnswer, toEntryAnswer } from "./network-answers.ts";
import { bansOf, changeBan, findBanInForce, releaseAddress, releaseBan } from "./release-bans.ts";

const tags = ["bans"];

type Parts = { readonly network: Network; readonly accounts: Accounts };

export function registerBanRoutes(app: FastifyApp, { network, accounts }: Parts): void {
  app.get(
    "/api/v1/bans",
    {
      onRequest: accounts.requireScope("policy:read"),
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
      const covering = query.covering === undefined ? null : keyOf(query.covering);
      const bans = await listBans(network.database.kysely, {
        owner: bansOf(network, query.account),
        covering,
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
      onRequest: accounts.requireScope("policy:write"),
      schema: {
        tags,
        summary: "End a ban now and clear the address's counters",
        params: IdParamsSchema,
        response: { 200: BanSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const actor = describePrincipal(accounts.principalOf(request));
      const { id } = request.params;
      const bans = await releaseBan(network, { ids: [id], actor });
      return toBanAnswer(
        network,
        bans.find((ban) => ban.id === id)!,
      );
    },
  );

  app.post(
    "/api/v1/bans/release",
    {
      onRequest: accounts.requireScope("policy:write"),
      schema: {
        tags,
        summary: "End every ban that hits an address",
        body: ReleaseAddressSchema,
        response: { 200: ReleasedSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const actor = describePrincipal(accounts.principalOf(request));
      const bans = await releaseAddress(network, { address: request.body.address, actor });
      return { released: bans.map((ban) => toBanAnswer(network, ban)) };
    },
  );

  addEditRoutes(app, { network, accounts });
}

function addEditRoutes(app: FastifyApp, { network, accounts }: Parts): void {
  app.patch(
    "/api/v1/bans/:id",
    {
      onRequest: accounts.requireScope("policy:write"),
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
        actor: describePrincipal(accounts.principalOf(request)),
      });
      return toBanAnswer(network, ban);
    },
  );

  app.post(
    "/api/v1/bans/:id/make-permanent",
    {
      onRequest: accounts.requireScope("policy:write"),
      schema: {
        tags,
        summary: "Turn a ban in force into a manual deny entry without an end",
        params: IdParamsSchema,
        response: { 201: SavedEntrySchema, ...problemResponses(400, 401, 403, 404, 409) },
      },
    },
    async (request, reply) => {
      const actor = describePrincipal(accounts.principalOf(request));
      const ban = await findBanInForce(network, request.params.id);
      const { entry, warnings } = await addEntryToList(network, {
        owner: ban.owner,
        range: rangeTextOf(ban),
        action: "deny",
        note: `was ban ${ban.id} (${ban.cause})`,
        expiresAt: null,
        confirmWide: false,
        author: actor,
      });
      await releaseBan(network, { ids: [ban.id], actor });
      return reply
        .code(201)
        .send({ entry: toEntryAnswer(network, entry), warnings: [...warnings] });
    },
  );
}

function keyOf(text: string): { family: 4 | 6; key: string } {
  const { range } = readRule(text);
  return { family: range.family, key: addressKey(range.start) };
}
