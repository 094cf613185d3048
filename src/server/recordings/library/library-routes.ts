// The API's routes of the library: list, one recording, deletion.
import { Type } from "typebox";
import { problemResponses } from "../../../api/problem-api.ts";
import {
  RecordingListSchema,
  RecordingParamsSchema,
  RecordingQuerySchema,
  RecordingSchema,
} from "../../../api/recordings-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { Accounts } from "../../accounts/index.ts";
import type { Library } from "./create-library.ts";

const tags = ["recordings"];

export function registerLibraryRoutes(
  app: FastifyApp,
  { library, accounts }: { readonly library: Library; readonly accounts: Accounts },
): void {
  app.get(
    "/api/v1/recordings",
    {
      onRequest: accounts.requireUserOrScope("recordings:read"),
      schema: {
        tags,
        summary: "List recordings, newest first; agents see those of numbers granted to them",
        description: "`search` finds parts of number, label, caller and name, whatever their case.",
        querystring: RecordingQuerySchema,
        response: { 200: RecordingListSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    (request) => library.list(accounts.principalOf(request), request.query),
  );

  app.get(
    "/api/v1/recordings/:id",
    {
      onRequest: accounts.requireUserOrScope("recordings:read"),
      schema: {
        tags,
        summary: "What is known of one recording; its audio is behind its link",
        params: RecordingParamsSchema,
        response: { 200: RecordingSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    (request) => library.get(accounts.principalOf(request), request.params.id),
  );

  app.delete(
    "/api/v1/recordings/:id",
    {
      onRequest: accounts.requireManager("recordings:write"),
      schema: {
        tags,
        summary: "Delete a recording and its file; its link leads nowhere from the next request on",
        params: RecordingParamsSchema,
        response: {
          204: Type.Null({ description: "Deleted" }),
          ...problemResponses(400, 401, 403, 404),
        },
      },
    },
    async (request, reply) => {
      await library.remove(accounts.principalOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
}
