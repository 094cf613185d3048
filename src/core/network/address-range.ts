// A first–last range of addresses of one family: its canonical text, its keys in SQL, its width.
import type { Address } from "./address.ts";
import { compareAddresses, formatAddress } from "./address.ts";

/** Every address from `start` to `end`, both included. INVARIANT: one family, start <= end. */
export type AddressRange = {
  readonly family: 4 | 6;
  readonly start: Address;
  readonly end: Address;
};

/** Fixed-width lower-case hex, so that text order in SQL is address order within a family. */
export type RangeKeys = { readonly start: string; readonly end: string };

/**
 * Canonical text: the address alone, CIDR when the range is exactly a block, else `first-last`.
 * INVARIANT: two ranges have the same text exactly when they hold the same addresses.
 */
export function formatRange(range: AddressRange): string {
  const prefixLength = prefixLengthOf(range);
  const start = formatAddress(range.start);
  if (prefixLength === null) return `${start}-${formatAddress(range.end)}`;
  return prefixLength === addressBits(range.family) ? start : `${start}/${prefixLength}`;
}

/** The prefix length when the range is exactly one CIDR block, else null. Allocates nothing. */
export function prefixLengthOf(range: AddressRange): number | null {
  const { start, end } = range;
  if (range.family === 4) {
    const only = wordPrefix(start.w3, end.w3);
    return only < 0 ? null : only;
  }
  const p0 = wordPrefix(start.w0, end.w0);
  const p1 = wordPrefix(start.w1, end.w1);
  const p2 = wordPrefix(start.w2, end.w2);
  const p3 = wordPrefix(start.w3, end.w3);
  if (p0 < 0 || p1 < 0 || p2 < 0 || p3 < 0) return null;
  // Full words, then one that is cut, then none: anything else has a hole in its mask.
  const isBlock = (p0 === 32 || p1 === 0) && (p1 === 32 || p2 === 0) && (p2 === 32 || p3 === 0);
  return isBlock ? p0 + p1 + p2 + p3 : null;
}

export function addressBits(family: 4 | 6): 32 | 128 {
  return family === 4 ? 32 : 128;
}

/** Whether the range holds the address. Never across families. */
export function rangeCovers(range: AddressRange, address: Address): boolean {
  return (
    range.family === address.family &&
    compareAddresses(range.start, address) <= 0 &&
    compareAddresses(range.end, address) >= 0
  );
}

/** 8 hex digits for IPv4, 32 for IPv6. */
export function rangeKeys(range: AddressRange): RangeKeys {
  return { start: addressKey(range.start), end: addressKey(range.end) };
}

/** One address as a SQL key; comparable with the keys of ranges of its family. */
export function addressKey(address: Address): string {
  if (address.family === 4) return hexWord(address.w3);
  return hexWord(address.w0) + hexWord(address.w1) + hexWord(address.w2) + hexWord(address.w3);
}

/** The range that `rangeKeys` wrote. Throws on anything else: the store is ours. */
export function rangeFromKeys(family: 4 | 6, start: string, end: string): AddressRange {
  const range = { family, start: addressFromKey(family, start), end: addressFromKey(family, end) };
  if (compareAddresses(range.start, range.end) > 0) throw new Error("range keys out of order");
  return range;
}

/** More addresses than an IPv4 /8 or an IPv6 /16: whoever saves it is asked again (SPEC 2.1). */
export function isVeryWide(range: AddressRange): boolean {
  if (range.family === 4) return range.end.w3 - range.start.w3 >= 2 ** 24;
  return toBigInt(range.end) - toBigInt(range.start) >= 1n << 112n;
}

/** Every address of the family. */
export function isWholeFamily(range: AddressRange): boolean {
  return prefixLengthOf(range) === 0;
}

/** How many leading bits a word-wide block shares (0..32), or -1 when start..end is no block. */
function wordPrefix(start: number, end: number): number {
  const differing = (start ^ end) >>> 0;
  const isBlock = (differing & (differing + 1)) === 0 && (start & differing) === 0;
  return isBlock ? Math.clz32(differing) : -1;
}

function hexWord(word: number): string {
  return word.toString(16).padStart(8, "0");
}

function addressFromKey(family: 4 | 6, key: string): Address {
  const isKey = family === 4 ? /^[0-9a-f]{8}$/ : /^[0-9a-f]{32}$/;
  if (!isKey.test(key)) throw new Error("malformed range key");
  if (family === 4) return { family, w0: 0, w1: 0, w2: 0, w3: parseInt(key, 16) };
  return {
    family,
    w0: parseInt(key.slice(0, 8), 16),
    w1: parseInt(key.slice(8, 16), 16),
    w2: parseInt(key.slice(16, 24), 16),
    w3: parseInt(key.slice(24), 16),
  };
}

function toBigInt(address: Address): bigint {
  return BigInt(`0x${addressKey(address)}`);
}
