// Everything the network rules are decided from, in memory: one value, changed only by deltas.

import type { Address } from "./address.ts";
import { createAddressSet } from "./address-set.ts";
import type { AddressSet } from "./address-set.ts";
import { createBanTable, findBan } from "./ban-table.ts";
import type { BanTable } from "./ban-table.ts";
import { compileLayer, compilePolicy } from "./compiled-policy.ts";
import type { CompiledLayer, CompiledPolicy } from "./compiled-policy.ts";
import { emptyCountryTable } from "./country-table.ts";
import type { CountryTable } from "./country-table.ts";
import { HARD_LIMIT, PLATFORM_POLICY_DEFAULT } from "./network-policy.ts";
import type { AccountPolicy, PlatformPolicy } from "./network-policy.ts";
import { maskForCounting } from "./counting-address.ts";
import type { RepeatOffenders } from "./repeat-offenders.ts";
import { RULE, surfaceScope } from "./counting-scopes.ts";
import { createSeenTable } from "./seen-table.ts";
import type { SeenTable } from "./seen-table.ts";
import { nothingSubscribed } from "./subscribed-lists.ts";
import type { SubscribedLists } from "./subscribed-lists.ts";
import { createSlidingWindow, defineRule } from "./sliding-window.ts";
import type { SlidingWindow } from "./sliding-window.ts";

export type LayerState = {
  /** 0 for the platform, 1 and up for accounts; part of the keys of counters and bans. */
  readonly number: number;
  readonly owner: string;
  compiled: CompiledLayer;
  allow: AddressSet;
  deny: AddressSet;
};

export type NetworkState = {
  policy: CompiledPolicy;
  readonly platform: LayerState;
  /** Of the platform only. INVARIANT: replaced as a whole, never changed. */
  subscribed: SubscribedLists;
  /** By account code. */
  readonly accounts: Map<string, LayerState>;
  /** The highest that a layer ever had. */
  lastLayerNumber: number;
  readonly bans: BanTable;
  /** Prefix lengths that IPv6 bans were made with; more than one after the setting was changed. */
  readonly ipv6BanPrefixes: number[];
  readonly counters: SlidingWindow;
  /** Recordings and wrong passwords already counted once. */
  readonly seen: SeenTable;
  countries: CountryTable;
  /** Loopback, trusted proxies, the nodes themselves: never banned. */
  readonly isProtected: (address: Address) => boolean;
  /** When addresses were banned within the last 30 days. */
  readonly repeats: RepeatOffenders;
};

/** @param seed keeps strangers from choosing addresses that collide in the tables */
export function createNetworkState(options: {
  readonly seed: number;
  readonly keysMax?: number;
  readonly isProtected: (address: Address) => boolean;
}): NetworkState {
  const policy = compilePolicy(PLATFORM_POLICY_DEFAULT);
  const keysMax = options.keysMax ?? 2 ** 21;
  const state: NetworkState = {
    policy,
    platform: createLayer("platform", 0, policy.platform),
    subscribed: nothingSubscribed(),
    accounts: new Map(),
    lastLayerNumber: 0,
    bans: createBanTable({ seed: options.seed }),
    ipv6BanPrefixes: [],
    counters: createSlidingWindow({ seed: options.seed, keysMax }),
    seen: createSeenTable({ seed: options.seed }),
    countries: emptyCountryTable(),
    isProtected: options.isProtected,
    repeats: new Map(),
  };
  setPlatformPolicy(state, PLATFORM_POLICY_DEFAULT);
  return state;
}

function createLayer(owner: string, number: number, compiled: CompiledLayer): LayerState {
  return { number, owner, compiled, allow: createAddressSet(), deny: createAddressSet() };
}

/** Holds from the next request; what was counted stays counted. */
export function setPlatformPolicy(state: NetworkState, policy: PlatformPolicy): void {
  state.policy = compilePolicy(policy);
  state.platform.compiled = state.policy.platform;
  defineLimits(state, state.platform);
}

/** Tells the counters what a layer's compiled rules allow. */
export function defineLimits(state: NetworkState, layer: LayerState): void {
  if (layer.number === 0) definePlatformLimits(state);
  defineRateRules(state, layer);
}

function definePlatformLimits(state: NetworkState): void {
  noteBanPrefix(state, state.policy.ban.ipv6PrefixLength);
  const { failedAuthentication, webchatRequests } = state.policy;
  defineRule(state.counters, RULE.hardLimit, {
    limitMax: HARD_LIMIT.requestsMax,
    windowMs: HARD_LIMIT.windowSeconds * 1000,
  });
  defineRule(state.counters, RULE.failedAuthentication, {
    limitMax: failedAuthentication.offencesMax,
    windowMs: failedAuthentication.windowSeconds * 1000,
  });
  defineRule(state.counters, RULE.webchatRequests, {
    limitMax: webchatRequests.requestsMax,
    windowMs: webchatRequests.windowSeconds * 1000,
  });
}

export function setAccountPolicy(
  state: NetworkState,
  account: { readonly id: string; readonly code: string },
  policy: AccountPolicy,
): void {
  const compiled = compileLayer(policy);
  const known = state.accounts.get(account.code);
  const layer = known ?? createLayer(account.id, nextLayerNumber(state), compiled);
  layer.compiled = compiled;
  state.accounts.set(account.code, layer);
  defineLimits(state, layer);
}

/**
 * Whoever takes the code again gets a layer of another number.
 * INVARIANT: no number is given twice, or counts and bans of the old account would hold for it.
 */
export function removeAccountPolicy(state: NetworkState, code: string): void {
  state.accounts.delete(code);
}

function nextLayerNumber(state: NetworkState): number {
  state.lastLayerNumber += 1;
  return state.lastLayerNumber;
}

function defineRateRules(state: NetworkState, layer: LayerState): void {
  layer.compiled.rateLimits.forEach((limit, surface) => {
    if (limit === null) return;
    defineRule(state.counters, surfaceScope(layer.number, surface), {
      limitMax: limit.requestMaxCount,
      windowMs: limit.requestMaxSeconds * 1000,
    });
  });
}

/** Bans outlive a change of the prefix setting, so each one in use is looked up. */
export function noteBanPrefix(state: NetworkState, prefixLength: number): void {
  if (!state.ipv6BanPrefixes.includes(prefixLength)) state.ipv6BanPrefixes.push(prefixLength);
}

/** The ban in force for a client at a scope: its id or 0; its end is in `bans.foundEndsAtMs`. */
export function findClientBan(
  state: NetworkState,
  scope: number,
  client: { readonly address: Address; readonly nowMs: number },
): number {
  const { address, nowMs } = client;
  if (address.family === 4) return findBan(state.bans, scope, address, nowMs);
  for (const prefixLength of state.ipv6BanPrefixes) {
    const id = findBan(state.bans, scope, maskForCounting(address, prefixLength), nowMs);
    if (id !== 0) return id;
  }
  return 0;
}

/** The address or prefix that is counted and banned for a client. */
export function countingAddress(state: NetworkState, address: Address): Address {
  return maskForCounting(address, state.policy.ban.ipv6PrefixLength);
}
