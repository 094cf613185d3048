// Tells whether an allow entry wins over some of what a deny entry takes in.

import type { PolicyOwner } from "../../core/accounts/account.ts";
import type { AddressRange } from "../../core/network/address-range.ts";
import { hasOverlap } from "../../core/network/entry-overlap.ts";
import { findLayer } from "./apply-delta.ts";
import type { Network } from "./create-network.ts";

/** The platform's allow entries exempt from an account's rules too. */
export function isOverruledByAllow(
  network: Network,
  owner: PolicyOwner,
  range: AddressRange,
): boolean {
  const nowMs = network.clock.nowMs();
  const layers = [network.state.platform, findLayer(network.state, owner)];
  return layers.some((layer) => layer !== null && hasOverlap(layer.allow, range, nowMs));
}
