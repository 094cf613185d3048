// Decides somebody's next requests by given network rules, counting what they asked for lately.
import type { Address } from "../network/address.ts";
import { decideNetwork } from "../network/decide-network.ts";
import { gatherFacts } from "../network/gather-facts.ts";
import type { NetworkFacts } from "../network/network-facts.ts";
import type { NetworkOutcome } from "../network/network-outcome.ts";
import type { RateLimit } from "../network/network-policy.ts";
import type { LayerState, NetworkState } from "../network/network-state.ts";
import type { Place } from "../network/surface-routes.ts";

/** Requests of one visitor in one minute for one place. */
export type RecentRequests = {
  readonly surface: number;
  /** Code; null: no account is known. */
  readonly account: string | null;
  /** 0: the running minute. */
  readonly minutesAgo: number;
  readonly requests: number;
};

/** How far back it is known what somebody asked for. */
export const RECENT_MINUTES = 60;

export type NextRequest = {
  readonly address: Address;
  readonly place: Place;
  /** Of the place as the record has it; none: only counters are looked at. */
  readonly recent: readonly RecentRequests[];
};

export type JudgedRequest = { readonly outcome: NetworkOutcome; readonly facts: NetworkFacts };

/**
 * By what decides live requests; nothing is counted. A limit that nobody counted for until now is
 * judged by the record: whoever goes on as they did is over it.
 */
export function judgeNextRequest(
  state: NetworkState,
  { address, place, recent }: NextRequest,
  nowMs: number,
): JudgedRequest {
  const account = place.account === null ? null : (state.accounts.get(place.account) ?? null);
  const facts = gatherFacts(
    state,
    { address, surface: place.surface, account, play: null, countsAgainstRate: true },
    { nowMs, counting: "peek" },
  );
  countRecent(facts, account ?? state.platform, recent);
  const context = { account: account === null ? null : account.compiled, nowMs };
  return { outcome: decideNetwork(facts, state.policy, context), facts };
}

/** Only where the request would be counted at all. */
function countRecent(
  facts: NetworkFacts,
  layer: LayerState,
  recent: readonly RecentRequests[],
): void {
  const limit = layer.compiled.rateLimits[facts.surface];
  if (limit === null || limit === undefined) return;
  const expected = requestsWithin(limit, recent) + 1;
  if (facts.rateCount > 0) facts.rateCount = Math.max(facts.rateCount, expected);
  if (facts.accountRateCount > 0) {
    facts.accountRateCount = Math.max(facts.accountRateCount, expected);
  }
}

/** In the window that ends now; of a part of a minute, by its busiest minute. */
function requestsWithin(limit: RateLimit, recent: readonly RecentRequests[]): number {
  const minutes = limit.requestMaxSeconds / 60;
  if (minutes < 1) {
    const busiest = Math.max(0, ...recent.map(({ requests }) => requests));
    return Math.floor(busiest * minutes);
  }
  return recent
    .filter(({ minutesAgo }) => minutesAgo < minutes)
    .reduce((sum, { requests }) => sum + requests, 0);
}
