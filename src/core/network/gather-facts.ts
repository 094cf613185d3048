// Looks up in the network state what the rules need to know of one request, and counts it.

import { SURFACES } from "./surface.ts";
import { findCovering } from "./address-set.ts";
import type { Address } from "./address.ts";
import type { CompiledLayer } from "./compiled-policy.ts";
import { emptyNetworkFacts } from "./network-facts.ts";
import type { NetworkFacts } from "./network-facts.ts";
import { HARD_LIMIT } from "./network-policy.ts";
import { countingAddress, findClientBan } from "./network-state.ts";
import type { LayerState, NetworkState } from "./network-state.ts";
import { locate } from "./private-addresses.ts";
import { countRepeats } from "./repeat-offenders.ts";
import { EVERYWHERE, RULE, surfaceScope } from "./counting-scopes.ts";
import { isSeen, markSeen } from "./seen-table.ts";
import { findSubscribed } from "./subscribed-lists.ts";
import { peekCount, raiseCount, remainingMs } from "./sliding-window.ts";

const WEBCHAT = SURFACES.indexOf("webchat");
const AUDIO = SURFACES.indexOf("audio");

/** Which recording a request plays, as a 64-bit fingerprint in two words. */
export type Play = { readonly high: number; readonly low: number };

export type NetworkRequest = {
  readonly address: Address;
  /** Index into SURFACES. */
  readonly surface: number;
  readonly account: LayerState | null;
  /** Set on `audio`: requests that continue a recording already counted do not count again. */
  readonly play: Play | null;
  /** False for HEAD and link previews on `audio`; the hard limit counts them all the same. */
  readonly countsAgainstRate: boolean;
};

/** `raise` counts the request; `peek` answers as if it were counted, and changes nothing. */
export type Counting = "raise" | "peek";

export type GatherContext = {
  readonly nowMs: number;
  readonly counting: Counting;
  /** Facts gathered for other readings of the same request: it counts once all the same. */
  readonly earlier?: readonly NetworkFacts[];
};

type Counter = {
  readonly state: NetworkState;
  /** The IPv4 address or IPv6 prefix that is counted. */
  readonly counted: Address;
  readonly nowMs: number;
  readonly counting: Counting;
  readonly earlier: readonly NetworkFacts[];
};

const NONE_EARLIER: readonly NetworkFacts[] = [];

/**
 * INVARIANT: a request that a layer denies or has banned raises none of that layer's counters, so
 * traffic during a ban neither extends it nor starts the next one the moment it ends. The hard
 * limit is the platform's: requests that only the account refuses count against it.
 */
export function gatherFacts(
  state: NetworkState,
  request: NetworkRequest,
  context: GatherContext,
): NetworkFacts {
  const { nowMs, counting, earlier = NONE_EARLIER } = context;
  const { platform, policy } = state;
  const counted = countingAddress(state, request.address);
  const counter: Counter = { state, counted, nowMs, counting, earlier };
  const facts = emptyNetworkFacts();
  facts.surface = request.surface;
  facts.country = locate(state.countries, request.address);

  facts.allowEntryId = findListed(platform, "allow", request.address, nowMs);
  if (facts.allowEntryId !== 0) {
    if (!policy.hardLimit.exemptAllowEntries) countHard(facts, counter);
    return facts;
  }
  facts.denyEntryId = findListed(platform, "deny", request.address, nowMs);
  findSubscribed(facts, state, { address: request.address, nowMs });
  findPlatformBan(facts, state, { address: request.address, nowMs });
  if (facts.banId !== 0 || isDeniedByPlatform(facts, platform.compiled)) return facts;

  countHard(facts, counter);
  if (request.surface === WEBCHAT && policy.webchatRequests.mode !== "off") {
    countWebchat(facts, counter);
  }
  if (request.account !== null) gatherAccountFacts(facts, request, counter);
  else {
    facts.rateCount = countRate(counter, platform, request);
    facts.rateWaitMs = rateWaitMs(counter, platform, { request, count: facts.rateCount });
  }
  if (isOverAny(facts, policy.webchatRequests.requestsMax)) {
    facts.isProtected = state.isProtected(request.address);
    facts.repeats = countRepeats(state.repeats, counted, nowMs);
  }
  return facts;
}

function gatherAccountFacts(facts: NetworkFacts, request: NetworkRequest, counter: Counter): void {
  const account = request.account!;
  const { state, nowMs } = counter;
  facts.hasAccount = true;
  facts.accountAllowEntryId = findListed(account, "allow", request.address, nowMs);
  if (facts.accountAllowEntryId !== 0) return;
  facts.accountDenyEntryId = findListed(account, "deny", request.address, nowMs);
  const scope = surfaceScope(account.number, request.surface);
  facts.accountBanId = findClientBan(state, scope, { address: request.address, nowMs });
  if (facts.accountBanId !== 0) facts.accountBanEndsAtMs = state.bans.foundEndsAtMs;
  if (facts.accountBanId !== 0 || isDenied(facts.accountDenyEntryId, account.compiled)) return;
  facts.accountRateCount = countRate(counter, account, request);
  facts.accountRateWaitMs = rateWaitMs(counter, account, {
    request,
    count: facts.accountRateCount,
  });
}

function findListed(
  layer: LayerState,
  action: "allow" | "deny",
  address: Address,
  nowMs: number,
): number {
  return layer.compiled.listsMode === "off" ? 0 : findCovering(layer[action], address, nowMs);
}

function findPlatformBan(
  facts: NetworkFacts,
  state: NetworkState,
  client: { readonly address: Address; readonly nowMs: number },
): void {
  facts.banId = findClientBan(state, EVERYWHERE, client);
  if (facts.banId === 0) facts.banId = findClientBan(state, surfaceScope(0, facts.surface), client);
  if (facts.banId !== 0) facts.banEndsAtMs = state.bans.foundEndsAtMs;
}

function isDeniedByPlatform(facts: NetworkFacts, platform: CompiledLayer): boolean {
  if (facts.subscriptionId !== 0 && facts.subscribedMode === "enforce") return true;
  return isDenied(facts.denyEntryId, platform);
}

/** Monitored entries refuse nobody, so the request goes on and is counted. */
function isDenied(entryId: number, layer: CompiledLayer): boolean {
  return entryId !== 0 && layer.listsMode === "enforce";
}

function countOne(counter: Counter, rule: number): number {
  const { state, counted, nowMs } = counter;
  return counter.counting === "raise"
    ? raiseCount(state.counters, rule, counted, nowMs)
    : peekCount(state.counters, rule, counted, nowMs) + 1;
}

function countHard(facts: NetworkFacts, counter: Counter): void {
  const before = counter.earlier.find(hasHardCount);
  facts.hardCount = before?.hardCount ?? countOne(counter, RULE.hardLimit);
  if (facts.hardCount <= HARD_LIMIT.requestsMax) return;
  const { state, counted, nowMs } = counter;
  facts.hardWaitMs = remainingMs(state.counters, RULE.hardLimit, counted, nowMs);
}

function countWebchat(facts: NetworkFacts, counter: Counter): void {
  const before = counter.earlier.find(hasWebchatCount);
  facts.webchatCount = before?.webchatCount ?? countOne(counter, RULE.webchatRequests);
  const { state, counted, nowMs } = counter;
  if (facts.webchatCount <= state.policy.webchatRequests.requestsMax) return;
  facts.webchatWaitMs = remainingMs(state.counters, RULE.webchatRequests, counted, nowMs);
}

function hasHardCount(facts: NetworkFacts): boolean {
  return facts.hardCount !== 0;
}

function hasWebchatCount(facts: NetworkFacts): boolean {
  return facts.webchatCount !== 0;
}

/** 0 when the surface has no limit here or the request does not count against it. */
function countRate(counter: Counter, layer: LayerState, request: NetworkRequest): number {
  const limit = layer.compiled.rateLimits[request.surface];
  if (limit === null || limit === undefined) return 0;
  const scope = surfaceScope(layer.number, request.surface);
  if (request.surface === AUDIO && !isNewPlay(counter, request, { scope, limit })) return 0;
  return countOne(counter, scope);
}

/** On `audio` plays count, not requests. */
function isNewPlay(
  counter: Counter,
  request: NetworkRequest,
  rule: { readonly scope: number; readonly limit: { readonly requestMaxSeconds: number } },
): boolean {
  if (!request.countsAgainstRate) return false;
  if (request.play === null) return true;
  const { state, counted, nowMs } = counter;
  const sighting = {
    scope: rule.scope,
    address: counted,
    fingerprintHigh: request.play.high,
    fingerprintLow: request.play.low,
    nowMs,
    windowMs: rule.limit.requestMaxSeconds * 1000,
  };
  return counter.counting === "raise"
    ? !markSeen(state.seen, sighting)
    : !isSeen(state.seen, sighting);
}

function rateWaitMs(
  counter: Counter,
  layer: LayerState,
  at: { readonly request: NetworkRequest; readonly count: number },
): number {
  const limit = layer.compiled.rateLimits[at.request.surface];
  if (limit === null || limit === undefined || at.count <= limit.requestMaxCount) return 0;
  const { state, counted, nowMs } = counter;
  const scope = surfaceScope(layer.number, at.request.surface);
  return remainingMs(state.counters, scope, counted, nowMs);
}

function isOverAny(facts: NetworkFacts, webchatMax: number): boolean {
  return (
    facts.hardCount > HARD_LIMIT.requestsMax ||
    facts.webchatCount > webchatMax ||
    facts.rateWaitMs > 0 ||
    facts.accountRateWaitMs > 0
  );
}
