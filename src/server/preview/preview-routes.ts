// The API's route that tells what changes of the rules would do, before they are made.

import {
  accountOfPreviewed,
  PreviewAnswerSchema,
  PreviewBodySchema,
} from "../../api/preview-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import { answerWhileThere } from "../../platform/http/answer-while-there.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import type { Accounts } from "../accounts/index.ts";
import { ownerFor } from "../network/index.ts";
import type { Network } from "../network/index.ts";
import type { Previewer } from "./create-previewer.ts";
import type { ReadEffects } from "./read-effects.ts";

type Parts = {
  readonly network: Network;
  readonly accounts: Accounts;
  readonly previewer: Previewer;
  readonly readEffects: ReadEffects;
};

export function registerPreviewRoutes(app: FastifyApp, parts: Parts): void {
  const { network, accounts, previewer } = parts;
  app.post(
    "/api/v1/previews",
    {
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags: ["policies"],
        summary: "Who of the recent visitors would be decided differently under changed rules",
        description:
          "Decides the recorded visits of the period twice, by the rules as they are and as they " +
          "would be, and saves nothing. One preview runs at a time; a few more wait.",
        body: PreviewBodySchema,
        response: { 200: PreviewAnswerSchema, ...problemResponses(400, 401, 403, 404, 503) },
      },
    },
    async (request, reply) => {
      const { period, changes } = request.body;
      const principal = accounts.principalOf(request);
      for (const one of changes) ownerFor(network, principal, accountOfPreviewed(one));
      return answerWhileThere(reply, async (signal) => {
        const answer = await previewer.preview({ period, changes, principal, signal });
        const effects = await parts.readEffects(changes, { period, signal });
        return { ...answer, effects: [...effects] };
      });
    },
  );
}
