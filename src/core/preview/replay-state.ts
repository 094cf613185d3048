// A state that lives through recorded visits again: the rules as they are, counters of its own.

import type { Address } from "../network/address.ts";
import { createBanTable, removeBan } from "../network/ban-table.ts";
import { EVERYWHERE, RULE, surfaceScope } from "../network/counting-scopes.ts";
import { countingAddress, defineLimits, noteBanPrefix } from "../network/network-state.ts";
import type { LayerState, NetworkState } from "../network/network-state.ts";
import { createSeenTable } from "../network/seen-table.ts";
import { clearCount, createSlidingWindow } from "../network/sliding-window.ts";

/** Of one network at a time: more would be many addresses of one IPv6 network. */
const KEYS_MAX = 2 ** 16;

/** Lists, countries and rules are shared with `state`; what requests change is not. */
export function createReplayState(state: NetworkState, seed: number): NetworkState {
  const own: NetworkState = {
    ...state,
    bans: createBanTable({ seed }),
    ipv6BanPrefixes: [...state.ipv6BanPrefixes],
    counters: createSlidingWindow({ seed, keysMax: KEYS_MAX }),
    seen: createSeenTable({ seed, keysMax: KEYS_MAX }),
    repeats: new Map(),
  };
  for (const layer of [own.platform, ...own.accounts.values()]) defineLimits(own, layer);
  noteBanPrefix(own, own.policy.ban.ipv6PrefixLength);
  return own;
}

/** What requests of one visitor for one surface may have counted and banned. */
export type UsedPlace = {
  readonly address: Address;
  /** Index into SURFACES. */
  readonly surface: number;
  readonly account: LayerState | null;
};

/** INVARIANT: forgets all that `raise` and `holdBan` leave of such requests. */
export function forgetRequests(state: NetworkState, used: UsedPlace): void {
  const { counters, bans } = state;
  const counted = countingAddress(state, used.address);
  const ofPlatform = surfaceScope(0, used.surface);
  const own = surfaceScope(used.account?.number ?? 0, used.surface);
  clearCount(counters, RULE.hardLimit, counted);
  clearCount(counters, RULE.webchatRequests, counted);
  clearCount(counters, own, counted);
  for (const scope of [EVERYWHERE, ofPlatform, own]) removeBan(bans, scope, counted);
}

/** As new: the next network begins where its own visits begin, long before the last one's end. */
export function turnBack({ counters, repeats }: NetworkState): void {
  counters.clock.lastMs = 0;
  counters.clock.offsetMs = 0;
  if (repeats.size > 0) repeats.clear();
}
