// Ranges: canonical text, SQL keys and width, against arithmetic on big integers.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AddressRange } from "./address-range.ts";
import { formatRange, isVeryWide, rangeCovers, rangeFromKeys, rangeKeys } from "./address-range.ts";
import { parseRule } from "./address-rule.ts";

const range = fc
  .record({
    family: fc.constantFrom(4 as const, 6 as const),
    at: fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }),
    bits: fc.nat(128),
    size: fc.oneof(fc.constant(null), fc.bigInt({ min: 0n, max: 1n << 40n })),
  })
  .map(({ family, at, bits, size }): AddressRange => {
    const all = family === 4 ? 32 : 128;
    const max = (1n << BigInt(all)) - 1n;
    const rest = (1n << BigInt(all - Math.min(bits, all))) - 1n;
    const start = size === null ? at & max & ~rest : at & max;
    const end = size === null ? start | rest : start + size > max ? max : start + size;
    const digits = all / 4;
    const key = (n: bigint): string => n.toString(16).padStart(digits, "0");
    return rangeFromKeys(family, key(start), key(end));
  });

function rule(text: string): AddressRange {
  const reading = parseRule(text);
  if (!reading.ok) throw new Error(`${text}: ${reading.reason}`);
  return reading.range;
}

describe("formatRange", () => {
  it("is read back as the same range, as CIDR exactly when it is a block", () => {
    fc.assert(
      fc.property(range, (given) => {
        const text = formatRange(given);
        const reading = parseRule(text);
        if (!reading.ok) {
          // The only ranges without a text that is accepted: those around the mapped block.
          expect(reading.code).toMatch(/^(covers-mapped-block|range-mixed-families)$/);
          return;
        }
        if (reading.range.family !== given.family) return;
        expect(reading.canonical).toBe(text);
        expect(reading.range).toEqual(given);
        const { start, end } = rangeKeys(given);
        const size = BigInt(`0x${end}`) - BigInt(`0x${start}`) + 1n;
        const isBlock = (size & (size - 1n)) === 0n && BigInt(`0x${start}`) % size === 0n;
        expect(text.includes("-")).toBe(!isBlock);
      }),
      { numRuns: 500 },
    );
  });

  it("spells one set of addresses in one way (attack row 2)", () => {
    const spellings = [
      "1.2.3.4",
      "::ffff:102:304",
      "1.2.3.4/32",
      "1.2.3.4-1.2.3.4",
      "::ffff:1.2.3.4/128",
    ];
    expect(new Set(spellings.map((text) => formatRange(rule(text))))).toEqual(new Set(["1.2.3.4"]));
  });
});

describe("rangeKeys", () => {
  it("has a fixed width and comes back", () => {
    expect(rangeKeys(rule("0.0.0.0/0"))).toEqual({ start: "00000000", end: "ffffffff" });
    expect(rangeKeys(rule("10.0.0.0/8"))).toEqual({ start: "0a000000", end: "0affffff" });
    expect(rangeKeys(rule("2001:db8::/32")).start).toBe("20010db8000000000000000000000000");
    fc.assert(
      fc.property(range, (given) => {
        const { start, end } = rangeKeys(given);
        expect(rangeFromKeys(given.family, start, end)).toEqual(given);
      }),
    );
  });

  it.each([
    [4, "0a0000", "0affffff"],
    [4, "0A000000", "0affffff"],
    [4, "0b000000", "0affffff"],
    [6, "0a000000", "0affffff"],
  ] as const)("throws on family %s %s..%s", (family, start, end) => {
    expect(() => rangeFromKeys(family, start, end)).toThrow("key");
  });
});

describe("isVeryWide", () => {
  it.each([
    ["10.0.0.0/8", false],
    ["10.0.0.0-11.0.0.0", true],
    ["10.0.0.0/7", true],
    ["0.0.0.0/0", true],
    ["2001::/16", false],
    ["2000::/15", true],
    ["2001::-2002::", true],
    ["::/0", true],
  ])("%s: %s", (text, isWide) => expect(isVeryWide(rule(text))).toBe(isWide));
});

describe("edges (attack row 4)", () => {
  it.each([
    ["203.0.113.0/24", ["203.0.113.0", "203.0.113.255"], ["203.0.112.255", "203.0.114.0"]],
    ["127.0.0.0-128.0.0.1", ["127.255.255.255", "128.0.0.0"], ["126.255.255.255", "128.0.0.2"]],
    ["255.255.255.255", ["255.255.255.255"], ["255.255.255.254", "0.0.0.0"]],
    ["0.0.0.0/0", ["0.0.0.0", "255.255.255.255"], ["::", "::1", "ffff::"]],
    ["::/0", ["::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"], ["0.0.0.0", "::ffff:1.2.3.4"]],
    ["2001:db8::/64", ["2001:db8::ffff:ffff:ffff:ffff"], ["2001:db8:0:1::", "2001:db7:ffff::"]],
  ])("%s", (text, inside, outside) => {
    const given = rule(text);
    for (const address of inside) expect(rangeCovers(given, rule(address).start)).toBe(true);
    for (const address of outside) expect(rangeCovers(given, rule(address).start)).toBe(false);
  });
});
