// The API's routes for address-list entries.

import { Type } from "typebox";
import { ChangeSafetySchema } from "../../api/change-safety-api.ts";
import { AccountChangeQuerySchema } from "../../api/policy-api.ts";
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
import type { EntryQuery } from "../../api/entry-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import type { PolicyOwner } from "../../core/accounts/account.ts";
import type { AddressRange } from "../../core/network/address-range.ts";
import { parseRule } from "../../core/network/address-rule.ts";
import { readLeadingPart } from "../../core/network/leading-part.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import type { Accounts, ApiRequest } from "../accounts/index.ts";
import { changeEntry } from "./change-entry.ts";
import { createContextOf } from "./context-of.ts";
import type { Network } from "./create-network.ts";
import { addEntryToList, readRule, removeEntries } from "./edit-entries.ts";
import { listEntries } from "./entry-store.ts";
import { toEntryAnswer } from "./network-answers.ts";
import { ownerFor } from "./owner-of-principal.ts";
import {
  countEntries,
  findByNote,
  findCovering,
  findOverlapping,
  listEntriesAt,
} from "./search-entries.ts";
import type { EntryPageAt, FoundEntries } from "./search-entries.ts";

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
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags,
        summary: "List entries, or search: what covers an address, overlaps a range, has a note",
        querystring: EntryQuerySchema,
        response: { 200: EntryListSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { query } = request;
      const owner = ownerFor(network, accounts.principalOf(request), query.account);
      const { entries, total, next } = await readList(network, owner, query);
      return { entries: entries.map((entry) => toEntryAnswer(network, entry)), total, next };
    },
  );
}

function addSaveRoutes(app: FastifyApp, parts: Parts): void {
  const { network, accounts } = parts;
  const orderOf = createOrderOf(parts);
  app.post(
    "/api/v1/entries",
    {
      onRequest: accounts.requireManager("policy:write"),
      schema: {
        tags,
        summary: "Add an entry: an address, a CIDR block or first-last",
        querystring: ChangeSafetySchema,
        body: NewEntrySchema,
        response: { 201: SavedEntrySchema, ...problemResponses(400, 401, 403, 404, 409) },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const order = {
        ...orderOf(request, body.account),
        range: body.range,
        action: body.action,
        note: body.note ?? "",
        expiresAt: body.expiresAt ?? null,
        confirmWide: body.confirmWide ?? false,
      };
      const saved = await addEntryToList(network, order);
      const { entry, warnings } = saved;
      return reply
        .code(201)
        .send({ entry: toEntryAnswer(network, entry), warnings: [...warnings] });
    },
  );

  app.patch(
    "/api/v1/entries/:id",
    {
      onRequest: accounts.requireManager("policy:write"),
      schema: {
        tags,
        summary: "Change an entry; what is left out stays",
        params: IdParamsSchema,
        querystring: AccountChangeQuerySchema,
        body: EntryChangeSchema,
        response: {
          200: EntrySchema,
          ...problemResponses(400, 401, 403, 404, 409, 412),
        },
      },
    },
    async (request) => {
      const at = { id: request.params.id, ...orderOf(request, request.query.account) };
      return toEntryAnswer(network, await changeEntry(network, at, request.body));
    },
  );
}

/** Whose list, and who changes it. */
function createOrderOf(parts: Parts) {
  const contextOf = createContextOf(parts);
  return function orderOf(
    request: ApiRequest & { readonly query: unknown },
    account: string | undefined,
  ) {
    const principal = parts.accounts.principalOf(request);
    return { owner: ownerFor(parts.network, principal, account), context: contextOf(request) };
  };
}

function addDeleteRoutes(app: FastifyApp, parts: Parts): void {
  const { network, accounts } = parts;
  const orderOf = createOrderOf(parts);
  app.delete(
    "/api/v1/entries/:id",
    {
      onRequest: accounts.requireManager("policy:write"),
      schema: {
        tags,
        summary: "Delete an entry; it no longer holds from the next request",
        params: IdParamsSchema,
        querystring: AccountChangeQuerySchema,
        response: { 200: EntrySchema, ...problemResponses(400, 401, 403, 404, 409) },
      },
    },
    async (request) => {
      const order = { ids: [request.params.id], ...orderOf(request, request.query.account) };
      const [removed] = await removeEntries(network, order);
      return toEntryAnswer(network, removed!);
    },
  );

  app.post(
    "/api/v1/entries/delete",
    {
      onRequest: accounts.requireManager("policy:write"),
      schema: {
        tags,
        summary: "Delete many entries: all of them or none",
        querystring: AccountChangeQuerySchema,
        body: BatchDeleteSchema,
        response: {
          200: Type.Object({ removed: Type.Integer() }),
          ...problemResponses(400, 401, 403, 404, 409),
        },
      },
    },
    async (request) => {
      const order = { ids: request.body.ids, ...orderOf(request, request.query.account) };
      const removed = await removeEntries(network, order);
      return { removed: removed.length };
    },
  );
}

type EntryList = FoundEntries & { readonly next: number | null };

async function readList(
  network: Network,
  owner: PolicyOwner,
  query: EntryQuery,
): Promise<EntryList> {
  const { action = null, sort = "address", offset = 0, limit = 100, search = "" } = query;
  const at = { owner, action, sort, offset, limit };
  if (query.after !== undefined) return await listById(network, at, query.after);
  const found =
    query.covering === undefined
      ? await findEntriesAt(network, search, at)
      : await findCovering(network, readRule(query.covering).range, at);
  return { ...found, next: null };
}

/** Null: it is part of a note, or nothing is searched. */
function rangeOfSearch(search: string): AddressRange | null {
  const rule = parseRule(search);
  return rule.ok ? rule.range : readLeadingPart(search);
}

async function findEntriesAt(
  network: Network,
  search: string,
  at: EntryPageAt,
): Promise<FoundEntries> {
  const range = rangeOfSearch(search);
  if (range !== null) return await findOverlapping(network, range, at);
  if (search !== "") return await findByNote(network, search, at);
  return await listEntriesAt(network, at);
}

/** For programs that read the whole list page by page: what is added meanwhile shifts nothing. */
async function listById(network: Network, at: EntryPageAt, afterId: number): Promise<EntryList> {
  const { owner, action, limit } = at;
  const read = network.database.kysely;
  const entries = await listEntries(read, { owner, action, afterId, limit });
  const next = entries.length < limit ? null : entries.at(-1)!.id;
  return { entries, total: countEntries(network, at), next };
}
