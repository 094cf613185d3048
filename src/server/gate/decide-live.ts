// Decides live requests: asks the core, does what must change, and records what came of it.

import type { Address } from "../../core/network/address.ts";
import { formatAddress } from "../../core/network/address.ts";
import { decideRequest } from "../../core/gate/decide-request.ts";
import type { RequestOutcome, RequestReason } from "../../core/gate/decide-request.ts";
import { locationOfIndex } from "../../core/network/iso-3166.ts";
import { ruleIdOf } from "../../core/network/network-facts.ts";
import { firstMonitored, NETWORK_STEPS } from "../../core/network/network-steps.ts";
import { DEFAULT_PLACE, findPlaces } from "../../core/network/surface-routes.ts";
import { SURFACES } from "../../core/network/surface.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Journal } from "../journal/index.ts";
import type { Network } from "../network/index.ts";
import type { Client } from "./client-of-request.ts";
import type { DescribedRequest } from "./described-request.ts";
import { describeDecision } from "./describe-decision.ts";
import { playOf } from "./play-of-request.ts";

export type GateQuery = {
  readonly client: Client;
  readonly request: DescribedRequest;
  readonly userAgent: string | null;
};

export type GateAnswer = {
  readonly verdict: "pass" | "refuse";
  /** 200, 400, 403, 429 or 503. */
  readonly status: number;
  readonly reason: RequestReason;
  /** Empty when the request passed unrecorded. */
  readonly decisionId: string;
  /** 0 where waiting does not help. */
  readonly retryAfterSeconds: number;
  /** Account code of the place asked for, or null. */
  readonly account: string | null;
  /** Set when a ban was made by this very request: resolves when it is on disk. */
  readonly stored: Promise<void> | null;
};

export type Gate = {
  decide(query: GateQuery): GateAnswer;
  /** Decisions since the start, for the metrics, by verdict and reason. */
  counts(): Readonly<Record<GateAnswer["verdict"], ReadonlyMap<string, number>>>;
};

export type GateParts = {
  readonly network: Network;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly onAlarm: (address: Address, cause: string) => void;
  readonly onError: (error: unknown) => void;
};

const UNAVAILABLE_RETRY_SECONDS = 5;
const AUDIO = SURFACES.indexOf("audio");

export function createGate(parts: GateParts): Gate {
  // By verdict, then reason: a text of both would be made anew for each request.
  const counts = { pass: new Map<string, number>(), refuse: new Map<string, number>() };

  function decide(query: GateQuery): GateAnswer {
    let answer: GateAnswer;
    try {
      answer = decideQuery(parts, query);
    } catch (error) {
      // INVARIANT: whatever fails, the gate is closed and no rule is skipped.
      parts.onError(error);
      answer = refuseUnavailable(parts, query);
    }
    const { verdict, reason } = answer;
    counts[verdict].set(reason, (counts[verdict].get(reason) ?? 0) + 1);
    return answer;
  }

  return { decide, counts: () => counts };
}

function decideQuery(parts: GateParts, query: GateQuery): GateAnswer {
  const { network, clock } = parts;
  const { client, request } = query;
  const nowMs = clock.nowMs();
  if (!client.ok) {
    return refuseUnread(parts, query, {
      nowMs,
      reason: "client-address-unresolvable",
      status: 403,
    });
  }
  const places = request.ok
    ? findPlaces(network.routes(), request.host, request.readings)
    : [DEFAULT_PLACE];
  const isAudio = request.ok && places.some((place) => place.surface === AUDIO);
  const play = isAudio ? playOf(request, query.userAgent) : NOT_A_PLAY;
  const outcome = decideRequest(
    network.state,
    { address: client.address, places, play: play.play, countsAgainstRate: play.counts },
    { nowMs, counting: "raise" },
  );
  // A malformed request has been counted like any other; it passes under no rule.
  if (!request.ok && outcome.network.verdict === "pass") {
    return refuseUnread(parts, query, { nowMs, reason: "request-malformed", status: 400 });
  }
  return settle(parts, query, { outcome, nowMs, address: client.address });
}

const NOT_A_PLAY = { play: null, counts: true } as const;

type Settled = {
  readonly outcome: RequestOutcome;
  readonly nowMs: number;
  readonly address: Address;
};

function settle(parts: GateParts, query: GateQuery, settled: Settled): GateAnswer {
  const { outcome, nowMs, address } = settled;
  const { network: decision, facts, place } = outcome;
  const surface = SURFACES[place.surface]!;
  const country = locationOfIndex(facts.country);
  const monitored = firstMonitored(decision.stepBits);
  const isMonitored = decision.verdict === "pass" && monitored !== -1;
  const reason = isMonitored ? NETWORK_STEPS[monitored]!.step : decision.reason;
  const verdict = isMonitored ? "monitor" : decision.verdict;
  parts.journal.countTraffic({
    atMs: nowMs,
    client: address,
    surface,
    account: place.account,
    country,
    verdict,
    reason,
  });
  const decisionId =
    verdict === "pass"
      ? ""
      : parts.journal.recordDecision({
          atMs: nowMs,
          client: address,
          surface,
          account: place.account,
          country,
          verdict,
          status: decision.status,
          reason,
          owner: ownerOf(parts.network, outcome, isMonitored ? monitored : decision.step),
          // A ban gets its id only when it is stored; it is one ban before and after.
          ruleId:
            reason === "banned" ? 0 : ruleIdOf(facts, isMonitored ? monitored : decision.step),
          describe: () => describeDecision(parts.network, query, outcome),
        });
  return {
    verdict: decision.verdict,
    status: decision.status,
    reason: decision.reason,
    decisionId,
    retryAfterSeconds: decision.retryAfterSeconds,
    account: place.account,
    stored: applyChange(parts, settled, decisionId),
  };
}

/** Whose rule it was: `platform` or the account's id. */
function ownerOf(network: Network, outcome: RequestOutcome, step: number): string {
  if (step === -1 || NETWORK_STEPS[step]!.layer === "platform") return "platform";
  const layer = network.state.accounts.get(outcome.place.account ?? "");
  return layer?.owner ?? "platform";
}

function applyChange(parts: GateParts, settled: Settled, decisionId: string): Promise<void> | null {
  const { outcome, nowMs, address } = settled;
  const { change } = outcome.network;
  if (change === null) return null;
  if (change.kind === "alarm") {
    parts.onAlarm(address, change.cause);
    return null;
  }
  const { state, bans } = parts.network;
  const account = outcome.place.account === null ? null : state.accounts.get(outcome.place.account);
  const layer = change.layer === "account" && account != null ? account : state.platform;
  const { surface } = outcome.place;
  return bans.ban({ change, address, surface, layer, decisionId, nowMs });
}

function refuseUnavailable(parts: GateParts, query: GateQuery): GateAnswer {
  const nowMs = parts.clock.nowMs();
  try {
    return {
      ...refuseUnread(parts, query, { nowMs, reason: "facts-unavailable", status: 503 }),
      retryAfterSeconds: UNAVAILABLE_RETRY_SECONDS,
    };
  } catch (error) {
    parts.onError(error);
    return {
      verdict: "refuse",
      status: 503,
      reason: "facts-unavailable",
      decisionId: "",
      retryAfterSeconds: UNAVAILABLE_RETRY_SECONDS,
      account: null,
      stored: null,
    };
  }
}

/** Refused before any rule could be asked: the address or the request could not be read. */
function refuseUnread(
  parts: GateParts,
  query: GateQuery,
  refusal: { readonly nowMs: number; readonly reason: RequestReason; readonly status: number },
): GateAnswer {
  const { nowMs, reason, status } = refusal;
  const client = query.client.ok ? query.client.address : null;
  const common = { atMs: nowMs, client, account: null, verdict: "refuse", reason } as const;
  parts.journal.countTraffic({ ...common, surface: "portal", country: "unknown" });
  const decisionId = parts.journal.recordDecision({
    ...common,
    surface: null,
    country: null,
    status,
    owner: "platform",
    ruleId: 0,
    describe: () => ({
      address: client === null ? null : formatAddress(client),
      steps: [
        {
          step: reason,
          layer: "request",
          result: "matched",
          detail: { why: whyUnread(query) },
        },
      ],
      detail: {},
    }),
  });
  return {
    verdict: "refuse",
    status,
    reason,
    decisionId,
    retryAfterSeconds: 0,
    account: null,
    stored: null,
  };
}

function whyUnread(query: GateQuery): string {
  if (!query.client.ok) return query.client.detail;
  return query.request.ok ? "internal-error" : query.request.detail;
}
