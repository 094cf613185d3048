// Decides live requests: asks the core, does what must change, and records what came of it.

import type { Address } from "../../core/network/address.ts";
import { ownPlaceOf } from "../../core/gate/own-place.ts";
import { decideRequest } from "../../core/gate/decide-request.ts";
import { DEFAULT_PLACE, findPlaces } from "../../core/network/surface-routes.ts";
import type { Place } from "../../core/network/surface-routes.ts";
import { SURFACES } from "../../core/network/surface.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Journal } from "../journal/index.ts";
import type { Network } from "../network/index.ts";
import type { Client } from "./client-of-request.ts";
import type { DescribedRequest } from "./described-request.ts";
import type { GateAnswer } from "./gate-answer.ts";
import { createIdentityAsker } from "./identity-at-gate.ts";
import type { GateSessions, IdentityQuestion } from "./identity-at-gate.ts";
import { playOf } from "./play-of-request.ts";
import { refuseUnavailable, refuseUnread } from "./refuse-unread.ts";
import { settleDecision } from "./settle-decision.ts";
import type { Settled } from "./settle-decision.ts";

export type GateQuery = {
  readonly client: Client;
  readonly request: DescribedRequest;
  readonly userAgent: string | null;
  /** Asked of Postern itself: its own pages have surfaces of their own. */
  readonly isOwn?: boolean;
};

export type Gate = {
  /** By the network rules alone. */
  decide(query: GateQuery): GateAnswer;
  /** Besides by who is signed in; a promise only where the store has to be asked for that. */
  decideSignedIn(query: GateQuery, question: IdentityQuestion): GateAnswer | Promise<GateAnswer>;
  /** Decisions since the start, for the metrics, by verdict and reason. */
  counts(): Readonly<Record<GateAnswer["verdict"], ReadonlyMap<string, number>>>;
};

export type GateParts = {
  readonly network: Network;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly sessions: GateSessions;
  readonly onAlarm: (address: Address, cause: string) => void;
  readonly onError: (error: unknown) => void;
};

const AUDIO = SURFACES.indexOf("audio");

export function createGate(parts: GateParts): Gate {
  // By verdict, then reason: a text of both would be made anew for each request.
  const counts = { pass: new Map<string, number>(), refuse: new Map<string, number>() };
  const identity = createIdentityAsker(parts.sessions);

  function count(answer: GateAnswer): GateAnswer {
    const { verdict, reason } = answer;
    counts[verdict].set(reason, (counts[verdict].get(reason) ?? 0) + 1);
    return answer;
  }

  function closed(query: GateQuery, error: unknown): GateAnswer {
    // INVARIANT: whatever fails, the gate is closed and no rule is skipped.
    parts.onError(error);
    return refuseUnavailable(parts, query);
  }

  function decide(query: GateQuery): GateAnswer {
    let answer: GateAnswer;
    try {
      const judged = judgeNetwork(parts, query);
      answer = judged.kind === "unread" ? judged.answer : settleDecision(parts, query, judged);
    } catch (error) {
      answer = closed(query, error);
    }
    return count(answer);
  }

  function answerSignedIn(
    query: GateQuery,
    question: IdentityQuestion,
  ): GateAnswer | Promise<GateAnswer> {
    const judged = judgeNetwork(parts, query);
    if (judged.kind === "unread") return judged.answer;
    if (judged.outcome.network.verdict === "refuse") return settleDecision(parts, query, judged);
    const known = identity.askNow(question, judged);
    if (known !== null) return settleDecision(parts, query, { ...judged, identity: known });
    return identity
      .ask(question, judged)
      .then((asked) => settleDecision(parts, query, { ...judged, identity: asked }));
  }

  function decideSignedIn(
    query: GateQuery,
    question: IdentityQuestion,
  ): GateAnswer | Promise<GateAnswer> {
    try {
      const answer = answerSignedIn(query, question);
      if (!(answer instanceof Promise)) return count(answer);
      return answer.catch((error: unknown) => closed(query, error)).then(count);
    } catch (error) {
      return count(closed(query, error));
    }
  }

  return { decide, decideSignedIn, counts: () => counts };
}

type Judged =
  | { readonly kind: "unread"; readonly answer: GateAnswer }
  | (Settled & { readonly kind: "judged"; readonly places: readonly Place[] });

function judgeNetwork(parts: GateParts, query: GateQuery): Judged {
  const { network, clock } = parts;
  const { client, request } = query;
  const nowMs = clock.nowMs();
  if (!client.ok) {
    const reason = "client-address-unresolvable";
    const answer = refuseUnread(parts, query, { nowMs, reason, status: 403 });
    return { kind: "unread", answer };
  }
  const places = placesOf(network, query);
  const isAudio = request.ok && places.some((place) => place.surface === AUDIO);
  const play = isAudio ? playOf(request, query.userAgent) : NOT_A_PLAY;
  const outcome = decideRequest(
    network.state,
    { address: client.address, places, play: play.play, countsAgainstRate: play.counts },
    { nowMs, counting: "raise" },
  );
  // A malformed request has been counted like any other; it passes under no rule.
  if (!request.ok && outcome.network.verdict === "pass") {
    const status = request.detail === REQUIREMENT_UNKNOWN ? 403 : 400;
    const answer = refuseUnread(parts, query, { nowMs, reason: "request-malformed", status });
    return { kind: "unread", answer };
  }
  return { kind: "judged", outcome, nowMs, address: client.address, places, identity: null };
}

function placesOf(network: Network, { request, isOwn = false }: GateQuery): readonly Place[] {
  if (!request.ok) return [DEFAULT_PLACE];
  const places = findPlaces(network.routes(), request.host, request.readings);
  if (!isOwn) return places;
  const own = request.readings.map(ownPlaceOf).filter((place) => place !== null);
  return own.length === 0 ? places : own;
}

/** The address of the door asks for a session or role that there is not. */
export const REQUIREMENT_UNKNOWN = "requirement-unknown";

const NOT_A_PLAY = { play: null, counts: true } as const;
