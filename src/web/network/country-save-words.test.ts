// Holds what is said before rules of countries are saved that refuse those who came lately.
import { describe, expect, it } from "vitest";
import { countriesOfContinent } from "../../core/network/iso-3166.ts";
import { ACCOUNT_POLICY_DEFAULT } from "../../core/network/network-policy.ts";
import type { CountryRule } from "../../core/network/network-policy.ts";
import { setCountries } from "./country-draft.ts";
import { describeNewlyRefused, describeOwnRefusal, newlyRefused } from "./country-save-words.ts";
import type { CountryFacts } from "./country-view.ts";

const OFF: CountryRule = ACCOUNT_POLICY_DEFAULT.country;
const ON: CountryRule = { ...OFF, mode: "enforce" };
const EUROPE = setCountries(ON, countriesOfContinent("EU"), "deny");

function facts(requests: Readonly<Record<string, number>>, above: readonly string[] = []) {
  return {
    refusedAbove: new Set(above),
    requests: new Map(Object.entries(requests)),
  } satisfies CountryFacts;
}

describe("what is newly refused", () => {
  it("is what the new rules refuse and the old ones did not", () => {
    const two = setCountries(ON, ["FR", "DE"], "deny");
    expect(newlyRefused(setCountries(ON, ["FR"], "deny"), two)).toEqual(["DE"]);
    expect(newlyRefused(two, ON)).toEqual([]);
    expect(newlyRefused(ON, { ...two, unknown: "deny" })).toEqual(["DE", "FR", "unknown"]);
  });

  it("is everything denied where the rules begin to be enforced, nothing in monitor mode", () => {
    const denied = setCountries(OFF, ["FR"], "deny");
    expect(newlyRefused({ ...denied, mode: "monitor" }, { ...denied, mode: "enforce" })).toEqual([
      "FR",
    ]);
    expect(newlyRefused(OFF, { ...denied, mode: "monitor" })).toEqual([]);
  });

  it("comes with the requests of 24 hours, the most affected first", () => {
    const asked = facts({ FR: 12, DE: 1300, GB: 7, IT: 1, US: 50_000 });
    expect(describeNewlyRefused({ from: ON, to: EUROPE }, asked)).toBe(
      `1,320 requests of the last 24 hours came from the ${countriesOfContinent("EU").length} ` +
        "countries and regions you newly deny: Germany (1,300), France (12) and 2 more. " +
        "From the moment this is saved they are refused.",
    );
    const one = setCountries(ON, ["FR"], "deny");
    expect(describeNewlyRefused({ from: ON, to: one }, facts({ FR: 1 }))).toContain(
      "1 request of the last 24 hours came from the country you newly deny: France (1).",
    );
    const unknown: CountryRule = { ...ON, unknown: "deny" };
    expect(describeNewlyRefused({ from: ON, to: unknown }, facts({ unknown: 3 }))).toContain(
      "from the location you newly deny: unknown location (3).",
    );
  });

  it("is not asked about where nobody came from there, or the platform refuses them anyway", () => {
    const rules = { from: ON, to: EUROPE };
    expect(describeNewlyRefused(rules, facts({ US: 9 }))).toBeNull();
    expect(describeNewlyRefused(rules, facts({ FR: 9 }, ["FR"]))).toBeNull();
    expect(describeNewlyRefused({ from: EUROPE, to: EUROPE }, facts({ FR: 9 }))).toBeNull();
  });

  it("is asked about where the figures cannot be had", () => {
    const unknown = { refusedAbove: new Set<string>(), requests: null };
    const one = setCountries(ON, ["FR"], "deny");
    expect(describeNewlyRefused({ from: ON, to: one }, unknown)).toContain(
      "could not be found out: France.",
    );
    expect(describeNewlyRefused({ from: one, to: ON }, unknown)).toBeNull();
  });
});

describe("the question about one's own address", () => {
  it.each([
    ["FR", "You are at 192.0.2.1, in France (FR).", "whoever else is in that country."],
    ["private", "a private address, which is in no country.", "comes from a private address."],
    ["unknown", "whose location is unknown.", "comes from an unknown location."],
  ] as const)("%s", (country, where, others) => {
    const said = describeOwnRefusal({ address: "192.0.2.1", country });
    expect(said).toContain(where);
    expect(said).toContain(others);
    expect(said).toContain("postern disable country");
  });
});
