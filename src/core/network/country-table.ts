// Which country an address belongs to, as sorted range starts that are searched without allocating.
import { previousAddress } from "./address.ts";
import type { Address } from "./address.ts";
import { UNKNOWN_INDEX } from "./iso-3166.ts";

/** The /16 of either family. */
export const BUCKETS = 65_536;
/** Words of one IPv6 start. */
export const IPV6_WORDS = 4;
/** Positions in one page: one for each /24 and the end of the last. */
export const PAGE_ENTRIES = 257;
const ALL_ONES = 0xffff_ffff;

/**
 * The lookup structure; countries are location indexes (iso-3166.ts).
 * INVARIANT: starts rise strictly and the first is the lowest address of the family;
 * `...Buckets[h]` is the position of the range that holds the first address of the h-th /16.
 * A /16 of IPv6 with many ranges has a page too: the same for each of its 256 /24.
 */
export type CountryTable = {
  readonly ipv4Starts: Uint32Array;
  readonly ipv4Countries: Uint8Array;
  readonly ipv4Buckets: Uint32Array;
  readonly ipv6Starts: Uint32Array;
  readonly ipv6Countries: Uint8Array;
  readonly ipv6Buckets: Uint32Array;
  /** By /16: where its page begins in `ipv6PageBuckets` in pages of 257; 0 for no page. */
  readonly ipv6Pages: Uint16Array;
  readonly ipv6PageBuckets: Uint32Array;
};

export type CountryRange = {
  readonly country: number;
  readonly start: Address;
  readonly end: Address;
};

/** The table of no database: every address is of unknown location. */
export function emptyCountryTable(): CountryTable {
  return {
    ipv4Starts: new Uint32Array(1),
    ipv4Countries: Uint8Array.of(UNKNOWN_INDEX),
    ipv4Buckets: new Uint32Array(BUCKETS + 1),
    ipv6Starts: new Uint32Array(IPV6_WORDS),
    ipv6Countries: Uint8Array.of(UNKNOWN_INDEX),
    ipv6Buckets: new Uint32Array(BUCKETS + 1),
    ipv6Pages: new Uint16Array(BUCKETS),
    ipv6PageBuckets: new Uint32Array(PAGE_ENTRIES),
  };
}

/**
 * What the database says of an address, as a location index; unknown when it says nothing.
 * Private and other special addresses are not told apart here: decisions use `locate`.
 */
export function lookupCountry(table: CountryTable, address: Address): number {
  return address.family === 4
    ? lookupIpv4Country(table, address.w3)
    : (table.ipv6Countries[findIpv6(table, address)] as number);
}

/** The same for an IPv4 address given as one unsigned word. */
export function lookupIpv4Country(table: CountryTable, word: number): number {
  return table.ipv4Countries[findIpv4(table, word)] as number;
}

/** The country and the whole range of the database that holds the address. */
export function lookupCountryRange(table: CountryTable, address: Address): CountryRange {
  if (address.family === 4) {
    const at = findIpv4(table, address.w3);
    const next = table.ipv4Starts[at + 1] ?? 2 ** 32;
    return {
      country: table.ipv4Countries[at] as number,
      start: { family: 4, w0: 0, w1: 0, w2: 0, w3: table.ipv4Starts[at] as number },
      end: { family: 4, w0: 0, w1: 0, w2: 0, w3: next - 1 },
    };
  }
  const at = findIpv6(table, address);
  // After the last range comes the lowest address again, before which there is none.
  const end = previousAddress(ipv6At(table.ipv6Starts, at + 1));
  return {
    country: table.ipv6Countries[at] as number,
    start: ipv6At(table.ipv6Starts, at),
    end: end ?? { family: 6, w0: ALL_ONES, w1: ALL_ONES, w2: ALL_ONES, w3: ALL_ONES },
  };
}

function findIpv4(table: CountryTable, word: number): number {
  const starts = table.ipv4Starts;
  const bucket = word >>> 16;
  let low = table.ipv4Buckets[bucket] as number;
  let high = table.ipv4Buckets[bucket + 1] as number;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] as number) <= word) low = middle;
    else high = middle - 1;
  }
  return low;
}

function findIpv6(table: CountryTable, address: Address): number {
  const starts = table.ipv6Starts;
  const { w0, w1, w2, w3 } = address;
  const bucket = w0 >>> 16;
  let low = table.ipv6Buckets[bucket] as number;
  let high = table.ipv6Buckets[bucket + 1] as number;
  const page = table.ipv6Pages[bucket] as number;
  if (page !== 0) {
    const entry = page * PAGE_ENTRIES + ((w0 >>> 8) & 255);
    low = table.ipv6PageBuckets[entry] as number;
    high = table.ipv6PageBuckets[entry + 1] as number;
  }
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    const at = middle * IPV6_WORDS;
    let difference = (starts[at] as number) - w0;
    if (difference === 0) difference = (starts[at + 1] as number) - w1;
    if (difference === 0) difference = (starts[at + 2] as number) - w2;
    if (difference === 0) difference = (starts[at + 3] as number) - w3;
    if (difference <= 0) low = middle;
    else high = middle - 1;
  }
  return low;
}

function ipv6At(starts: Uint32Array, position: number): Address {
  const at = position * IPV6_WORDS;
  const [w0 = 0, w1 = 0, w2 = 0, w3 = 0] = starts.subarray(at, at + IPV6_WORDS);
  return { family: 6, w0, w1, w2, w3 };
}
