// The API's routes for the history of the rules, and for going back in it.
import { problemResponses } from "../../api/problem-api.ts";
import {
  RestoreChangesSchema,
  RestoredSchema,
  RestoredStateQuerySchema,
  RestoreQuerySchema,
  RevisionDetailSchema,
  RevisionListSchema,
  RevisionParamsSchema,
  RevisionQuerySchema,
} from "../../api/revision-api.ts";
import type { RestoredState } from "../../api/revision-api.ts";
import { canReach } from "../../core/accounts/reach.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import { accountsProblem, reachOf } from "../accounts/index.ts";
import type { Accounts, ApiRequest, Principal } from "../accounts/index.ts";
import { findRevision, listRevisions } from "../journal/index.ts";
import type { StoredRevision } from "../journal/index.ts";
import { ownersFor } from "../network/index.ts";
import { applyChanges } from "./apply-changes.ts";
import type { ApplyParts } from "./apply-changes.ts";
import { findChangesBack } from "./changes-back.ts";
import { describeRevision, describeRevisionWhole } from "./describe-revision.ts";
import { revisionProblem } from "./revision-problem.ts";

type Parts = Omit<ApplyParts, "accounts"> & { readonly accounts: Accounts };

const tags = ["history"];
const PATH = "/api/v1/revisions";

export function registerRevisionRoutes(app: FastifyApp, parts: Parts): void {
  addReadRoutes(app, parts);
  addRestoreRoutes(app, parts);
}

function addReadRoutes(app: FastifyApp, parts: Parts): void {
  const { accounts, network } = parts;
  const read = network.database.kysely;
  app.get(
    PATH,
    {
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags,
        summary: "List what was changed of rules and lists, newest first",
        querystring: RevisionQuerySchema,
        response: { 200: RevisionListSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { account, layer, subject = null, before = null, limit = 50 } = request.query;
      const principal = accounts.principalOf(request);
      if (account !== undefined && layer !== undefined) throw revisionProblem("layer-or-account");
      const isOperator = reachOf(principal).kind === "platform";
      if (layer !== undefined && !isOperator) throw accountsProblem("operator-required");
      const owners = layer === undefined ? ownersFor(network, principal, account) : ["platform"];
      const rows = await listRevisions(read, { owners, subject, before, limit: limit + 1 });
      const shown = rows.slice(0, limit);
      return {
        revisions: shown.map((row) => describeRevision(row, isOperator)),
        next: rows.length > limit ? shown.at(-1)!.number : null,
      };
    },
  );

  app.get(
    `${PATH}/:number`,
    {
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags,
        summary: "Read what one change changed, in words and as a diff",
        params: RevisionParamsSchema,
        response: { 200: RevisionDetailSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const principal = accounts.principalOf(request);
      const revision = await findOwn(parts, principal, request.params.number);
      return describeRevisionWhole(read, revision, reachOf(principal).kind === "platform");
    },
  );
}

function addRestoreRoutes(app: FastifyApp, parts: Parts): void {
  const { accounts, changes } = parts;
  const read = parts.network.database.kysely;
  app.get(
    `${PATH}/:number/changes`,
    {
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags,
        summary: "What going back to a revision would change, as a preview takes it",
        params: RevisionParamsSchema,
        querystring: RestoredStateQuerySchema,
        response: { 200: RestoreChangesSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { changes: back } = await findBack(parts, request, request.query.to);
      return {
        changes: back.map(({ notes: _notes, versions: _versions, ...change }) => change),
      };
    },
  );

  app.post(
    `${PATH}/:number/restore`,
    {
      onRequest: accounts.requireManager("policy:write"),
      schema: {
        tags,
        summary: "Go back to a revision: the section, or the list, is as it was then",
        params: RevisionParamsSchema,
        querystring: RestoreQuerySchema,
        response: { 200: RestoredSchema, ...problemResponses(400, 401, 403, 404, 409, 412) },
      },
    },
    async (request) => {
      const { revision, changes: back } = await findBack(parts, request, request.query.to);
      if (back.length === 0) return { revisions: [] };
      const principal = accounts.principalOf(request);
      const made = { principal, request: request.raw, safety: request.query };
      const context = changes.contextOf(made);
      await applyChanges(parts, back, { ...context, way: "restore", restores: revision.number });
      const latest = await listRevisions(read, {
        owners: [revision.owner],
        subject: null,
        before: null,
        limit: 50,
      });
      const { changeId } = context;
      return {
        revisions: latest.flatMap((row) => (row.change_id === changeId ? row.number : [])),
      };
    },
  );
}

type RevisionRequest = ApiRequest & { readonly params: { readonly number: number } };

async function findBack(parts: Parts, request: RevisionRequest, to: RestoredState) {
  const { accounts, network } = parts;
  const principal = accounts.principalOf(request);
  const revision = await findOwn(parts, principal, request.params.number);
  const code = revision.owner === "platform" ? null : network.accountCodeOf(revision.owner);
  const account = code === null ? null : await accounts.findAccount(code);
  // Of an account that is gone there is nothing to go back to.
  if (revision.owner !== "platform" && account === null) throw accountsProblem("account-not-found");
  const back = { revision, to, account, nowMs: network.clock.nowMs() };
  return { revision, changes: await findChangesBack(network.database.kysely, back) };
}

/** To an admin, revisions of others are not there (attack row 141). */
async function findOwn(
  { network }: Parts,
  principal: Principal,
  number: number,
): Promise<StoredRevision> {
  const revision = await findRevision(network.database.kysely, number);
  const reach = reachOf(principal);
  if (revision === null) throw revisionProblem("revision-not-found");
  const isOurs = reach.kind === "platform" || canReach(reach, revision.owner);
  if (!isOurs) throw revisionProblem("revision-not-found");
  return revision;
}
