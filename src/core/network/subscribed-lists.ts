// The deny lists that others keep and this platform subscribes to, as decisions look at them.

import type { Step } from "../decision.ts";
import type { Address } from "./address.ts";
import { createAddressSet, entryCount, findCovering } from "./address-set.ts";
import type { AddressSet } from "./address-set.ts";
import type { NetworkFacts } from "./network-facts.ts";
import type { Mode } from "./network-policy.ts";
import type { NetworkState } from "./network-state.ts";
import { isPrivateAddress } from "./private-addresses.ts";

/** All lists of one mode are one set, whose entries have the subscription's id. */
export type SubscribedLists = {
  readonly enforced: AddressSet;
  readonly monitored: AddressSet;
  /** By id, also those that are off. */
  readonly names: ReadonlyMap<number, string>;
};

export function nothingSubscribed(): SubscribedLists {
  return { enforced: createAddressSet(), monitored: createAddressSet(), names: new Map() };
}

/**
 * Writes into the facts which subscription covers the address, an enforced one first, and in which
 * mode. The mode of the platform's address lists is the most that a subscription's can be: allow
 * entries and subscribed lists are switched off together, never one without the other.
 * INVARIANT: lists of others cannot know this network. Private addresses, loopback, trusted
 * proxies and the nodes themselves are on none of them, whatever the lists say; published lists
 * of bogus ranges hold 10.0.0.0/8 and 127.0.0.0/8.
 */
export function findSubscribed(
  facts: NetworkFacts,
  state: NetworkState,
  at: { readonly address: Address; readonly nowMs: number },
): void {
  const most = state.platform.compiled.listsMode;
  const { enforced, monitored } = state.subscribed;
  if (most === "off" || (isEmpty(enforced) && isEmpty(monitored))) return;
  const { address, nowMs } = at;
  facts.subscribedMode = isEmpty(enforced) ? "monitor" : most;
  let mode: Mode = most;
  let id = findCovering(enforced, address, nowMs);
  if (id === 0) {
    mode = "monitor";
    id = findCovering(monitored, address, nowMs);
  }
  if (id === 0 || isPrivateAddress(address) || state.isProtected(address)) return;
  facts.subscriptionId = id;
  facts.subscribedMode = mode;
}

/** The step with the name of the list it found; null where it found none. */
export function nameSubscription(step: Step, { names }: SubscribedLists): Step | null {
  const id = step.detail?.["subscriptionId"];
  if (typeof id !== "number") return null;
  return { ...step, detail: { ...step.detail, subscription: names.get(id) ?? null } };
}

function isEmpty(set: AddressSet): boolean {
  return entryCount(set) === 0;
}
