// Which addresses are believed as proxies, and which are never banned.

import { networkInterfaces } from "node:os";
import { parseAddress } from "../core/network/address.ts";
import type { Address } from "../core/network/address.ts";
import { parseRule } from "../core/network/address-rule.ts";
import type { AddressRange } from "../core/network/address-range.ts";
import type { AddressSet } from "../core/network/address-set.ts";
import { createTrustedSet, isTrustedPeer } from "../core/network/trusted-set.ts";

export type KnownAddresses = {
  readonly isTrustedProxy: (address: Address) => boolean;
  /** Loopback, trusted proxies, and the addresses of this machine. */
  readonly isProtected: (address: Address) => boolean;
  /** The same as a value, for another thread. */
  readonly protectedSet: AddressSet;
};

const LOOPBACK = ["127.0.0.0/8", "::1"];

/** What is wrong with one item of TRUSTED_PROXIES and what is accepted, or null. */
export function checkTrustedProxy(text: string): string | null {
  const rule = parseRule(text);
  if (rule.ok) return null;
  return rule.suggest === null ? rule.reason : `${rule.reason}; write ${rule.suggest}`;
}

/** INVARIANT: `trustedProxies` has passed `checkTrustedProxy`. */
export function knowAddresses(trustedProxies: readonly string[]): KnownAddresses {
  const proxies = createTrustedSet(trustedProxies.map(rangeOf));
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => parseAddress(address.split("%", 1)[0]!))
    .filter((address) => address !== null)
    .map((address) => ({ family: address.family, start: address, end: address }));
  const kept = createTrustedSet([...LOOPBACK, ...trustedProxies].map(rangeOf).concat(own));
  return {
    isTrustedProxy: (address) => isTrustedPeer(proxies, address),
    isProtected: (address) => isTrustedPeer(kept, address),
    protectedSet: kept,
  };
}

function rangeOf(text: string): AddressRange {
  const rule = parseRule(text);
  if (!rule.ok) throw new Error(`not an address or range: ${text}`);
  return rule.range;
}
