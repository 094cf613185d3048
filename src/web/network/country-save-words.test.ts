// Holds what is said before rules of countries are saved that refuse those who came lately.
import { describe, expect, it } from "vitest";
import { countriesOfContinent } from "../../core/network/iso-3166.ts";
import { ACCOUNT_POLICY_DEFAULT } from "../../core/network/network-policy.ts";
import type { CountryRule } from "../../core/network/network-policy.ts";
import { setCountries } from "./country-draft.ts";
import { describeNewlyRefused, newlyRefused } from "./country-save-words.ts";
import type { CountryFacts } from "./country-view.ts";

const STAYS = { minutes: null };

const OFF: CountryRule = ACCOUNT_POLICY_DEFAULT.country;
const ON: CountryRule = { ...OFF, mode: "enforce" };
const EUROPE = setCountries(ON, countriesOfContinent("EU"), "deny");

function facts(letThrough: Readonly<Record<string, number>>, above: readonly string[] = []) {
  return {
    refusedAbove: new Set(above),
    // Whoever is refused already came as well.
    requests: new Map(Object.entries(letThrough).map(([code, count]) => [code, count + 567])),
    letThrough: new Map(Object.entries(letThrough)),
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

  it("comes with what was let through in 24 hours, the most affected first", () => {
    const asked = facts({ FR: 12, DE: 1300, GB: 7, IT: 1, US: 50_000 });
    expect(describeNewlyRefused({ ...STAYS, from: ON, to: EUROPE }, asked)).toBe(
      "1,320 requests of the last 24 hours that were let through came from the " +
        `${countriesOfContinent("EU").length} countries and regions you newly deny: ` +
        "Germany (1,300), France (12) and 2 more. From the moment this is saved such requests " +
        "are refused, except from addresses on an allow entry.",
    );
    const one = setCountries(ON, ["FR"], "deny");
    expect(describeNewlyRefused({ ...STAYS, from: ON, to: one }, facts({ FR: 1 }))).toContain(
      "1 request of the last 24 hours that was let through came from the country you newly deny: " +
        "France (1).",
    );
    const unknown: CountryRule = { ...ON, unknown: "deny" };
    expect(
      describeNewlyRefused({ ...STAYS, from: ON, to: unknown }, facts({ unknown: 3 })),
    ).toContain("from the location you newly deny: unknown location (3).");
  });

  it("says when it goes back, where it does", () => {
    const one = { from: ON, to: setCountries(ON, ["FR"], "deny") };
    expect(describeNewlyRefused({ ...one, minutes: 1 }, facts({ FR: 1 }))).toMatch(
      / are refused, .* It goes back after 1 minute unless you confirm it\.$/,
    );
    expect(describeNewlyRefused({ ...one, minutes: 30 }, facts({ FR: 1 }))).toContain("30 minutes");
  });

  it("is not asked about where nobody came from there, or the platform refuses them anyway", () => {
    const rules = { ...STAYS, from: ON, to: EUROPE };
    expect(describeNewlyRefused(rules, facts({ US: 9 }))).toBeNull();
    expect(describeNewlyRefused(rules, facts({ FR: 9 }, ["FR"]))).toBeNull();
    expect(
      describeNewlyRefused({ ...STAYS, from: EUROPE, to: EUROPE }, facts({ FR: 9 })),
    ).toBeNull();
  });

  it("is asked about where the figures cannot be had", () => {
    const unknown = { refusedAbove: new Set<string>(), requests: null, letThrough: null };
    const one = setCountries(ON, ["FR"], "deny");
    expect(describeNewlyRefused({ ...STAYS, from: ON, to: one }, unknown)).toContain(
      "could not be found out: France.",
    );
    expect(describeNewlyRefused({ ...STAYS, from: one, to: ON }, unknown)).toBeNull();
  });
});
