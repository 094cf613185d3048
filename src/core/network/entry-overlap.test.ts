// Checks whether a list and a range share an address, by examples and against comparing them all.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AddressRange } from "./address-range.ts";
import { parseRule } from "./address-rule.ts";
import { appendEntry, buildAddressSet, createAddressSetBuilder } from "./address-set-builder.ts";
import { addEntry, createAddressSet, removeEntry } from "./address-set.ts";
import type { AddressEntry, AddressSet } from "./address-set.ts";
import { hasOverlap } from "./entry-overlap.ts";

function range(text: string): AddressRange {
  const rule = parseRule(text);
  if (!rule.ok) throw new Error(text);
  return rule.range;
}

function entry(text: string, id: number, expiresAtMs: number | null = null): AddressEntry {
  return { range: range(text), id, expiresAtMs };
}

/** The same entries as fresh ones, and as a list built at once. */
function setsOf(entries: readonly AddressEntry[]): readonly AddressSet[] {
  const overlay = createAddressSet();
  for (const one of entries) addEntry(overlay, one);
  const builder = createAddressSetBuilder();
  const order = entries.toSorted(
    (a, b) =>
      a.range.family - b.range.family ||
      a.range.start.w3 - b.range.start.w3 ||
      b.range.end.w3 - a.range.end.w3 ||
      a.id - b.id,
  );
  for (const one of order) appendEntry(builder, one);
  return [overlay, buildAddressSet(builder)];
}

describe("hasOverlap", () => {
  const SETS = setsOf([
    entry("10.0.0.8-10.0.0.15", 1),
    entry("10.0.1.0/24", 2, 5000),
    entry("255.255.255.255", 3),
    entry("::a", 4),
  ]);

  it.each([
    ["10.0.0.0/24", true],
    ["10.0.0.0-10.0.0.7", false],
    ["10.0.0.0-10.0.0.8", true],
    ["10.0.0.10", true],
    ["10.0.0.15-10.0.0.20", true],
    ["10.0.0.16-10.0.0.255", false],
    ["10.0.1.7", true],
    ["255.255.255.254-255.255.255.255", true],
    ["0.0.0.0/0", true],
    ["11.0.0.0/8", false],
    ["::/124", true],
    ["::b-::ff", false],
  ])("%s: %s", (text, expected) => {
    for (const set of SETS) expect(hasOverlap(set, range(text), 4999)).toBe(expected);
  });

  it("leaves out what has ended or was taken off", () => {
    for (const set of SETS) expect(hasOverlap(set, range("10.0.1.0/24"), 5000)).toBe(false);
    for (const set of setsOf([entry("10.0.0.8/29", 1)])) {
      removeEntry(set, { range: range("10.0.0.8/29"), id: 1 });
      expect(hasOverlap(set, range("10.0.0.0/24"), 0)).toBe(false);
    }
  });

  it("agrees with comparing every entry", () => {
    const ends = fc.tuple(fc.nat(60), fc.nat(12)).map(([from, length]) => {
      const word = (w3: number) => ({ family: 4, w0: 0, w1: 0, w2: 0, w3 }) as const;
      return { family: 4, start: word(from), end: word(from + length) } as const;
    });
    fc.assert(
      fc.property(fc.array(ends, { maxLength: 6 }), ends, (ranges, asked) => {
        const expected = ranges.some(
          ({ start, end }) => start.w3 <= asked.end.w3 && asked.start.w3 <= end.w3,
        );
        const entries = ranges.map((one, index) => ({
          range: one,
          id: index + 1,
          expiresAtMs: null,
        }));
        for (const set of setsOf(entries)) expect(hasOverlap(set, asked, 0)).toBe(expected);
      }),
    );
  });
});
