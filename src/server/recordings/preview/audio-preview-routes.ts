// The API's route that previews a proposed audio policy.
import type { IncomingMessage } from "node:http";
import {
  AudioPolicyQuerySchema,
  AudioPreviewBodySchema,
  AudioPreviewSchema,
} from "../../../api/audio-download-api.ts";
import { problemResponses } from "../../../api/problem-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { Accounts } from "../../accounts/index.ts";
import type { PersonPlace } from "../../identity/index.ts";
import { findManagedAccount } from "../policy/find-managed-account.ts";
import { previewAudioPolicyChange } from "./preview-audio-policy-change.ts";
import type { PreviewParts } from "./preview-audio-policy-change.ts";

export type PreviewRouteParts = PreviewParts & {
  readonly accounts: Pick<Accounts, "requireManager" | "principalOf" | "findAccount">;
  readonly placeOf: (request: IncomingMessage) => Pick<PersonPlace, "addressText">;
};

export function registerAudioPreviewRoutes(app: FastifyApp, parts: PreviewRouteParts): void {
  const { accounts } = parts;
  app.post(
    "/api/v1/audio-download/preview",
    {
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags: ["audio-download"],
        summary: "Preview who of the last 7 days would lose or gain recordings; changes nothing",
        querystring: AudioPolicyQuerySchema,
        body: AudioPreviewBodySchema,
        response: { 200: AudioPreviewSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const principal = accounts.principalOf(request);
      const account = await findManagedAccount(accounts, principal, request.query.account);
      return previewAudioPolicyChange(parts, {
        accountId: account.id,
        value: request.body.value,
        byUserId: principal.kind === "user" ? principal.userId : null,
        byAddress: parts.placeOf(request.raw).addressText,
      });
    },
  );
}
