// Checks pages of lists against a plain sort of all entries.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareAddresses, parseAddress } from "./address.ts";
import type { Address } from "./address.ts";
import { appendEntry, buildAddressSet, createAddressSetBuilder } from "./address-set-builder.ts";
import type { AddressEntry, AddressSet } from "./address-set.ts";
import { addEntry, removeEntry } from "./address-set.ts";
import { pageOfRanges } from "./page-of-ranges.ts";

type Placed = AddressEntry & { readonly isAllow: boolean; readonly isLate: boolean };

function addressOf(family: 4 | 6, number: number): Address {
  const text =
    family === 4 ? `10.0.${number >> 8}.${number & 255}` : `2001:db8::${number.toString(16)}`;
  return parseAddress(text)!;
}

const shapes = fc.array(
  fc.record({
    family: fc.constantFrom(4 as const, 6 as const),
    // Few addresses, so that many ranges begin at the same one.
    start: fc.nat(400),
    length: fc.constantFrom(0, 0, 1, 3, 40),
    isAllow: fc.boolean(),
    /** Added after the set was built. */
    isLate: fc.boolean(),
    isRemoved: fc.nat(4).map((number) => number === 0),
  }),
  { maxLength: 400 },
);

function inOrder(entries: readonly Placed[]): readonly Placed[] {
  return entries.toSorted(
    ({ range: one, id }, { range: other, id: otherId }) =>
      one.family - other.family ||
      compareAddresses(one.start, other.start) ||
      compareAddresses(other.end, one.end) ||
      id - otherId,
  );
}

function buildSet(entries: readonly Placed[]): AddressSet {
  const builder = createAddressSetBuilder();
  for (const entry of inOrder(entries.filter(({ isLate }) => !isLate))) appendEntry(builder, entry);
  const set = buildAddressSet(builder);
  for (const entry of entries.filter(({ isLate }) => isLate)) addEntry(set, entry);
  return set;
}

type Lists = { readonly sets: readonly AddressSet[]; readonly kept: readonly Placed[] };

/** @param firstId ids go on from here, in no order of addresses */
function buildLists(
  made: typeof shapes extends fc.Arbitrary<infer T> ? T : never,
  firstId: number,
): Lists {
  const entries = made.map(({ family, start, length, isAllow, isLate }, index) => ({
    range: { family, start: addressOf(family, start), end: addressOf(family, start + length) },
    id: firstId + index,
    expiresAtMs: null,
    isAllow,
    isLate,
  }));
  const sets = [true, false].map((isAllow) =>
    buildSet(entries.filter((entry) => entry.isAllow === isAllow)),
  );
  const removed = entries.filter((_, index) => made[index]!.isRemoved);
  for (const entry of removed) removeEntry(sets[entry.isAllow ? 0 : 1]!, entry);
  return { sets, kept: entries.filter((entry) => !removed.includes(entry)) };
}

const places = fc.record({ offset: fc.nat(450), limit: fc.integer({ min: 1, max: 200 }) });

describe("a page of a list", () => {
  it("is what a sort of all entries by address gives, from any place", () => {
    fc.assert(
      fc.property(shapes, places, (made, place) => {
        const { sets, kept } = buildLists(made, 1);
        const sorted = inOrder(kept).map(({ id }) => id);
        expect(pageOfRanges(sets, null, place)).toEqual({
          ids: sorted.slice(place.offset, place.offset + place.limit),
          total: kept.length,
        });
      }),
    );
  });

  it("holds only what starts in a range that is asked for", () => {
    fc.assert(
      fc.property(shapes, places, fc.nat(300), fc.nat(200), (made, place, first, length) => {
        const { sets, kept } = buildLists(made, 1);
        for (const family of [4, 6] as const) {
          const [start, end] = [addressOf(family, first), addressOf(family, first + length)];
          const inside = inOrder(kept).filter(
            ({ range }) =>
              range.family === family &&
              compareAddresses(range.start, start) >= 0 &&
              compareAddresses(range.start, end) <= 0,
          );
          const page = pageOfRanges(sets, { family, start, end }, place);
          expect(page.total).toBe(inside.length);
          expect(page.ids).toEqual(
            inside.slice(place.offset, place.offset + place.limit).map(({ id }) => id),
          );
        }
      }),
    );
  });
});
