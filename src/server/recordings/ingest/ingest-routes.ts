// The API's route by which recordings come in: their audio as it is, or the name of an object.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { problemResponses } from "../../../api/problem-api.ts";
import {
  NewRecordingQuerySchema,
  RecordingRegistrationSchema,
  RecordingSchema,
} from "../../../api/recordings-api.ts";
import type { RecordingRegistration } from "../../../api/recordings-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { Accounts } from "../../accounts/index.ts";
import { recordingsProblem } from "../recordings-problem.ts";
import type { Ingest } from "./create-ingest.ts";

const DESCRIPTION = [
  "An upload is the audio itself as the body (audio/* or application/octet-stream), with what is",
  "said of it in the query; a registration is application/json and names an object that is in the",
  "blob store already, below incoming/ and the account's id (20 letters, shown by",
  "GET /api/v1/accounts). An object is registered once, and goes with its recording. Taken are WAV",
  "(PCM, A-law, µ-law), MP3, Ogg Opus and M4A (AAC); what the body is, it says itself, not its",
  "type. With an Idempotency-Key the same request again answers 200 with the recording that there",
  "is. An upload that stands still for 30 seconds, or takes more than five minutes, is cut.",
].join(" ");

export function registerIngestRoutes(
  app: FastifyApp,
  { ingest, accounts }: { readonly ingest: Ingest; readonly accounts: Accounts },
): void {
  app.register(async (plugin) => {
    const scope = plugin.withTypeProvider<TypeBoxTypeProvider>();
    // The body stays a stream: audio is never held in memory as a whole.
    for (const type of [/^audio\/[a-z0-9.+-]+/i, "application/octet-stream"]) {
      scope.addContentTypeParser(type, (_request, payload, done) => done(null, payload));
    }
    scope.addContentTypeParser("*", (_request, _payload, done) =>
      done(recordingsProblem("recording-type-refused")),
    );
    scope.post(
      "/api/v1/recordings",
      {
        onRequest: accounts.requireManager("recordings:write"),
        schema: {
          tags: ["recordings"],
          summary: "Add a recording: upload its audio, or register an object of the blob store",
          description: DESCRIPTION,
          headers: Type.Object({
            "idempotency-key": Type.Optional(
              Type.String({ description: "1 to 200 visible ASCII characters, of your choice" }),
            ),
          }),
          querystring: NewRecordingQuerySchema,
          body: {
            content: {
              "application/json": { schema: RecordingRegistrationSchema },
              // Told in the OpenAPI document; a stream is for nobody to validate.
              "audio/*": { schema: Type.Unsafe<Readable>({ type: "string", format: "binary" }) },
            },
          },
          response: {
            200: { ...RecordingSchema, description: "It was here before, by its Idempotency-Key" },
            201: RecordingSchema,
            ...problemResponses(400, 401, 403, 404, 408, 409, 413, 415, 422, 503),
          },
        },
      },
      async (request, reply) => {
        const principal = accounts.principalOf(request);
        const idempotencyKey = readIdempotencyKey(request.headers);
        const body: unknown = request.body;
        const added =
          body instanceof Readable
            ? await ingest
                .upload(principal, {
                  words: request.query,
                  idempotencyKey,
                  body,
                  declaredBytes: readDeclaredBytes(request.headers),
                })
                .catch((error: unknown) => {
                  stayForAnswer(request.raw, reply.raw);
                  throw error;
                })
            : await ingest.register(principal, { words: readRegistration(body), idempotencyKey });
        if (added.isReplayed) void reply.header("idempotent-replayed", "true");
        else void reply.header("location", `/api/v1/recordings/${added.answer.id}`);
        return reply.code(added.isReplayed ? 200 : 201).send(added.answer);
      },
    );
  });
}

/**
 * Proxies ask for the connection to be closed after the answer, and node would do so over what is
 * still coming: the proxy would get a reset in place of the refusal. Who discards the rest ends it.
 */
function stayForAnswer(request: IncomingMessage, response: ServerResponse): void {
  if (!request.complete) response.shouldKeepAlive = true;
}

/** Without a body there is nothing that was validated. */
function readRegistration(body: unknown): RecordingRegistration {
  if (typeof body !== "object" || body === null) throw recordingsProblem("recording-type-refused");
  return body as RecordingRegistration;
}

/** Null: it is not known how much will come. The parser has refused what is no number. */
function readDeclaredBytes({ "content-length": length }: IncomingHttpHeaders): number | null {
  return length === undefined ? null : Number(length);
}

/** Two header lines come joined by a comma and a space, which no key holds. */
function readIdempotencyKey(headers: IncomingHttpHeaders): string | null {
  const key = headers["idempotency-key"];
  if (key === undefined) return null;
  if (typeof key === "string" && /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw recordingsProblem("idempotency-key-refused");
}
