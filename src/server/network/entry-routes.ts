// The API's routes for address-list entries.

import { Type } from "typebox";
import { AccountQuerySchema } from "../../api/policy-api.ts";
import {
  BatchDeleteSchema,
  EntryChangeSchema,
  EntryListSchema,
  EntryQuerySchema,
  EntrySchema,
  IdParamsSchema,
  NewEntrySchema,
  SavedEntrySchema,
} from "../../api/entry-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import type { PolicyOwner } from "../../core/accounts/account.ts";
import { entryCount, findAllCovering } from "../../core/network/address-set.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import { describePrincipal } from "../accounts/index.ts";
import type { Accounts } from "../accounts/index.ts";
import { findLayer } from "./apply-delta.ts";
import type { Network } from "./create-network.ts";
import { addEntryToList, changeEntry, readRule, removeEntries } from "./edit-entries.ts";
import { findEntries, findEntryOfRange, listEntries } from "./entry-store.ts";
import type { StoredEntry } from "./entry-store.ts";
import { toEntryAnswer } from "./network-answers.ts";

const tags = ["address lists"];

type Parts = { readonly network: Network; readonly accounts: Accounts };

export function registerEntryRoutes(app: FastifyApp, parts: Parts): void {
  addListRoute(app, parts);
  addSaveRoutes(app, parts);
  addDeleteRoutes(app, parts);
}

function addListRoute(app: FastifyApp, { network, accounts }: Parts): void {
  app.get(
    "/api/v1/entries",
    {
      onRequest: accounts.requireScope("policy:read"),
      schema: {
        tags,
        summary: "List entries by id, or search: which entries cover an address or equal a range",
        querystring: EntryQuerySchema,
        response: { 200: EntryListSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { query } = request;
      const owner = network.ownerOf(query.account);
      const limit = query.limit ?? 100;
      const found =
        query.covering === undefined
          ? await listEntries(network.database.kysely, {
              owner,
              action: query.action ?? null,
              noteContains: query.search ?? null,
              afterId: query.after ?? 0,
              limit,
            })
          : await findCoveringEntries(network, owner, { covering: query.covering, limit });
      const layer = findLayer(network.state, owner)!;
      const isWhole = query.covering !== undefined || found.length < limit;
      return {
        entries: found.map((entry) => toEntryAnswer(network, entry)),
        total: entryCount(layer.allow) + entryCount(layer.deny),
        next: isWhole ? null : found.at(-1)!.id,
      };
    },
  );
}

function addSaveRoutes(app: FastifyApp, { network, accounts }: Parts): void {
  app.post(
    "/api/v1/entries",
    {
      onRequest: accounts.requireScope("policy:write"),
      schema: {
        tags,
        summary: "Add an entry: an address, a CIDR block or first-last",
        body: NewEntrySchema,
        response: { 201: SavedEntrySchema, ...problemResponses(400, 401, 403, 404, 409) },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const saved = await addEntryToList(network, {
        owner: network.ownerOf(body.account),
        range: body.range,
        action: body.action,
        note: body.note ?? "",
        expiresAt: body.expiresAt ?? null,
        confirmWide: body.confirmWide ?? false,
        author: describePrincipal(accounts.principalOf(request)),
      });
      const { entry, warnings } = saved;
      return reply
        .code(201)
        .send({ entry: toEntryAnswer(network, entry), warnings: [...warnings] });
    },
  );

  app.patch(
    "/api/v1/entries/:id",
    {
      onRequest: accounts.requireScope("policy:write"),
      schema: {
        tags,
        summary: "Change an entry's action, note or expiry",
        params: IdParamsSchema,
        querystring: AccountQuerySchema,
        body: EntryChangeSchema,
        response: { 200: EntrySchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const at = {
        owner: network.ownerOf(request.query.account),
        id: request.params.id,
        actor: describePrincipal(accounts.principalOf(request)),
      };
      return toEntryAnswer(network, await changeEntry(network, at, request.body));
    },
  );
}

function addDeleteRoutes(app: FastifyApp, { network, accounts }: Parts): void {
  app.delete(
    "/api/v1/entries/:id",
    {
      onRequest: accounts.requireScope("policy:write"),
      schema: {
        tags,
        summary: "Delete an entry; it no longer holds from the next request",
        params: IdParamsSchema,
        querystring: AccountQuerySchema,
        response: { 200: EntrySchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const [removed] = await removeEntries(network, {
        owner: network.ownerOf(request.query.account),
        ids: [request.params.id],
        actor: describePrincipal(accounts.principalOf(request)),
      });
      return toEntryAnswer(network, removed!);
    },
  );

  app.post(
    "/api/v1/entries/delete",
    {
      onRequest: accounts.requireScope("policy:write"),
      schema: {
        tags,
        summary: "Delete many entries: all of them or none",
        querystring: AccountQuerySchema,
        body: BatchDeleteSchema,
        response: {
          200: Type.Object({ removed: Type.Integer() }),
          ...problemResponses(400, 401, 403, 404),
        },
      },
    },
    async (request) => {
      const removed = await removeEntries(network, {
        owner: network.ownerOf(request.query.account),
        ids: request.body.ids,
        actor: describePrincipal(accounts.principalOf(request)),
      });
      return { removed: removed.length };
    },
  );
}

/** An address: every entry that covers it, most specific first. A wider range: that very entry. */
async function findCoveringEntries(
  network: Network,
  owner: PolicyOwner,
  search: { readonly covering: string; readonly limit: number },
): Promise<readonly StoredEntry[]> {
  const rule = readRule(search.covering);
  const read = network.database.kysely;
  if (rule.kind !== "address") {
    const entry = await findEntryOfRange(read, owner, rule.range);
    return entry === undefined ? [] : [entry];
  }
  const layer = findLayer(network.state, owner)!;
  const nowMs = network.clock.nowMs();
  const ids = [layer.allow, layer.deny].flatMap((set) =>
    findAllCovering(set, rule.range.start, nowMs, search.limit),
  );
  return findEntries(read, owner, ids.slice(0, search.limit));
}
