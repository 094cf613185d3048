// The network rules as plain values that another thread can be sent, and a state made of them.

import type { AddressSet } from "../network/address-set.ts";
import { createBanTable } from "../network/ban-table.ts";
import type { NetworkState } from "../network/network-state.ts";
import { createSeenTable } from "../network/seen-table.ts";
import { createSlidingWindow } from "../network/sliding-window.ts";
import { isTrustedPeer } from "../network/trusted-set.ts";

/** Rules, lists and countries; nothing of what requests changed. */
export type StateImage = Omit<
  NetworkState,
  "bans" | "counters" | "seen" | "repeats" | "isProtected"
> & {
  /** What `isProtected` answers by. */
  readonly protectedSet: AddressSet;
};

/** Shares all arrays with the state: to be copied at once, as sending it does. */
export function imageOfState(state: NetworkState, protectedSet: AddressSet): StateImage {
  const {
    bans: _bans,
    counters: _counters,
    seen: _seen,
    repeats: _repeats,
    isProtected: _isProtected,
    ...rules
  } = state;
  return { ...rules, protectedSet };
}

/** Without any ban or count. The image must not be used for another one. */
export function stateOfImage(image: StateImage, seed: number): NetworkState {
  const { protectedSet, ...rules } = image;
  return {
    ...rules,
    bans: createBanTable({ seed }),
    counters: createSlidingWindow({ seed, keysMax: 256 }),
    seen: createSeenTable({ seed, keysMax: 256 }),
    repeats: new Map(),
    isProtected: (address) => isTrustedPeer(protectedSet, address),
  };
}
