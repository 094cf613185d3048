// Checks that a country is found by what people type.
import { describe, expect, it } from "vitest";
import { CONTINENTS, COUNTRY_CODES } from "../core/network/iso-3166.ts";
import { CONTINENT_NAMES, countryName, locationName, searchCountries } from "./country-names.ts";

const first = (text: string, count = 1): string =>
  searchCountries(text)
    .slice(0, count)
    .map(({ code }) => code)
    .join(" ");

describe("searching countries", () => {
  it.each([
    ["hong", "HK"],
    ["HK", "HK"],
    [" hk ", "HK"],
    ["macao", "MO"],
    ["macau", "MO"],
    ["taiw", "TW"],
    ["puerto", "PR"],
    ["kosovo", "XK"],
    ["us", "US"],
    ["usa", "US"],
    ["cote d'ivoire", "CI"],
    ["CÔTE D’IVOIRE", "CI"],
    ["ivory", "CI"],
    ["türkiye", "TR"],
    ["turkey", "TR"],
    ["saint lucia", "LC"],
    ["st. lucia", "LC"],
    ["bosnia & her", "BA"],
    ["czech rep", "CZ"],
    ["great britain", "GB"],
    ["land islands", "AX"],
  ])("by %s finds %s first", (text, code) => expect(first(text)).toBe(code));

  it("puts the beginning of a name before other words, and those before the middle", () => {
    expect(first("guinea", 4)).toBe("GN GW GQ PG");
    expect(first("korea", 2)).toBe("KP KR");
  });

  it("finds a whole continent by its name", () => {
    const found = searchCountries("Europe");
    expect(found.length).toBeGreaterThan(50);
    expect(found.every(({ continent }) => continent === "EU")).toBe(true);
  });

  it("finds all with nothing typed, and none for what nobody is called", () => {
    expect(searchCountries("")).toHaveLength(COUNTRY_CODES.length);
    expect(searchCountries("atlantis")).toEqual([]);
    expect(searchCountries("x".repeat(100_000))).toEqual([]);
  });
});

describe("names", () => {
  it("are there for every country, continent and row", () => {
    expect(COUNTRY_CODES.filter((code) => countryName(code) === code)).toEqual([]);
    expect(Object.keys(CONTINENT_NAMES).toSorted()).toEqual([...CONTINENTS]);
    expect(locationName("unknown")).toBe("Unknown location");
    expect(locationName("private")).toBe("Private addresses");
    expect(locationName("DE")).toBe("Germany");
  });
});
