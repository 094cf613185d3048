// Holds that the source of the country database is told in words, not by a file's name.
import { expect, it } from "vitest";
import { describeCountrySource } from "./country-database-words.ts";

it.each([
  ["shipped", /^Shipped with Postern: .*registries/],
  ["dropped-in", /^Your own: put into DATA_DIR\/geo, or fetched .*“GeoLite2-Country”\)$/],
  ["last-good", /^Your own, the last one that could be read.*“GeoLite2-Country”\)$/],
  [null, /^Not known/],
])("%s", (origin, words) => {
  expect(describeCountrySource({ origin, databaseType: "GeoLite2-Country" })).toMatch(words);
});

it("leaves out how the shipped file calls itself, and a name that is not there", () => {
  const shipped = describeCountrySource({ origin: "shipped", databaseType: "country ipvAll" });
  expect(shipped).not.toContain("ipvAll");
  expect(describeCountrySource({ origin: "dropped-in", databaseType: null })).not.toContain("(it");
});
