// The whole chain for one request: who asks, for what, and what the network rules say to it.

import { decideNetwork } from "../network/decide-network.ts";
import { gatherFacts } from "../network/gather-facts.ts";
import type { Counting, GatherContext, Play } from "../network/gather-facts.ts";
import type { NetworkFacts } from "../network/network-facts.ts";
import type { NetworkOutcome } from "../network/network-outcome.ts";
import type { NetworkState } from "../network/network-state.ts";
import type { NetworkReason } from "../network/network-steps.ts";
import type { Address } from "../network/address.ts";
import type { Place } from "../network/surface-routes.ts";
import type { IdentityReason } from "./decide-identity.ts";
import type { RecordingRule } from "../recordings/decide-recording.ts";

/** What the network rules and the doors before them give. */
export type AddressReason =
  | NetworkReason
  /** The client's address could not be read from what the trusted proxy sent. */
  | "client-address-unresolvable"
  /** The proxy's description of the request is missing, doubled or malformed. */
  | "request-malformed"
  /** What the rules need is not loaded, or failed: closed. */
  | "facts-unavailable";

/** The closed list of reasons a request is decided for. */
export type RequestReason =
  | AddressReason
  | Exclude<IdentityReason, "session-not-asked" | "session-open">
  | Exclude<RecordingRule, "access-unrestricted">;

export type GateRequest = {
  readonly address: Address;
  /** Every place the readings of the path lead to; never empty. */
  readonly places: readonly Place[];
  readonly play: Play | null;
  readonly countsAgainstRate: boolean;
};

export type RequestOutcome = {
  readonly network: NetworkOutcome;
  readonly facts: NetworkFacts;
  readonly place: Place;
};

/**
 * INVARIANT: where a path can be read in more than one way, every reading is decided and the
 * stricter answer wins.
 */
export function decideRequest(
  state: NetworkState,
  request: GateRequest,
  context: { readonly nowMs: number; readonly counting: Counting },
): RequestOutcome {
  const first = decideAt(state, { request, place: request.places[0]! }, context);
  if (request.places.length === 1 || first.network.verdict === "refuse") return first;
  const earlier = [first.facts];
  for (const place of request.places.slice(1)) {
    const other = decideAt(state, { request, place }, { ...context, earlier });
    if (other.network.verdict === "refuse") return other;
    earlier.push(other.facts);
  }
  return first;
}

function decideAt(
  state: NetworkState,
  at: { readonly request: GateRequest; readonly place: Place },
  context: GatherContext,
): RequestOutcome {
  const { request, place } = at;
  const account = place.account === null ? null : (state.accounts.get(place.account) ?? null);
  const facts = gatherFacts(
    state,
    {
      address: request.address,
      surface: place.surface,
      account,
      play: request.play,
      countsAgainstRate: request.countsAgainstRate,
    },
    context,
  );
  const network = decideNetwork(facts, state.policy, {
    account: account === null ? null : account.compiled,
    nowMs: context.nowMs,
  });
  return { network, facts, place };
}
