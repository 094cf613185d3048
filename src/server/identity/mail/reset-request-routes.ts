// The API's route by which anybody asks for a mail to choose a new password.
import type { IncomingMessage } from "node:http";
import { domainToASCII } from "node:url";
import { ResetRequestAnswerSchema, ResetRequestSchema } from "../../../api/passwords-api.ts";
import { problemResponses } from "../../../api/problem-api.ts";
import { parseEmailAddress } from "../../../core/accounts/email-address.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { PersonPlace } from "../identity-parts.ts";
import type { AssertSameSite } from "../sessions/assert-same-site.ts";
import type { Mails } from "./create-mails.ts";
import { mailProblem } from "./mail-problem.ts";

/** An address of six escaped UTF-16 units a character fits ten times. */
const BODY_MAX_BYTES = 16 * 1024;

export function registerResetRequestRoutes(
  app: FastifyApp,
  parts: {
    readonly mails: Pick<Mails, "askForReset">;
    readonly assertSameSite: AssertSameSite;
    /** Throws when the client's address cannot be told. */
    readonly placeOf: (request: IncomingMessage) => PersonPlace;
  },
): void {
  app.post(
    "/api/v1/password-reset-requests",
    {
      bodyLimit: BODY_MAX_BYTES,
      onRequest: async (request) => parts.assertSameSite(request),
      schema: {
        tags: ["passwords"],
        summary: "Ask for a mail to choose a new password; the answer is the same for everybody",
        body: ResetRequestSchema,
        response: { 202: ResetRequestAnswerSchema, ...problemResponses(400, 403, 429, 503) },
      },
    },
    async (request, reply) => {
      const emailKey = readEmailKey(request.body.email);
      const outcome = await parts.mails.askForReset({
        emailKey,
        place: parts.placeOf(request.raw),
      });
      if (!outcome.ok) {
        const retryAfterSeconds = Math.ceil(outcome.retryAfterMs / 1000);
        throw mailProblem("reset-too-often", { retryAfterSeconds });
      }
      return reply.code(202).send({ accepted: true });
    },
  );
}

function readEmailKey(text: string): string {
  const parsed = parseEmailAddress(text, domainToASCII);
  if (parsed.ok) return parsed.key;
  const { reason } = parsed;
  throw mailProblem("email-refused", {
    detail: reason,
    errors: [{ path: "/email", message: reason }],
  });
}
