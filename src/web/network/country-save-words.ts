// What saving rules of countries would do to those who came lately, and to oneself, in words.
import { COUNTRY_CODES } from "../../core/network/iso-3166.ts";
import type { Location } from "../../core/network/iso-3166.ts";
import type { CountryRule } from "../../core/network/network-policy.ts";
import { countryName, locationName } from "../../api/country-names.ts";
import { countOf } from "../accounts/user-words.ts";
import { actionOf, listNames } from "./country-draft.ts";
import type { CountryFacts } from "./country-view.ts";

const LOCATIONS: readonly Location[] = [...COUNTRY_CODES, "unknown", "private"];

function isRefused(rule: CountryRule, location: Location): boolean {
  return rule.mode === "enforce" && actionOf(rule, location) === "deny";
}

/** What `to` refuses and `from` did not. Rules that only record refuse nobody. */
export function newlyRefused(from: CountryRule, to: CountryRule): readonly Location[] {
  return LOCATIONS.filter((location) => isRefused(to, location) && !isRefused(from, location));
}

const NAMED_MAX = 3;

/**
 * Null where nobody of the last 24 hours would be refused who was not before; those whom the
 * platform refuses anyway do not count. A question where nobody knows.
 */
export function describeNewlyRefused(
  { from, to }: { readonly from: CountryRule; readonly to: CountryRule },
  { refusedAbove, requests }: CountryFacts,
): string | null {
  const refused = newlyRefused(from, to).filter((location) => !refusedAbove.has(location));
  if (refused.length === 0) return null;
  if (requests === null) {
    return (
      "How many requests of the last 24 hours came from what you newly deny could not be found " +
      `out: ${listNames(refused.map(placeName), NAMED_MAX)}.`
    );
  }
  const touched = refused
    .map((location) => ({ location, count: requests.get(location) ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => other.count - one.count);
  if (touched.length === 0) return null;
  const sum = touched.reduce((total, { count }) => total + count, 0);
  const named = touched.map(
    ({ location, count }) => `${placeName(location)} (${count.toLocaleString("en")})`,
  );
  return (
    `${countOf(sum, "request")} of the last 24 hours came from ${placesOf(refused)} you newly ` +
    `deny: ${listNames(named, NAMED_MAX)}. From the moment this is saved they are refused.`
  );
}

function placeName(location: Location): string {
  const name = locationName(location);
  return location === "unknown" || location === "private" ? name.toLowerCase() : name;
}

/** "the 54 countries and regions", "the country", "what" where rows stand for no country. */
function placesOf(locations: readonly Location[]): string {
  const isPlain = !locations.includes("unknown") && !locations.includes("private");
  if (locations.length === 1) return isPlain ? "the country" : "the location";
  return `the ${locations.length} ${isPlain ? "countries and regions" : "locations"}`;
}

type OwnAddress = { readonly address: string; readonly country: Location };

/** Where one is oneself, what saving would do, and who can undo it. */
export function describeOwnRefusal({ address, country }: OwnAddress): string {
  const { where, others, helper } = wordsOfOwn(country);
  return (
    `You are at ${address}, ${where}. From the moment this is saved you are refused there too, ` +
    `and so is whoever else ${others}. Somebody ${helper}, or the host's shell (postern disable ` +
    "country), can undo it."
  );
}

function wordsOfOwn(country: Location) {
  if (country === "private") {
    return {
      where: "a private address, which is in no country",
      others: "comes from a private address",
      helper: "from a public address that is allowed",
    };
  }
  if (country === "unknown") {
    return {
      where: "whose location is unknown",
      others: "comes from an unknown location",
      helper: "from a country that is allowed",
    };
  }
  return {
    where: `in ${countryName(country)} (${country})`,
    others: "is in that country",
    helper: "from another country that is allowed",
  };
}
