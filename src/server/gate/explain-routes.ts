// The API's route that explains what the gate would decide.

import { ExplainQuerySchema, ExplanationSchema } from "../../api/explain-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import { remediesForAdmins } from "../../core/gate/remedies-for-admins.ts";
import { stepsForAdmins } from "../../core/gate/steps-for-admins.ts";
import { parseRfc3339Time } from "../../core/network/parse-rfc3339-time.ts";
import { trimBlanks } from "../../core/network/address-characters.ts";
import { parseAddress } from "../../core/network/address.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import { defineProblems } from "../../platform/problem/define-problems.ts";
import { findVisibleUser, reachOf } from "../accounts/index.ts";
import type { Accounts, Principal } from "../accounts/index.ts";
import { ownerFor } from "../network/index.ts";
import type { Network } from "../network/index.ts";
import type { Recordings } from "../recordings/index.ts";
import { explain } from "./explain.ts";
import type { Explanation } from "./explain.ts";
import { explainRecording } from "./explain-recording.ts";
import type { Asker } from "./recording-facts.ts";

const gateProblem = defineProblems({
  "address-refused": {
    status: 400,
    title: "The address is not accepted",
    detail: "Give one IPv4 or IPv6 address, such as 203.0.113.7 or 2001:db8::1.",
  },
  "time-refused": {
    status: 400,
    title: "The time is not accepted",
    detail: "Give an RFC 3339 time such as 2027-01-31T12:00:00Z.",
  },
  "place-refused": {
    status: 400,
    title: "The place is not accepted",
    detail: "A recording is asked for on the surface audio, of its own account: leave both out.",
  },
  "listener-refused": {
    status: 400,
    title: "A user alone is not accepted",
    detail: "The user is the one who listens: name the recording too.",
  },
});

type Parts = {
  readonly network: Network;
  readonly accounts: Accounts;
  readonly recordings: Recordings;
};

export function registerExplainRoutes(app: FastifyApp, parts: Parts): void {
  const { network, accounts, recordings } = parts;
  app.get(
    "/api/v1/explain",
    {
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags: ["decisions"],
        summary: "What the gate would decide for an address, step by step",
        description: "Admins ask for an account of theirs; the platform's steps are bare for them.",
        querystring: ExplainQuerySchema,
        response: { 200: ExplanationSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { query } = request;
      const address = parseAddress(trimBlanks(query.address));
      if (address === null) throw gateProblem("address-refused");
      const principal = accounts.principalOf(request);
      const atMs = readTime(query.at, { principal, nowMs: network.clock.nowMs() });
      const { surface = "portal", account = null, recording: recordingId, user } = query;
      if (recordingId === undefined) {
        ownerFor(network, principal, query.account);
        if (user !== undefined) throw gateProblem("listener-refused");
        const explanation = await explain(network, { address, surface, account, atMs });
        return { ...asAnswer(explanation, principal), recording: null };
      }
      if (account !== null) ownerFor(network, principal, account);
      const recording = await recordings.library.findManaged(principal, recordingId);
      const isPlaceRight = (query.surface ?? "audio") === "audio";
      if (!isPlaceRight || (account ?? recording.accountCode) !== recording.accountCode) {
        throw gateProblem("place-refused");
      }
      const asker = await findAsker(network, principal, user);
      const sources = { network, policies: recordings.policies, hasGrant: recordings.hasGrant };
      const explanation = await explainRecording(sources, { address, recording, asker, atMs });
      return { ...asAnswer(explanation, principal), recording: explanation.recording };
    },
  );
}

/** The lists of an answer are its own; of the platform's rules admins hear only the outcome. */
function asAnswer<E extends Pick<Explanation, "steps" | "wouldPassIf">>(
  explanation: E,
  principal: Principal,
) {
  const { steps, wouldPassIf } = explanation;
  if (reachOf(principal).kind === "platform") {
    return { ...explanation, steps: [...steps], wouldPassIf: [...wouldPassIf] };
  }
  const monitored = steps.find((step) => step.result === "monitored" && step.layer === "account");
  return {
    ...explanation,
    monitored: monitored?.step ?? null,
    steps: [...stepsForAdmins(steps)],
    wouldPassIf: [...remediesForAdmins(wouldPassIf, steps)],
  };
}

/** As somebody who has signed in wholly; disabled users have no session. */
async function findAsker(
  network: Network,
  principal: Principal,
  userId: string | undefined,
): Promise<Asker> {
  if (userId === undefined) return { kind: "nobody" };
  const { user, memberships } = await findVisibleUser(network.database.kysely, principal, userId);
  return user.isDisabled ? { kind: "nobody" } : { kind: "user", user, memberships };
}

/** When a ban or an entry of the platform's ends is its operators' business (attack row 141). */
function readTime(
  text: string | undefined,
  { principal, nowMs }: { readonly principal: Principal; readonly nowMs: number },
): number {
  if (text === undefined) return nowMs;
  const ms = parseRfc3339Time(text);
  if (Number.isNaN(ms)) throw gateProblem("time-refused");
  if (ms > nowMs && reachOf(principal).kind !== "platform") {
    const detail = "Give an RFC 3339 time that is not later than now; later ones are operators'.";
    throw gateProblem("time-refused", { detail });
  }
  return ms;
}
