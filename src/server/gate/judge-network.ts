// Asks the network rules about one live request, and counts it.

import { decideRequest } from "../../core/gate/decide-request.ts";
import type { Counting } from "../../core/network/gather-facts.ts";
import type { Place } from "../../core/network/surface-routes.ts";
import type { GateParts, GateQuery } from "./decide-live.ts";
import type { GateAnswer } from "./gate-answer.ts";
import type { PlayOfRequest } from "./play-of-request.ts";
import { refuseUnread } from "./refuse-unread.ts";
import type { Settled } from "./settle-decision.ts";

export type NetworkQuestion = {
  /** Every place that the request may be for; never empty. */
  readonly places: readonly Place[];
  readonly play: PlayOfRequest;
  readonly counting: Counting;
};

export type Judged =
  /** Refused and recorded: the address or the request could not be read. */
  { readonly kind: "unread"; readonly answer: GateAnswer } | JudgedNetwork;

/** As it is settled where nothing else is asked. */
export type JudgedNetwork = Settled & {
  readonly kind: "judged";
  readonly places: readonly Place[];
};

/** Settles nothing of what the rules say: `settleDecision` does, once it is known what follows. */
export function judgeNetwork(
  parts: GateParts,
  query: GateQuery,
  question: NetworkQuestion,
): Judged {
  const { client, request } = query;
  const { places, play, counting } = question;
  const nowMs = parts.clock.nowMs();
  if (!client.ok) {
    const reason = "client-address-unresolvable";
    const answer = refuseUnread(parts, query, { nowMs, reason, status: 403 });
    return { kind: "unread", answer };
  }
  const outcome = decideRequest(
    parts.network.state,
    { address: client.address, places, play: play.play, countsAgainstRate: play.counts },
    { nowMs, counting },
  );
  // A malformed request has been counted like any other; it passes under no rule.
  if (!request.ok && outcome.network.verdict === "pass") {
    const status = request.detail === REQUIREMENT_UNKNOWN ? 403 : 400;
    const answer = refuseUnread(parts, query, { nowMs, reason: "request-malformed", status });
    return { kind: "unread", answer };
  }
  const { address } = client;
  return { kind: "judged", outcome, nowMs, address, places, refusal: null, identity: null };
}

/** The address of the door asks for a session or role that there is not. */
export const REQUIREMENT_UNKNOWN = "requirement-unknown";
