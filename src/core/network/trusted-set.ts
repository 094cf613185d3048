// Which peers are believed when they say who the visitor is: the configured trusted proxies.

import type { Address } from "./address.ts";
import type { AddressRange } from "./address-range.ts";
import type { AddressSet } from "./address-set.ts";
import { addEntry, createAddressSet, findCovering } from "./address-set.ts";

/** In any order; the list is short and fixed while the process runs. */
export function createTrustedSet(ranges: readonly AddressRange[]): AddressSet {
  const set = createAddressSet();
  ranges.forEach((range, i) => addEntry(set, { range, id: i + 1, expiresAtMs: null }));
  return set;
}

export function isTrustedPeer(set: AddressSet, address: Address): boolean {
  return findCovering(set, address, 0) !== 0;
}
