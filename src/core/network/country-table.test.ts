// Checks the country lookup against a search one can read, at random and at every edge.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareAddresses, formatAddress, nextAddress, parseAddress } from "./address.ts";
import type { Address } from "./address.ts";
import { buildCountryTable, countryTableBytes } from "./build-country-table.ts";
import type { CountryRanges } from "./build-country-table.ts";
import { emptyCountryTable, lookupCountry, lookupCountryRange } from "./country-table.ts";
import { locationIndex, locationOfIndex } from "./iso-3166.ts";

const CODES = ["", "DE", "US", "ZZ", "HK"];

type Start = readonly [address: string, code: string];

function address(text: string): Address {
  const parsed = parseAddress(text);
  if (parsed === null) throw new Error(text);
  return parsed;
}

function rangesOf(starts: readonly (readonly [Address, string])[]): CountryRanges {
  const family = (wanted: 4 | 6) => starts.filter(([start]) => start.family === wanted);
  const positions = (wanted: 4 | 6) =>
    Uint16Array.from(family(wanted), ([, code]) => CODES.indexOf(code));
  return {
    ipv4Starts: Uint32Array.from(family(4), ([start]) => start.w3),
    ipv4Countries: positions(4),
    ipv6Starts: Uint32Array.from(family(6).flatMap(([s]) => [s.w0, s.w1, s.w2, s.w3])),
    ipv6Countries: positions(6),
    codes: CODES,
  };
}

function tableOf(...starts: readonly Start[]) {
  const all: readonly Start[] = [["0.0.0.0", ""], ["::", ""], ...starts];
  return buildCountryTable(rangesOf(all.map(([text, code]) => [address(text), code] as const)));
}

const { table, unrecognised } = tableOf(
  ["1.2.3.4", "DE"],
  ["1.2.3.6", ""],
  ["127.255.255.255", "US"],
  ["128.0.0.0", "DE"],
  ["200.1.0.0", "ZZ"],
  ["255.255.255.255", "US"],
  ["2001:418:1439::2a0", "DE"],
  ["2001:418:1439::2a1", "US"],
  ["2001:418:1439:1::", ""],
  ["2a00::", "HK"],
  ["ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "US"],
);

describe("looking up a country", () => {
  // attack row 4: one before, first, last, one after; no sign error at 2^31, no overflow at the end
  it.each([
    ["1.2.3.3", "unknown", "0.0.0.0", "1.2.3.3"],
    ["1.2.3.4", "DE", "1.2.3.4", "1.2.3.5"],
    ["1.2.3.5", "DE", "1.2.3.4", "1.2.3.5"],
    ["1.2.3.6", "unknown", "1.2.3.6", "127.255.255.254"],
    ["127.255.255.255", "US", "127.255.255.255", "127.255.255.255"],
    ["128.0.0.0", "DE", "128.0.0.0", "200.0.255.255"],
    ["200.0.255.255", "DE", "128.0.0.0", "200.0.255.255"],
    ["200.1.0.0", "unknown", "200.1.0.0", "255.255.255.254"],
    ["255.255.255.255", "US", "255.255.255.255", "255.255.255.255"],
    ["0.0.0.0", "unknown", "0.0.0.0", "1.2.3.3"],
    ["::", "unknown", "::", "2001:418:1439::29f"],
    ["2001:418:1439::29f", "unknown", "::", "2001:418:1439::29f"],
    ["2001:418:1439::2a0", "DE", "2001:418:1439::2a0", "2001:418:1439::2a0"],
    ["2001:418:1439::2a1", "US", "2001:418:1439::2a1", "2001:418:1439:0:ffff:ffff:ffff:ffff"],
    [
      "2001:418:1439:1::",
      "unknown",
      "2001:418:1439:1::",
      "29ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    ],
    ["2a00::", "HK", "2a00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe"],
    ["ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "US", ...Array(2).fill("ffff:".repeat(7) + "ffff")],
    // The mapped form is the IPv4 address, on this path too.
    ["::ffff:1.2.3.4", "DE", "1.2.3.4", "1.2.3.5"],
  ] as [string, string, string, string][])("%s is %s, %s to %s", (text, country, start, end) => {
    const range = lookupCountryRange(table, address(text));
    expect(locationOfIndex(lookupCountry(table, address(text)))).toBe(country);
    expect(locationOfIndex(range.country)).toBe(country);
    expect([formatAddress(range.start), formatAddress(range.end)]).toEqual([start, end]);
  });

  it("counts codes that are no country; their ranges are unknown", () => {
    expect(unrecognised).toEqual([{ code: "ZZ", ranges: 1 }]);
  });

  it("knows nothing without a database", () => {
    const empty = emptyCountryTable();
    for (const text of ["0.0.0.0", "8.8.8.8", "255.255.255.255", "::", "2a00::1", "ffff::"]) {
      expect(locationOfIndex(lookupCountry(empty, address(text)))).toBe("unknown");
    }
    expect(formatAddress(lookupCountryRange(empty, address("8.8.8.8")).end)).toBe(
      "255.255.255.255",
    );
    expect(countryTableBytes(empty)).toBeLessThan(1_000_000);
  });
});

const word = fc.integer({ min: 0, max: 0xffff_ffff });
// Few first words, so that many ranges share a /16 and pages come into being.
const nearWord = fc.oneof(word, fc.integer({ min: 0x2a01_0000, max: 0x2a01_0fff }));
const anyAddress: fc.Arbitrary<Address> = fc.oneof(
  fc.tuple(nearWord).map(([w3]) => ({ family: 4, w0: 0, w1: 0, w2: 0, w3 }) as const),
  fc
    .tuple(nearWord, fc.constantFrom(0, 1, 0xffff_ffff), fc.constantFrom(0, 7), word)
    .map(([w0, w1, w2, w3]) => ({ family: 6, w0, w1, w2, w3 }) as const),
);

describe("any ranges", () => {
  it("are found like by a look at each of them, at their starts, beside them and between", () => {
    const starts = fc.uniqueArray(fc.tuple(anyAddress, fc.constantFrom(...CODES)), {
      maxLength: 200,
      selector: ([start]) => formatAddress(start),
    });
    const property = fc.property(starts, fc.array(anyAddress), (found, others) => {
      const rest = found.filter(([start]) => !["0.0.0.0", "::"].includes(formatAddress(start)));
      const lowest = [[address("0.0.0.0"), ""] as const, [address("::"), ""] as const];
      const all = [...lowest, ...rest].toSorted(([a], [b]) => compareAddresses(a, b));
      const built = buildCountryTable(rangesOf(all)).table;
      const after = all.flatMap(([start]) => nextAddress(start) ?? []);
      for (const asked of [...all.map(([start]) => start), ...after, ...others]) {
        const last = all.findLast(
          ([start]) => start.family === asked.family && compareAddresses(start, asked) <= 0,
        );
        const code = last?.[1] ?? "";
        const expected = code === "" || code === "ZZ" ? "unknown" : (code as "DE");
        expect(lookupCountry(built, asked)).toBe(locationIndex(expected));
        const range = lookupCountryRange(built, asked);
        expect(range.start).toEqual(last?.[0]);
        expect(compareAddresses(range.end, asked)).toBeGreaterThanOrEqual(0);
        expect(lookupCountry(built, range.end)).toBe(range.country);
      }
    });
    fc.assert(property, { numRuns: 30 });
  });

  it.each([
    ["a first range above the lowest address", [5], [0]],
    ["a start twice", [0, 7, 7], [0, 1, 2]],
    ["falling starts", [0, 9, 7], [0, 1, 2]],
    ["fewer countries than starts", [0, 7], [0]],
    ["a country that is not in the list", [0], [9]],
    ["nothing at all", [], []],
  ])("are refused with %s", (_, starts, countries) => {
    const ranges = rangesOf([[address("::"), ""]]);
    const ipv4Starts = Uint32Array.from(starts);
    const ipv4Countries = Uint16Array.from(countries);
    expect(() => buildCountryTable({ ...ranges, ipv4Starts, ipv4Countries })).toThrow(Error);
  });
});
