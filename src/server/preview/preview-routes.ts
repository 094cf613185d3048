// The API's route that tells what changes of the rules would do, before they are made.

import {
  accountOfPreviewed,
  PreviewAnswerSchema,
  PreviewBodySchema,
} from "../../api/preview-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import { PROPOSED_ENTRIES_MAX } from "../../api/proposed-change-api.ts";
import { answerWhileThere } from "../../platform/http/answer-while-there.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import type { Accounts } from "../accounts/index.ts";
import { ownerFor } from "../network/index.ts";
import type { Network } from "../network/index.ts";
import type { PreviewChanges } from "./preview-changes.ts";

type Parts = {
  readonly network: Network;
  readonly accounts: Accounts;
  readonly previewChanges: PreviewChanges;
};

/** Of so many entries as it takes, each of the longest: brackets, keys and values are counted. */
const BODY_MAX_BYTES = 2 * 1024 * 1024;
const JSON_TOKENS_MAX = 10 * PROPOSED_ENTRIES_MAX;

export function registerPreviewRoutes(app: FastifyApp, parts: Parts): void {
  const { network, accounts, previewChanges } = parts;
  app.post(
    "/api/v1/previews",
    {
      bodyLimit: BODY_MAX_BYTES,
      config: { jsonTokensMax: JSON_TOKENS_MAX },
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags: ["policies"],
        summary: "Who of the recent visitors would be decided differently under changed rules",
        description:
          "Decides the recorded visits of the period twice, by the rules as they are and as they " +
          "would be, and saves nothing. Says too whether saving them would be refused because it " +
          "locks somebody out. One preview runs at a time; a few more wait.",
        body: PreviewBodySchema,
        response: { 200: PreviewAnswerSchema, ...problemResponses(400, 401, 403, 404, 503) },
      },
    },
    async (request, reply) => {
      const { period, changes } = request.body;
      const principal = accounts.principalOf(request);
      for (const one of changes) ownerFor(network, principal, accountOfPreviewed(one));
      const maker = network.changes.makerOf({ principal, request: request.raw });
      return answerWhileThere(reply, (signal) =>
        previewChanges({ ...maker, period, changes, signal }),
      );
    },
  );
}
