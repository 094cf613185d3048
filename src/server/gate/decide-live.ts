// Decides live requests: asks the core, does what must change, and records what came of it.

import type { Address } from "../../core/network/address.ts";
import { ownPlaceOf } from "../../core/gate/own-place.ts";
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
import type { GateSessions, IdentityOutcome, IdentityQuestion } from "./identity-at-gate.ts";
import { judgeNetwork } from "./judge-network.ts";
import type { JudgedNetwork, NetworkQuestion } from "./judge-network.ts";
import { identityRefusalOf } from "./later-refusal.ts";
import { playOf } from "./play-of-request.ts";
import { refuseUnavailable } from "./refuse-unread.ts";
import { settleDecision } from "./settle-decision.ts";

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
  /** Counts a decision that another door of ours came to. */
  readonly count: (answer: Pick<GateAnswer, "verdict" | "reason">) => void;
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

  function count<A extends Pick<GateAnswer, "verdict" | "reason">>(answer: A): A {
    const { verdict, reason } = answer;
    counts[verdict].set(reason, (counts[verdict].get(reason) ?? 0) + 1);
    return answer;
  }

  function closed(query: GateQuery, error: unknown): GateAnswer {
    // INVARIANT: whatever fails, the gate is closed and no rule is skipped.
    parts.onError(error);
    return refuseUnavailable(parts, query);
  }

  function settleSignedIn(
    query: GateQuery,
    judged: JudgedNetwork,
    asked: IdentityOutcome,
  ): GateAnswer {
    const refusal = identityRefusalOf(asked);
    return settleDecision(parts, query, { ...judged, refusal, identity: asked.identity });
  }

  function decide(query: GateQuery): GateAnswer {
    let answer: GateAnswer;
    try {
      const judged = judgeNetwork(parts, query, questionOf(parts.network, query));
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
    const judged = judgeNetwork(parts, query, questionOf(parts.network, query));
    if (judged.kind === "unread") return judged.answer;
    if (judged.outcome.network.verdict === "refuse") return settleDecision(parts, query, judged);
    const known = identity.askNow(question, judged);
    if (known !== null) return settleSignedIn(query, judged, known);
    return identity.ask(question, judged).then((asked) => settleSignedIn(query, judged, asked));
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

  return { decide, decideSignedIn, count, counts: () => counts };
}

function questionOf(network: Network, query: GateQuery): NetworkQuestion {
  // INVARIANT: nothing is decided by a change whose time to be confirmed is over.
  network.changes.unconfirmed.look();
  const { request, userAgent } = query;
  const places = placesOf(network, query);
  const isAudio = request.ok && places.some((place) => place.surface === AUDIO);
  const play = isAudio ? playOf(request, userAgent) : NOT_A_PLAY;
  return { places, play, counting: "raise" };
}

function placesOf(network: Network, { request, isOwn = false }: GateQuery): readonly Place[] {
  if (!request.ok) return [DEFAULT_PLACE];
  const places = findPlaces(network.routes(), request.host, request.readings);
  if (!isOwn) return places;
  const own = request.readings.map(ownPlaceOf).filter((place) => place !== null);
  return own.length === 0 ? places : own;
}

const NOT_A_PLAY = { play: null, counts: true } as const;
