// The API's routes for importing and exporting whole lists.

import type { Readable } from "node:stream";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { ExportQuerySchema, ImportAnswerSchema, ImportQuerySchema } from "../../api/entry-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import { randomId } from "../../platform/crypto/random.ts";
import type { Accounts } from "../accounts/index.ts";
import { createContextOf } from "./context-of.ts";
import type { Network } from "./create-network.ts";
import type { EntryFormat } from "./entry-lines.ts";
import { countByAction } from "./entry-store.ts";
import { EXPORT_TYPES, exportEntries } from "./export-entries.ts";
import { importEntries } from "./import-entries.ts";
import { networkProblem } from "./network-problem.ts";
import { isOverruledByAllow } from "./overruled-by-allow.ts";
import { ownerFor } from "./owner-of-principal.ts";

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
        const { query } = request;
        const type = (request.headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();
        const principal = accounts.principalOf(request);
        const owner = ownerFor(network, principal, query.account);
        const outcome = await importEntries(network, request.body as Readable, {
          importId: randomId(),
          owner,
          format: query.format ?? FORMAT_OF_TYPE[type] ?? "text",
          action: query.action ?? null,
          confirmWide: query.confirmWide ?? false,
          nowMs: network.clock.nowMs(),
          context: contextOf(request),
          isAllowed: (range) => isOverruledByAllow(network, owner, range),
        });
        if (!outcome.ok) {
          const { errors, errorCount } = outcome;
          throw networkProblem("import-refused", {
            detail: `${errorCount} bad ${errorCount === 1 ? "line" : "lines"}; nothing was stored.`,
            errors,
            members: { errorCount },
          });
        }
        const { added, unchanged, overruled } = outcome;
        return { added, unchanged, warnings: describeOverruled(overruled) };
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
