// Decides somebody's next requests by given network rules, counting what they asked for lately.
import type { Address } from "../network/address.ts";
import { decideNetwork } from "../network/decide-network.ts";
import { gatherFacts } from "../network/gather-facts.ts";
import type { NetworkFacts } from "../network/network-facts.ts";
import type { NetworkOutcome } from "../network/network-outcome.ts";
import { HARD_LIMIT } from "../network/network-policy.ts";
import type { RateLimit } from "../network/network-policy.ts";
import type { LayerState, NetworkState } from "../network/network-state.ts";
import type { Place } from "../network/surface-routes.ts";
import { SURFACES } from "../network/surface.ts";

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

const AUDIO = SURFACES.indexOf("audio");
const MINUTE_SECONDS = 60;

/** What a visitor asked for lately, and where of it the next request's place is found. */
export type VisitRecord = { readonly recent: readonly RecentRequests[]; readonly place: Place };

export type NextRequest = {
  readonly address: Address;
  readonly place: Place;
  /** Null: only counters are looked at. */
  readonly record: VisitRecord | null;
};

export type JudgedRequest = { readonly outcome: NetworkOutcome; readonly facts: NetworkFacts };

/**
 * By what decides live requests; nothing is counted. A limit that nobody counted for until now is
 * judged by the record: whoever goes on as they did is over it.
 */
export function judgeNextRequest(
  state: NetworkState,
  { address, place, record }: NextRequest,
  nowMs: number,
): JudgedRequest {
  const account = accountAt(state, place);
  const facts = peekFacts(state, { address, place }, nowMs);
  if (record !== null) countRecent(facts, account ?? state.platform, { ...record, nowMs });
  const context = { account: account === null ? null : account.compiled, nowMs };
  return { outcome: decideNetwork(facts, state.policy, context), facts };
}

/** Which limits that refuse would count the next request. */
export type CountingLimits = { readonly isByHardLimit: boolean; readonly rate: RateLimit | null };

export function findCountingLimits(
  state: NetworkState,
  next: Omit<NextRequest, "record">,
  nowMs: number,
): CountingLimits {
  const facts = peekFacts(state, next, nowMs);
  const layer = accountAt(state, next.place) ?? state.platform;
  const rate = layer.compiled.rateLimits[next.place.surface] ?? null;
  const isCounted = facts.rateCount + facts.accountRateCount > 0;
  return {
    isByHardLimit: facts.hardCount > 0,
    rate: isCounted && rate?.mode === "enforce" && next.place.surface !== AUDIO ? rate : null,
  };
}

function accountAt(state: NetworkState, { account }: Place): LayerState | null {
  return account === null ? null : (state.accounts.get(account) ?? null);
}

function peekFacts(
  state: NetworkState,
  { address, place }: Omit<NextRequest, "record">,
  nowMs: number,
): NetworkFacts {
  const account = accountAt(state, place);
  return gatherFacts(
    state,
    { address, surface: place.surface, account, play: null, countsAgainstRate: true },
    { nowMs, counting: "peek" },
  );
}

/** Only where the request would be counted at all. */
function countRecent(
  facts: NetworkFacts,
  layer: LayerState,
  { recent, place, nowMs }: VisitRecord & { readonly nowMs: number },
): void {
  if (facts.hardCount > 0) {
    const expected = requestsWithin(HARD_LIMIT.windowSeconds, recent, nowMs) + 1;
    facts.hardCount = Math.max(facts.hardCount, expected);
  }
  const limit = layer.compiled.rateLimits[facts.surface];
  // On audio plays count, and the record has requests.
  if (limit === null || limit === undefined || facts.surface === AUDIO) return;
  const ofPlace = recent.filter(
    ({ surface, account }) => surface === place.surface && account === place.account,
  );
  const expected = requestsWithin(limit.requestMaxSeconds, ofPlace, nowMs) + 1;
  if (facts.rateCount > 0) facts.rateCount = Math.max(facts.rateCount, expected);
  if (facts.accountRateCount > 0) {
    facts.accountRateCount = Math.max(facts.accountRateCount, expected);
  }
}

/**
 * In the window that ends now, as if those of a minute came evenly: of the minute in which it
 * begins only the part inside. Of a window below a minute, by the busiest minute.
 */
function requestsWithin(
  windowSeconds: number,
  recent: readonly RecentRequests[],
  nowMs: number,
): number {
  if (windowSeconds < MINUTE_SECONDS) {
    const busiest = Math.max(0, ...recent.map(({ requests }) => requests));
    return Math.floor((busiest * windowSeconds) / MINUTE_SECONDS);
  }
  const runningSeconds = (nowMs / 1000) % MINUTE_SECONDS;
  const inside = recent.map(({ minutesAgo, requests }) => {
    if (minutesAgo === 0) return requests;
    const endedAgo = runningSeconds + (minutesAgo - 1) * MINUTE_SECONDS;
    const part = (windowSeconds - endedAgo) / MINUTE_SECONDS;
    return requests * Math.min(1, Math.max(0, part));
  });
  return Math.floor(inside.reduce((sum, requests) => sum + requests, 0));
}
