// The address that is counted for a client: itself for IPv4, its prefix for IPv6.

import { maskAddress } from "./address.ts";
import type { Address } from "./address.ts";

/**
 * One IPv6 subscriber holds at least a /64 and can change address with every request, so counters
 * and automatic bans take the prefix. Lists stay exact.
 */
export function maskForCounting(address: Address, ipv6PrefixLength: number): Address {
  return address.family === 4 ? address : maskAddress(address, ipv6PrefixLength);
}
