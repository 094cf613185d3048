// The API's route for the files of recordings, which the host's shell looks at.
import { problemResponses } from "../../../api/problem-api.ts";
import {
  RecordingFilesQuerySchema,
  RecordingFilesSchema,
} from "../../../api/recording-files-api.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { Accounts } from "../../accounts/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import { listRecordingFiles } from "./list-recording-files.ts";

export function registerRecordingFileRoutes(
  app: FastifyApp,
  { read, accounts }: { readonly read: ReadDatabase<Schema>; readonly accounts: Accounts },
): void {
  app.get(
    "/api/v1/recording-files",
    {
      onRequest: accounts.requireHostShell,
      schema: {
        tags: ["recordings"],
        summary: "Where the files of all recordings are (from the host's shell)",
        querystring: RecordingFilesQuerySchema,
        response: { 200: RecordingFilesSchema, ...problemResponses(400, 401, 403) },
      },
    },
    (request) => listRecordingFiles(read, request.query),
  );
}
