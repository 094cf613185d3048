// Compares the flattened country table with maxmind's own reader on the shipped database.
import { Reader } from "maxmind";
import type { CountryResponse } from "maxmind";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { formatAddress, nextAddress, parseAddress } from "../../src/core/network/address.ts";
import type { Address } from "../../src/core/network/address.ts";
import {
  buildCountryTable,
  countryTableBytes,
} from "../../src/core/network/build-country-table.ts";
import type { UnrecognisedCode } from "../../src/core/network/build-country-table.ts";
import { lookupCountry, lookupCountryRange } from "../../src/core/network/country-table.ts";
import type { CountryTable } from "../../src/core/network/country-table.ts";
import { isCountryCode, locationOfIndex } from "../../src/core/network/iso-3166.ts";
import { locate } from "../../src/core/network/private-addresses.ts";
import { specialBlockOf } from "../../src/core/network/special-addresses.ts";
import {
  loadCountryDatabase,
  shippedCountryDatabasePath,
} from "../../src/platform/geo-ip/load-country-database.ts";

const RANDOM_COUNT = 20_000;
const path = shippedCountryDatabasePath() ?? "";
/** The fields of this database; the reader's own types are those of MaxMind's. */
type CountryRecord = CountryResponse & { readonly country_code?: string };
const oracle = new Reader<CountryRecord>(readFileSync(path));

let table: CountryTable;
let unrecognised: readonly UnrecognisedCode[];
beforeAll(async () => {
  const outcome = await loadCountryDatabase(path, Date.UTC(2026, 6, 1));
  if (!outcome.ok) throw new Error(outcome.reason);
  ({ table, unrecognised } = buildCountryTable(outcome.data.arrays));
});

/** What the other reader says, in our words. */
function expectedOf(address: Address): string {
  const code = oracle.get(formatAddress(address))?.country_code;
  return isCountryCode(code) ? code : "unknown";
}

function differences(addresses: readonly Address[]): readonly string[] {
  return addresses.flatMap((address) => {
    const found = locationOfIndex(lookupCountry(table, address));
    const expected = expectedOf(address);
    return found === expected ? [] : [`${formatAddress(address)}: ${found}, not ${expected}`];
  });
}

/** The same numbers in every run, so that a failure can be looked at (xorshift32). */
function randomWords(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

const word = randomWords(20_260_701);
const ipv4 = (w3: number): Address => ({ family: 4, w0: 0, w1: 0, w2: 0, w3 });

function ipv6(position: number): Address {
  const [w0 = 0, w1 = 0, w2 = 0, w3 = 0] = table.ipv6Starts.subarray(position * 4);
  return { family: 6, w0, w1, w2, w3 };
}

function parsed(text: string): Address {
  const address = parseAddress(text);
  if (address === null) throw new Error(text);
  return address;
}

describe("the flattened table agrees with another reader of the same file", () => {
  it("on random IPv4 addresses", () => {
    const addresses = Array.from({ length: RANDOM_COUNT }, () => ipv4(word()));
    expect(differences(addresses)).toEqual([]);
    const locations = new Set(addresses.map((one) => lookupCountry(table, one)));
    expect(locations.size).toBeGreaterThan(100);
  });

  it("on random IPv6 addresses, most of them inside ranges", () => {
    const count = table.ipv6Countries.length;
    const addresses = Array.from({ length: RANDOM_COUNT }, (_, i): Address => {
      if (i % 4 === 0) {
        const w0 = (0x2000_0000 + (word() & 0x1fff_ffff)) >>> 0;
        return { family: 6, w0, w1: word(), w2: word(), w3: word() };
      }
      return { ...ipv6(word() % count), w3: word() };
    });
    expect(differences(addresses)).toEqual([]);
    const locations = new Set(addresses.map((one) => lookupCountry(table, one)));
    expect(locations.size).toBeGreaterThan(100);
  });

  // attack row 4
  it("at both ends of ranges and one beyond", () => {
    const edges = Array.from({ length: 5000 }, (_, i) => {
      const one =
        i % 2 === 0
          ? ipv4(table.ipv4Starts[word() % table.ipv4Starts.length] ?? 0)
          : ipv6(word() % table.ipv6Countries.length);
      const { start, end } = lookupCountryRange(table, one);
      expect(start).toEqual(one);
      return [start, end, nextAddress(end)].flatMap((edge) => edge ?? []);
    }).flat();
    // The other reader finds IPv4 ranges under ::/96 too; to us these are no IPv6 addresses.
    const compared = edges.filter(({ family, w0 }) => family === 4 || w0 !== 0);
    expect(compared.length).toBeGreaterThan(14_000);
    expect(differences(compared)).toEqual([]);
  });

  it("on the mapped form of an IPv4 address, which the other reader does not know", () => {
    expect(oracle.get("::ffff:8.8.8.8")).toBeNull();
    expect(locationOfIndex(locate(table, parsed("::ffff:8.8.8.8")))).toBe("US");
    expect(locate(table, parsed("::ffff:8.8.8.8"))).toBe(locate(table, parsed("8.8.8.8")));
  });
});

describe("what the decision sees of the shipped database", () => {
  it("differs from the table for special addresses only", () => {
    for (let i = 0; i < RANDOM_COUNT; i += 1) {
      const one = ipv4(word());
      if (specialBlockOf(one) !== undefined) continue;
      if (locate(table, one) !== lookupCountry(table, one)) throw new Error(formatAddress(one));
    }
    // The registries' own entries for addresses that no visitor has.
    expect(oracle.get("192.168.0.1")).toEqual({ country_code: "AU" });
    expect(locationOfIndex(locate(table, parsed("192.168.0.1")))).toBe("private");
    expect(oracle.get("203.0.113.1")).toEqual({ country_code: "AU" });
    expect(locationOfIndex(locate(table, parsed("203.0.113.1")))).toBe("unknown");
  });

  it.each([
    ["1.1.1.1", /^[A-Z]{2}$/],
    ["8.8.8.8", /^US$/],
    ["2001:4860:4860::8888", /^US$/],
    ["192.31.196.1", /^([A-Z]{2}|unknown)$/],
  ])("%s, an anycast address, is where the database has it (attack row 7)", (text, expected) => {
    expect(locationOfIndex(locate(table, parsed(text)))).toMatch(expected);
  });

  it("has one code that is no country: AN, withdrawn in 2010", () => {
    expect(unrecognised.map(({ code }) => code)).toEqual(["AN"]);
  });

  it("takes less than 8 MB", () => {
    expect(countryTableBytes(table)).toBeLessThan(8_000_000);
  });
});
