// The routes behind the recordings' door: what the player shows, and the way to its page.

import type { IncomingMessage } from "node:http";
import { Type } from "typebox";
import { problemResponses } from "../../api/problem-api.ts";
import { LinkedRecordingSchema, RecordingLinkParamsSchema } from "../../api/recordings-api.ts";
import type { LinkedRecordingAnswer } from "../../api/recordings-api.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import { Problem } from "../../platform/problem/problem.ts";
import { fileNameOf } from "../recordings/index.ts";
import type { LetIn } from "./decide-recording-live.ts";
import type { RecordingDoor } from "./recording-door.ts";

/** INVARIANT: nothing is said of a recording but to a request that the door let in to it. */
export function registerRecordingLinkRoutes(app: FastifyApp, door: RecordingDoor): void {
  function letInOf({ raw }: { readonly raw: IncomingMessage }): LetIn {
    const letIn = door.letInOf(raw);
    if (letIn === null) throw nothingThere();
    return letIn;
  }

  app.get(
    "/api/v1/recording-links/:link",
    {
      schema: {
        tags: ["recordings"],
        summary: "What the player shows of the recording that a link leads to",
        params: RecordingLinkParamsSchema,
        response: { 200: LinkedRecordingSchema, ...problemResponses(401, 403, 404, 429) },
      },
    },
    async (request, reply) => {
      void reply.header("cache-control", "private, no-store");
      return toLinkedRecording(letInOf(request));
    },
  );

  // The pages stand below the console's path only.
  app.get("/recordings/:link", HIDDEN, async (request, reply) => {
    const { link } = letInOf(request).recording;
    void reply.header("cache-control", "private, no-store");
    return reply.redirect(`/postern/recordings/${link}`, 302);
  });

  // A page of the console would be said to be there; below a recording there is its audio only.
  app.get("/postern/recordings/:link/*", HIDDEN, async () => {
    throw nothingThere();
  });
}

/** No part of the API. Any text: what is no link came through no door. */
const HIDDEN = { schema: { hide: true, params: Type.Object({ link: Type.String() }) } } as const;

function nothingThere(): Problem {
  return new Problem("not-found", 404, { detail: "There is nothing at this address." });
}

function toLinkedRecording({ recording, reason, user }: LetIn): LinkedRecordingAnswer {
  return {
    id: recording.id,
    account: recording.accountCode,
    number: recording.number,
    numberLabel: recording.numberLabel,
    caller: recording.caller,
    name: recording.name,
    recordedAt: new Date(recording.recordedAtMs).toISOString(),
    durationMs: recording.durationMs,
    format: recording.format,
    sizeBytes: recording.sizeBytes,
    fileName: fileNameOf(recording),
    audioUrl: `/postern/recordings/${recording.link}/audio`,
    reason,
    email: user?.email ?? null,
  };
}
