// Builds the lookup table of countries from the ranges of a database.
import { BUCKETS, IPV6_WORDS, PAGE_ENTRIES } from "./country-table.ts";
import type { CountryTable } from "./country-table.ts";
import { isCountryCode, locationIndex, UNKNOWN_INDEX } from "./iso-3166.ts";

const PAGE_RANGES_MIN = 16;

/**
 * What a country database says, flattened: ranges that cover each family from its first address to
 * its last, given by their starts in rising order (IPv6: four words a start, high to low; real
 * databases split below /64, so all 128 bits are kept). `...Countries[i]` is a position in `codes`;
 * `codes[0]` is the empty text and means that the database has nothing there.
 * Only typed arrays and texts, so that threads can hand it over without copying.
 */
export type CountryRanges = {
  readonly ipv4Starts: Uint32Array;
  readonly ipv4Countries: Uint16Array;
  readonly ipv6Starts: Uint32Array;
  readonly ipv6Countries: Uint16Array;
  readonly codes: readonly string[];
};

/** A code of the database that is no country here, and how many ranges had it; they are unknown. */
export type UnrecognisedCode = { readonly code: string; readonly ranges: number };

/**
 * Builds the table. Keeps the arrays of starts as they are (they must not be changed afterwards).
 * Throws when the ranges do not rise or do not begin at the lowest address.
 */
export function buildCountryTable(ranges: CountryRanges): {
  readonly table: CountryTable;
  readonly unrecognised: readonly UnrecognisedCode[];
} {
  assertRising(ranges.ipv4Starts, ranges.ipv4Countries.length, 1);
  assertRising(ranges.ipv6Starts, ranges.ipv6Countries.length, IPV6_WORDS);
  const indexes = Uint8Array.from(ranges.codes, (code) =>
    isCountryCode(code) ? locationIndex(code) : UNKNOWN_INDEX,
  );
  const uses = new Uint32Array(ranges.codes.length);
  const ipv6Buckets = buildBuckets(ranges.ipv6Starts, IPV6_WORDS);
  const table = {
    ipv4Starts: ranges.ipv4Starts,
    ipv4Countries: toLocationIndexes(ranges.ipv4Countries, indexes, uses),
    ipv4Buckets: buildBuckets(ranges.ipv4Starts, 1),
    ipv6Starts: ranges.ipv6Starts,
    ipv6Countries: toLocationIndexes(ranges.ipv6Countries, indexes, uses),
    ipv6Buckets,
    ...buildPages(ranges.ipv6Starts, ipv6Buckets),
  };
  const unrecognised = ranges.codes
    .map((code, position) => ({ code, ranges: uses[position] ?? 0 }))
    .filter(({ code, ranges: count }) => code !== "" && count > 0 && !isCountryCode(code));
  return { table, unrecognised };
}

/** The bytes the table takes in memory. */
export function countryTableBytes(table: CountryTable): number {
  return Object.values(table).reduce((sum, array) => sum + array.byteLength, 0);
}

function toLocationIndexes(
  positions: Uint16Array,
  indexes: Uint8Array,
  uses: Uint32Array,
): Uint8Array {
  const result = new Uint8Array(positions.length);
  for (let i = 0; i < positions.length; i += 1) {
    const position = positions[i] as number;
    const index = indexes[position];
    if (index === undefined) throw new Error(`range ${i} has a code that is not in the list`);
    result[i] = index;
    uses[position] = (uses[position] as number) + 1;
  }
  return result;
}

/** For each /16 the position of the range that holds its first address, and the last position. */
function buildBuckets(starts: Uint32Array, stride: number): Uint32Array {
  const buckets = new Uint32Array(BUCKETS + 1);
  const last = starts.length / stride - 1;
  let next = 0;
  for (let position = 1; position <= last; position += 1) {
    const block = blockFrom(starts, position * stride, { stride, shift: 16 });
    while (next < block) buckets[next++] = position - 1;
  }
  while (next <= BUCKETS) buckets[next++] = last;
  return buckets;
}

/**
 * Real databases have tens of thousands of IPv6 ranges in one /16 (2a01::/16), where a search takes
 * 16 steps; a page halves them. The first page stays empty, for a /16 without one.
 */
function buildPages(
  starts: Uint32Array,
  buckets: Uint32Array,
): Pick<CountryTable, "ipv6Pages" | "ipv6PageBuckets"> {
  const ipv6Pages = new Uint16Array(BUCKETS);
  const entries: number[] = Array.from({ length: PAGE_ENTRIES }, () => 0);
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const first = buckets[bucket] as number;
    const end = buckets[bucket + 1] as number;
    if (end - first < PAGE_RANGES_MIN) continue;
    const page = entries.length;
    ipv6Pages[bucket] = page / PAGE_ENTRIES;
    for (let position = first + 1; position <= end; position += 1) {
      const at = position * IPV6_WORDS;
      const block = blockFrom(starts, at, { stride: IPV6_WORDS, shift: 8 }) - bucket * 256;
      while (entries.length - page < Math.min(block, 256)) entries.push(position - 1);
    }
    while (entries.length - page < PAGE_ENTRIES) entries.push(end);
  }
  return { ipv6Pages, ipv6PageBuckets: Uint32Array.from(entries) };
}

/** The first block of 2^`shift` first words that begins at the start at `at` or after it. */
function blockFrom(
  starts: Uint32Array,
  at: number,
  { stride, shift }: { readonly stride: number; readonly shift: number },
): number {
  const word = starts[at] as number;
  const block = word >>> shift;
  let isOnEdge = word === (block << shift) >>> 0;
  for (let i = 1; i < stride && isOnEdge; i += 1) isOnEdge = starts[at + i] === 0;
  return isOnEdge ? block : block + 1;
}

function assertRising(starts: Uint32Array, count: number, stride: number): void {
  if (count === 0 || starts.length !== count * stride) throw new Error("ranges and starts differ");
  for (let i = 0; i < stride; i += 1) {
    if (starts[i] !== 0) throw new Error("the first range does not begin at the lowest address");
  }
  for (let at = stride; at < starts.length; at += stride) {
    let difference = 0;
    for (let i = 0; i < stride && difference === 0; i += 1) {
      difference = (starts[at + i] as number) - (starts[at + i - stride] as number);
    }
    if (difference <= 0)
      throw new Error(`range ${at / stride} does not begin after the one before`);
  }
}
