// Checks that the list of countries is whole and that indexes and continents agree with it.
import { describe, expect, it } from "vitest";
import * as iso from "./iso-3166.ts";

/** Counts of ISO 3166-1 entries by continent as GeoNames places them; together 249. */
const COUNTS = { AF: 58, AN: 5, AS: 51, EU: 52, NA: 41, OC: 28, SA: 14 };

describe("the list of countries", () => {
  it("has the 249 codes of ISO 3166-1 and Kosovo, in order, without repeats", () => {
    const assigned = iso.COUNTRY_CODES.filter((code) => !iso.USER_ASSIGNED_CODES.includes(code));
    expect(assigned).toHaveLength(249);
    expect(iso.COUNTRY_CODES).toHaveLength(250);
    expect(new Set(iso.COUNTRY_CODES).size).toBe(250);
    expect(iso.COUNTRY_CODES).toEqual([...iso.COUNTRY_CODES].toSorted());
    expect(iso.COUNTRY_CODES.every((code) => /^[A-Z]{2}$/.test(code))).toBe(true);
  });

  it("is known to Unicode, code by code, so none is misspelt", () => {
    const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
    expect(iso.COUNTRY_CODES.filter((code) => names.of(code) === undefined)).toEqual([]);
  });

  it.each(["HK", "MO", "TW", "PR", "GF", "GG", "XK"])("has %s as an entry of its own", (code) => {
    expect(iso.isCountryCode(code)).toBe(true);
  });

  it.each(["AN", "EU", "AP", "ZZ", "UK", "us", "", "USA", "unknown", "private", null, 1])(
    "does not take %s for a country",
    (value) => expect(iso.isCountryCode(value)).toBe(false),
  );
});

describe("continents", () => {
  it("hold every country once", () => {
    const counts = Object.fromEntries(
      iso.CONTINENTS.map((continent) => [continent, iso.countriesOfContinent(continent).length]),
    );
    expect(counts).toEqual({ ...COUNTS, EU: COUNTS.EU + 1 });
    expect(Object.values(COUNTS).reduce((sum, count) => sum + count, 0)).toBe(249);
    for (const continent of iso.CONTINENTS) {
      for (const code of iso.countriesOfContinent(continent)) {
        expect(iso.continentOf(code)).toBe(continent);
      }
    }
  });

  it.each([
    ["DE", "EU"],
    ["US", "NA"],
    ["NA", "AF"],
    ["AS", "OC"],
    ["TR", "AS"],
    ["CY", "EU"],
  ] as const)("has %s in %s", (code, continent) => {
    expect(iso.continentOf(code)).toBe(continent);
  });
});

describe("indexes", () => {
  it("go from locations to numbers of one byte and back", () => {
    expect(iso.LOCATIONS).toHaveLength(iso.COUNTRY_INDEX_COUNT);
    iso.LOCATIONS.forEach((location, index) => {
      expect(iso.locationIndex(location)).toBe(index);
      expect(iso.locationOfIndex(index)).toBe(location);
    });
    expect(iso.COUNTRY_INDEX_COUNT).toBeLessThanOrEqual(256);
    expect(iso.locationOfIndex(iso.UNKNOWN_INDEX)).toBe("unknown");
    expect(iso.locationOfIndex(iso.PRIVATE_INDEX)).toBe("private");
    expect(iso.COUNTRY_CODES[iso.locationIndex("HK")]).toBe("HK");
    expect(iso.locationOfIndex(255)).toBe("unknown");
  });
});
