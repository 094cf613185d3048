// Address sets against a plain scan over big integers: covers, edges, expiry, changes, rebuilds.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextAddress, parseAddress, previousAddress } from "./address.ts";
import type { Address } from "./address.ts";
import type { AddressRange } from "./address-range.ts";
import { addressKey, rangeFromKeys, rangeKeys } from "./address-range.ts";
import { parseRule } from "./address-rule.ts";
import type { AddressEntry, AddressSet } from "./address-set.ts";
import {
  addEntry,
  bytesUsed,
  createAddressSet,
  entryCount,
  findAllCovering,
  findCovering,
  findCoveringEntry,
  overlaySize,
  removeEntry,
} from "./address-set.ts";
import {
  appendEntry,
  appendKeys,
  buildAddressSet,
  createAddressSetBuilder,
} from "./address-set-builder.ts";

const NOW_MS = 1_000_000;

/** The most specific first: starts last, then ends first, then the higher id. */
function scan(entries: readonly AddressEntry[], address: Address, nowMs: number): number[] {
  const number = (a: Address): bigint => BigInt(`0x${addressKey(a)}`);
  const wanted = number(address);
  return entries
    .filter(({ range }) => range.family === address.family)
    .filter(({ range }) => number(range.start) <= wanted && wanted <= number(range.end))
    .filter(({ expiresAtMs }) => expiresAtMs === null || nowMs < expiresAtMs)
    .toSorted((a, b) => -inOrder(a, b))
    .map(({ id }) => id);
}

function inOrder(a: AddressEntry, b: AddressEntry): number {
  const [ka, kb] = [rangeKeys(a.range), rangeKeys(b.range)];
  if (a.range.family !== b.range.family) return a.range.family - b.range.family;
  if (ka.start !== kb.start) return ka.start < kb.start ? -1 : 1;
  if (ka.end !== kb.end) return ka.end > kb.end ? -1 : 1;
  return a.id - b.id;
}

function build(entries: readonly AddressEntry[]): AddressSet {
  const builder = createAddressSetBuilder();
  for (const { range, id, expiresAtMs } of entries.toSorted(inOrder)) {
    appendKeys(builder, { family: range.family, ...rangeKeys(range), id, expiresAtMs });
  }
  return buildAddressSet(builder);
}

/** Ranges that overlap, nest and repeat a lot, near both ends of both families. */
const range = fc
  .record({
    family: fc.constantFrom(4 as const, 6 as const),
    base: fc.constantFrom("0", "7ffffff0", "ffffffe0"),
    from: fc.nat(31),
    size: fc.oneof(fc.nat(7), fc.nat(31), fc.constantFrom(2 ** 20, 2 ** 31)),
  })
  .map(({ family, base, from, size }): AddressRange => {
    const start = Math.min(parseInt(base, 16) + from, 0xffffffff);
    const end = Math.min(start + size, 0xffffffff);
    const hex = (n: number): string => n.toString(16).padStart(8, "0");
    if (family === 4) return rangeFromKeys(4, hex(start), hex(end));
    // Spread over several words, so that carries between them are met.
    const wide = (n: number): string =>
      hex(n).slice(0, 4).padEnd(12, "0") + hex(n).padStart(20, "0");
    return rangeFromKeys(6, wide(start), wide(end));
  });

const expiry = fc.constantFrom(null, null, NOW_MS - 1, NOW_MS, NOW_MS + 1);

const entries = fc
  .array(fc.record({ range, expiresAtMs: expiry }), { maxLength: 40 })
  .map((given): AddressEntry[] => given.map((entry, i) => ({ ...entry, id: i + 1 })));

function edgesOf(given: readonly AddressEntry[]): Address[] {
  return given
    .flatMap(({ range: { start, end } }) => [previousAddress(start), start, end, nextAddress(end)])
    .filter((address) => address !== null)
    .concat(["0.0.0.0", "255.255.255.255", "::"].map((text) => parseAddress(text)!))
    .concat(parseAddress("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")!);
}

function expectSame(set: AddressSet, given: readonly AddressEntry[], nowMs: number): void {
  const addresses = edgesOf(given);
  const expected = addresses.map((address) => scan(given, address, nowMs));
  const found = addresses.map((address) => findAllCovering(set, address, nowMs, 1000));
  expect(found).toEqual(expected);
  const two = addresses.map((address) => findAllCovering(set, address, nowMs, 2));
  expect(two).toEqual(expected.map((ids) => ids.slice(0, 2)));
  const first = addresses.map((address) => findCovering(set, address, nowMs));
  expect(first).toEqual(expected.map((ids) => ids[0] ?? 0));
}

describe("findCovering and findAllCovering (attack row 4)", () => {
  it("agree with the scan when built, when added one by one, and half and half", () => {
    fc.assert(
      fc.property(entries, fc.nat(40), (given, cut) => {
        expectSame(build(given), given, NOW_MS);
        const mixed = build(given.slice(0, cut));
        for (const entry of given.slice(cut)) addEntry(mixed, entry);
        expect(entryCount(mixed)).toBe(given.length);
        expectSame(mixed, given, NOW_MS);
      }),
      { numRuns: 150 },
    );
  });

  it("agree with the scan after removals and additions in any order, and with a rebuild", () => {
    fc.assert(
      fc.property(entries, fc.array(fc.nat(39), { maxLength: 60 }), (given, flips) => {
        const inside = new Set(given.filter((_, i) => i % 3 === 0));
        const set = build([...inside]);
        for (const flip of flips) {
          const entry = given[flip];
          if (entry === undefined) continue;
          if (inside.has(entry)) {
            expect(removeEntry(set, entry)).toBe(true);
            expect(removeEntry(set, entry)).toBe(false);
            inside.delete(entry);
          } else {
            addEntry(set, entry);
            inside.add(entry);
          }
          // Searching in between makes the overlay link its rows, which the next change undoes.
          const addresses = edgesOf(given).slice(0, 20);
          const expected = addresses.map((address) => scan([...inside], address, NOW_MS)[0] ?? 0);
          const found = addresses.map((address) => findCovering(set, address, NOW_MS));
          expect(found).toEqual(expected);
        }
        const left = [...inside];
        expect(entryCount(set)).toBe(left.length);
        expectSame(set, left, NOW_MS);
        expectSame(build(left), left, NOW_MS);
      }),
      { numRuns: 150 },
    );
  });
});

function write(text: string, id: number, expiresAtMs: number | null = null): AddressEntry {
  const reading = parseRule(text);
  if (!reading.ok) throw new Error(text);
  return { range: reading.range, id, expiresAtMs };
}

function at(text: string): Address {
  return parseAddress(text)!;
}

describe("an address set", () => {
  it("never matches across families (attack row 3)", () => {
    for (const set of [build([write("::/0", 1)]), createAddressSet()]) {
      addEntry(set, write("::/0", 1));
      for (const text of ["0.0.0.0", "1.2.3.4", "::ffff:1.2.3.4", "255.255.255.255"]) {
        expect(findCovering(set, at(text), 0)).toBe(0);
      }
      expect(findCovering(set, at("::1"), 0)).toBe(1);
    }
    const set = build([write("0.0.0.0/0", 1)]);
    expect(findCovering(set, at("::"), 0)).toBe(0);
    expect(findCovering(set, at("::102:304"), 0)).toBe(0);
    expect(findCovering(set, at("::ffff:1.2.3.4"), 0)).toBe(1);
  });

  it("ends an entry at its moment and falls back to the wider one", () => {
    const given = [
      write("10.0.0.0/8", 1),
      write("10.1.0.0/16", 2, 5000),
      write("10.1.2.3", 3, 4000),
    ];
    const set = build(given);
    expect(findCovering(set, at("10.1.2.3"), 3999)).toBe(3);
    expect(findCovering(set, at("10.1.2.3"), 4000)).toBe(2);
    expect(findCovering(set, at("10.1.2.3"), 5000)).toBe(1);
    expect(findCovering(set, at("10.1.2.3"), Number.MAX_SAFE_INTEGER)).toBe(1);
  });

  it("replaces the expiry when the same entry is added again, in base and overlay", () => {
    const set = build([write("10.0.0.0/8", 1, 4000)]);
    addEntry(set, write("10.0.0.0/8", 1, 6000));
    expect([entryCount(set), overlaySize(set)]).toEqual([1, 1]);
    expect(findAllCovering(set, at("10.0.0.1"), 5000, 9)).toEqual([1]);
    addEntry(set, write("10.0.0.0/8", 1));
    expect(entryCount(set)).toBe(1);
    expect(findCovering(set, at("10.0.0.1"), 9000)).toBe(1);
  });

  it("keeps ids up to 2^32-1 and refuses what it cannot keep", () => {
    const set = createAddressSet();
    addEntry(set, write("1.2.3.4", 2 ** 32 - 1));
    expect(findCovering(set, at("1.2.3.4"), 0)).toBe(2 ** 32 - 1);
    for (const id of [0, -1, 1.5, 2 ** 32, Number.NaN]) {
      expect(() => addEntry(set, write("1.2.3.4", id))).toThrow("id");
      expect(() => appendEntry(createAddressSetBuilder(), write("1.2.3.4", id))).toThrow("id");
    }
    const { range: good } = write("1.2.3.4-1.2.3.9", 1);
    const bad = { family: 4 as const, start: good.end, end: good.start };
    expect(() => addEntry(set, { range: bad, id: 1, expiresAtMs: null })).toThrow("above");
  });

  it("forgets what it knew of rows that moved when one left the overlay", () => {
    const set = createAddressSet();
    const given = ["10.0.0.0-10.0.0.100", "10.0.0.10-10.0.0.60", "10.0.0.20-10.0.0.30"];
    const written = given.map((text, i) => write(text, i + 1));
    for (const one of written) addEntry(set, one);
    expect(findCovering(set, at("10.0.0.50"), 0)).toBe(2);
    removeEntry(set, written[1]!);
    expect(findCovering(set, at("10.0.0.50"), 0)).toBe(1);
    removeEntry(set, written[0]!);
    expect(findCovering(set, at("10.0.0.50"), 0)).toBe(0);
    expect(findCovering(set, at("10.0.0.25"), 0)).toBe(3);
  });

  it("gives memory back when entries come and go", () => {
    const set = createAddressSet();
    const odd = [write("2001:db8::1-2001:db8::6", 1), write("2001:db8::3-2001:db8::8", 2)];
    for (const one of odd) addEntry(set, one);
    const bytes = bytesUsed(set);
    for (let i = 0; i < 1000; i++) {
      expect(removeEntry(set, odd[i % 2]!)).toBe(true);
      addEntry(set, odd[i % 2]!);
    }
    expect(bytesUsed(set)).toBe(bytes);
    expect(findAllCovering(set, at("2001:db8::4"), 0, 9)).toEqual([2, 1]);
    expect(findAllCovering(set, at("2001:db8::7"), 0, 9)).toEqual([2]);
  });

  it.each(["1.2.3.0/24", "1.2.3.4-1.2.3.9", "2001:db8::/48", "2001:db8::3-2001:db8::8"])(
    "names the entry it found: %s, in the overlay and in the base",
    (text) => {
      const one = write(text, 7);
      const overlay = createAddressSet();
      addEntry(overlay, one);
      const builder = createAddressSetBuilder();
      appendEntry(builder, one);
      for (const set of [overlay, buildAddressSet(builder)]) {
        const found = findCoveringEntry(set, one.range.end, 0);
        expect(found).toEqual({ id: 7, range: one.range });
        expect(findCoveringEntry(set, at("9.9.9.9"), 0)).toBeNull();
      }
    },
  );
});
