// Holds how countries are set, many at once, and how what was changed is told.
import { describe, expect, it } from "vitest";
import { COUNTRY_CODES, countriesOfContinent } from "../../core/network/iso-3166.ts";
import { ACCOUNT_POLICY_DEFAULT } from "../../core/network/network-policy.ts";
import type { CountryRule } from "../../core/network/network-policy.ts";
import {
  actionOf,
  choiceOf,
  countCountryChanges,
  deniedCountries,
  describeCountryChanges,
  describeCountryRule,
  listNames,
  setCountries,
  toCountryDraft,
} from "./country-draft.ts";

const OFF = ACCOUNT_POLICY_DEFAULT.country;
const ON: CountryRule = { ...OFF, mode: "enforce" };

describe("countries", () => {
  it("are set many at once, and back to the default", () => {
    const southern = countriesOfContinent("SA");
    const denied = setCountries(ON, southern, "deny");
    expect(deniedCountries(denied)).toEqual(southern);
    expect(setCountries(denied, southern, "default")).toEqual(ON);
    expect(choiceOf(setCountries(denied, ["BR"], "allow"), "BR")).toBe("allow");
  });

  it("stand in one order, however they were set", () => {
    const one = setCountries(setCountries(ON, ["JP"], "deny"), ["DE"], "deny");
    const other = toCountryDraft({ ...ON, countries: { JP: "deny", DE: "deny" } });
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
    expect(Object.keys(one.countries)).toEqual(["DE", "JP"]);
  });

  it("that are not set take the default, which reaches no row that is no country", () => {
    const denying: CountryRule = { ...ON, defaultAction: "deny", countries: { GB: "allow" } };
    expect(actionOf(denying, "FR")).toBe("deny");
    expect(actionOf(denying, "GB")).toBe("allow");
    expect([actionOf(denying, "unknown"), actionOf(denying, "private")]).toEqual([
      "allow",
      "allow",
    ]);
    expect(deniedCountries(denying)).toHaveLength(COUNTRY_CODES.length - 1);
  });
});

describe("changes", () => {
  it("of countries that went the same way are told together, and counted one by one", () => {
    const to = setCountries(ON, ["DE", "FR", "GB", "IT", "JP", "US"], "deny");
    expect(describeCountryChanges(OFF, to)).toEqual([
      { title: "Country protection", from: "Off", to: "Enforce" },
      {
        title: "Germany, France, United Kingdom, Italy and 2 more",
        from: "default (allowed)",
        to: "denied",
      },
    ]);
    expect(countCountryChanges(OFF, to)).toBe(7);
    expect(describeCountryChanges(to, to)).toEqual([]);
  });

  it("of the default and of the two other rows have lines of their own", () => {
    const to: CountryRule = { ...ON, defaultAction: "deny", unknown: "deny", private: "deny" };
    expect(describeCountryChanges(ON, to)).toEqual([
      { title: "All other countries", from: "allowed", to: "denied" },
      { title: "Unknown location", from: "allowed", to: "denied" },
      { title: "Private addresses", from: "allowed", to: "denied" },
    ]);
  });
});

it.each([
  [OFF, "No request is looked at by its country."],
  [ON, "Every country is allowed: nobody is refused."],
  [{ ...ON, countries: { DE: "deny" } }, "Requests from Germany are refused with 403."],
  [
    { ...ON, mode: "monitor", countries: { DE: "deny", FR: "deny" }, unknown: "deny" },
    "Requests from Germany and France and addresses of unknown location are recorded as denied;",
  ],
  [{ ...ON, defaultAction: "deny" }, "Requests from every country are refused"],
  [
    { ...ON, defaultAction: "deny", countries: { GB: "allow" } },
    `Requests from ${COUNTRY_CODES.length - 1} of ${COUNTRY_CODES.length} countries and regions`,
  ],
  [{ ...ON, private: "deny" }, "Requests from private addresses are refused"],
] as const)("the rules %# are said as: %s", (rule: CountryRule, words) => {
  expect(describeCountryRule(rule)).toContain(words);
});

it.each([
  [["A"], "A"],
  [["A", "B"], "A and B"],
  [["A", "B", "C"], "A, B and C"],
  [["A", "B", "C", "D"], "A, B and 2 more"],
])("%j is told as %s", (names, words) => {
  expect(listNames(names, 3)).toBe(words);
});
