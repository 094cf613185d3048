// The API's routes for importing and exporting whole lists.

import type { Readable } from "node:stream";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { ExportQuerySchema, ImportAnswerSchema, ImportQuerySchema } from "../../api/entry-api.ts";
import { ImportPlanQuerySchema, ImportPlanSchema } from "../../api/import-plan-api.ts";
import type { ImportPlanAnswer, ImportPlanQuery } from "../../api/import-plan-api.ts";
import type { ProposedChange } from "../../api/proposed-change-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import { randomId } from "../../platform/crypto/random.ts";
import type { Problem } from "../../platform/problem/problem.ts";
import type { Accounts, ApiRequest } from "../accounts/index.ts";
import { createContextOf } from "./context-of.ts";
import type { Network } from "./create-network.ts";
import { accountOf } from "./account-of.ts";
import type { EntryFormat } from "./entry-lines.ts";
import { countByAction } from "./entry-store.ts";
import { EXPORT_TYPES, exportEntries } from "./export-entries.ts";
import { importEntries } from "./import-entries.ts";
import type { BadList, ListOrder } from "./import-entries.ts";
import { networkProblem } from "./network-problem.ts";
import { isOverruledByAllow } from "./overruled-by-allow.ts";
import { ownerFor } from "./owner-of-principal.ts";
import { planImport } from "./plan-import.ts";
import type { PlannedEntry } from "./plan-import.ts";

const tags = ["address lists"];

const FORMAT_OF_TYPE: Readonly<Record<string, EntryFormat>> = {
  "text/plain": "text",
  "text/csv": "csv",
  "application/x-ndjson": "ndjson",
};

/** Far above what two million lines need; a body without end is cut here. */
const IMPORT_BYTES_MAX = 1024 * 1024 * 1024;

export function registerImportRoutes(
  app: FastifyApp,
  { network, accounts }: { readonly network: Network; readonly accounts: Accounts },
): void {
  const contextOf = createContextOf({ network, accounts });

  function orderOf(request: ApiRequest & { readonly query: ImportPlanQuery }): ListOrder {
    const { query } = request;
    const type = (request.raw.headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();
    const owner = ownerFor(network, accounts.principalOf(request), query.account);
    return {
      importId: randomId(),
      owner,
      format: query.format ?? FORMAT_OF_TYPE[type] ?? "text",
      action: query.action ?? null,
      confirmWide: query.confirmWide ?? false,
      nowMs: network.clock.nowMs(),
      isAllowed: (range) => isOverruledByAllow(network, owner, range),
    };
  }

  app.register(async (plugin) => {
    const scope = plugin.withTypeProvider<TypeBoxTypeProvider>();
    // The body stays a stream: a list is never held in memory as a whole.
    const types = Object.keys(FORMAT_OF_TYPE);
    scope.addContentTypeParser(types, (_request, payload, done) => done(null, payload));
    scope.post(
      "/api/v1/entries/import",
      {
        bodyLimit: IMPORT_BYTES_MAX,
        onRequest: accounts.requireManager("policy:write"),
        schema: {
          tags,
          summary: "Import a list: all lines or none",
          description:
            "The body is text/plain, text/csv or application/x-ndjson. Every bad line is named.",
          querystring: ImportQuerySchema,
          response: {
            200: ImportAnswerSchema,
            ...problemResponses(400, 401, 403, 404, 409, 422),
          },
        },
      },
      async (request) => {
        const order = { ...orderOf(request), context: contextOf(request) };
        const outcome = await importEntries(network, request.body as Readable, order);
        if (!outcome.ok) throw listRefused(outcome);
        const { added, unchanged, overruled } = outcome;
        return { added, unchanged, warnings: describeOverruled(overruled) };
      },
    );

    scope.post(
      "/api/v1/entries/import/changes",
      {
        bodyLimit: IMPORT_BYTES_MAX,
        onRequest: accounts.requireManager("policy:write"),
        schema: {
          tags,
          summary: "What an import of a list would change, for a preview; nothing is stored",
          description: "The body is that of an import, and is refused as an import would be.",
          querystring: ImportPlanQuerySchema,
          response: { 200: ImportPlanSchema, ...problemResponses(400, 401, 403, 404, 422) },
        },
      },
      async (request): Promise<ImportPlanAnswer> => {
        const order = orderOf(request);
        const plan = await planImport(network, request.body as Readable, order);
        if (!plan.ok) throw listRefused(plan);
        const { added, unchanged, overruled, add } = plan;
        const changes = add === null ? null : toChanges(accountOf(network, order.owner), add);
        return { added, unchanged, warnings: describeOverruled(overruled), changes };
      },
    );
  });

  app.get(
    "/api/v1/entries/export",
    {
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags,
        summary: "Export a list in a form that the import takes",
        querystring: ExportQuerySchema,
        response: {
          200: Type.String({ description: "The list, streamed" }),
          ...problemResponses(400, 401, 403, 404),
        },
      },
    },
    async (request, reply) => {
      const { account } = request.query;
      const owner = ownerFor(network, accounts.principalOf(request), account);
      const format = request.query.format ?? "csv";
      const action = request.query.action ?? null;
      if (format === "text" && action === null) {
        const counts = await countByAction(network.database.kysely, owner);
        if (counts.length > 1) throw networkProblem("export-needs-action");
      }
      return reply
        .type(EXPORT_TYPES[format])
        .header("content-disposition", `attachment; filename="entries.${EXTENSIONS[format]}"`)
        .send(exportEntries(network.database, { owner, format, action }));
    },
  );
}

function toChanges(
  whose: { readonly account?: string },
  add: readonly PlannedEntry[],
): ProposedChange[] {
  if (add.length === 0) return [];
  return [{ kind: "address-list", ...whose, add: [...add], remove: [] }];
}

function listRefused({ errors, errorCount }: BadList): Problem {
  return networkProblem("import-refused", {
    detail: `${errorCount} bad ${errorCount === 1 ? "line" : "lines"}; nothing was stored.`,
    errors,
    members: { errorCount },
  });
}

function describeOverruled(count: number): string[] {
  if (count === 0) return [];
  const lines = count === 1 ? "1 deny line takes in" : `${count} deny lines take in`;
  return [`${lines} addresses of allow entries; allow wins there.`];
}

const EXTENSIONS: Readonly<Record<EntryFormat, string>> = {
  text: "txt",
  csv: "csv",
  ndjson: "ndjson",
};
