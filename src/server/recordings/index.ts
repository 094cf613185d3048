// The front door of the recordings domain.
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import type { Recordings } from "./create-recordings.ts";
import { registerRecordingFileRoutes } from "./files/recording-file-routes.ts";
import { registerIngestRoutes } from "./ingest/ingest-routes.ts";
import { registerLibraryRoutes } from "./library/library-routes.ts";
import { registerPlayRoutes } from "./plays/play-routes.ts";
import { registerAudioPolicyRoutes } from "./policy/audio-policy-routes.ts";
import { registerAudioPreviewRoutes } from "./preview/audio-preview-routes.ts";

export { createRecordings } from "./create-recordings.ts";
export type { Recordings } from "./create-recordings.ts";
export { forgetBlobRemovals } from "./library/blob-removals.ts";
export { fileNameOf } from "./library/file-name-of.ts";
export type { FoundRecording } from "./found-recording.ts";
export type { Play } from "./recordings-at-work.ts";
export { readAudioPolicy } from "./policy/audio-policy-store.ts";
export { prepareAudioEdit, readAudioEdit } from "./policy/edit-audio-policy.ts";
export type { RecordingsParts } from "./recordings-parts.ts";

export function registerRecordingsRoutes(app: FastifyApp, recordings: Recordings): void {
  const { parts, policies, plays } = recordings;
  const { accounts } = parts;
  registerIngestRoutes(app, { ingest: recordings.ingest, accounts });
  registerLibraryRoutes(app, { library: recordings.library, accounts });
  registerAudioPolicyRoutes(app, { ...parts, policies });
  registerAudioPreviewRoutes(app, { ...parts, plays });
  const { findManaged } = recordings.library;
  registerPlayRoutes(app, { accounts, plays, findManaged, read: parts.database.kysely });
  registerRecordingFileRoutes(app, { accounts, read: parts.database.kysely });
}
