// The API's routes for who may hear an account's recordings.
import {
  AudioChangeQuerySchema,
  AudioPolicyAnswerSchema,
  AudioPolicyBodySchema,
  AudioPolicyQuerySchema,
} from "../../../api/audio-download-api.ts";
import type { AudioPolicyAnswer } from "../../../api/audio-download-api.ts";
import { problemResponses } from "../../../api/problem-api.ts";
import type { Account } from "../../../core/accounts/account.ts";
import { AUDIO_POLICY_DEFAULT } from "../../../core/recordings/audio-policy.ts";
import type { AudioPolicy } from "../../../core/recordings/audio-policy.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { Accounts } from "../../accounts/index.ts";
import { readAudioPolicy } from "./audio-policy-store.ts";
import type { StoredAudioPolicy } from "./audio-policy-store.ts";
import { countAccountNumbers } from "./count-account-numbers.ts";
import { editAudioPolicy } from "./edit-audio-policy.ts";
import type { EditAudioPolicyParts } from "./edit-audio-policy.ts";
import { findManagedAccount } from "./find-managed-account.ts";

export type AudioPolicyRouteParts = EditAudioPolicyParts & {
  readonly accounts: Pick<Accounts, "requireManager" | "principalOf" | "findAccount">;
};

const PATH = "/api/v1/audio-download";
const tags = ["audio-download"];

export function registerAudioPolicyRoutes(app: FastifyApp, parts: AudioPolicyRouteParts): void {
  const { accounts, database } = parts;
  app.get(
    PATH,
    {
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags,
        summary: "Read who may hear an account's recordings",
        querystring: AudioPolicyQuerySchema,
        response: { 200: AudioPolicyAnswerSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { account: code } = request.query;
      const account = await findManagedAccount(accounts, accounts.principalOf(request), code);
      return answer(parts, account, await readAudioPolicy(database.kysely, account.id));
    },
  );

  app.put(
    PATH,
    {
      onRequest: accounts.requireManager("policy:write"),
      schema: {
        tags,
        summary: "Set who may hear an account's recordings; it holds from the next request",
        querystring: AudioChangeQuerySchema,
        body: AudioPolicyBodySchema,
        response: {
          200: AudioPolicyAnswerSchema,
          ...problemResponses(400, 401, 403, 404, 409, 412),
        },
      },
    },
    async (request) => {
      const { value, version = null, confirmWide: isWideConfirmed = false } = request.body;
      const principal = accounts.principalOf(request);
      const account = await findManagedAccount(accounts, principal, request.query.account);
      const made = { principal, request: request.raw, safety: request.query };
      const context = parts.changes.contextOf(made);
      const edit = { account, value, version, isWideConfirmed, context };
      const stored = await editAudioPolicy(parts, edit);
      return answer(parts, account, stored);
    },
  );
}

async function answer(
  { database }: AudioPolicyRouteParts,
  account: Account,
  stored: StoredAudioPolicy,
): Promise<AudioPolicyAnswer> {
  const { changedAtMs } = stored;
  return {
    account: account.code,
    value: toValue(stored.value),
    default: toValue(AUDIO_POLICY_DEFAULT),
    version: stored.version,
    changedAt: changedAtMs === null ? null : new Date(changedAtMs).toISOString(),
    changedBy: stored.changedBy,
    ...(await countAccountNumbers(database.kysely, account.id)),
  };
}

function toValue({ whitelist, ...policy }: AudioPolicy): AudioPolicyAnswer["value"] {
  return { ...policy, whitelist: [...whitelist] };
}
