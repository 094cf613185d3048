// What saving rules of countries would do to those who came lately, in words.
import { COUNTRY_CODES } from "../../core/network/iso-3166.ts";
import type { Location } from "../../core/network/iso-3166.ts";
import type { CountryRule } from "../../core/network/network-policy.ts";
import { locationName } from "../../api/country-names.ts";
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

export type RuleMove = {
  readonly from: CountryRule;
  readonly to: CountryRule;
  /** After which it goes back unless it is confirmed; null: it stays. */
  readonly minutes: number | null;
};

/**
 * Null where nobody would be refused who was let through in the last 24 hours; those whom the
 * platform refuses anyway do not count. A question where nobody knows.
 */
export function describeNewlyRefused(
  { from, to, minutes }: RuleMove,
  { refusedAbove, letThrough }: CountryFacts,
): string | null {
  const refused = newlyRefused(from, to).filter((location) => !refusedAbove.has(location));
  if (refused.length === 0) return null;
  if (letThrough === null) {
    return (
      "How many requests that were let through in the last 24 hours came from what you newly " +
      `deny could not be found out: ${listNames(refused.map(placeName), NAMED_MAX)}.`
    );
  }
  const touched = refused
    .map((location) => ({ location, count: letThrough.get(location) ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => other.count - one.count);
  if (touched.length === 0) return null;
  const sum = touched.reduce((total, { count }) => total + count, 0);
  const named = touched.map(
    ({ location, count }) => `${placeName(location)} (${count.toLocaleString("en")})`,
  );
  const were = sum === 1 ? "was" : "were";
  return (
    `${countOf(sum, "request")} of the last 24 hours that ${were} let through came from ` +
    `${placesOf(refused)} you newly deny: ${listNames(named, NAMED_MAX)}. From the moment ` +
    "this is saved such requests are refused, except from addresses on an allow entry." +
    tellEnd(minutes)
  );
}

function tellEnd(minutes: number | null): string {
  if (minutes === null) return "";
  return ` It goes back after ${countOf(minutes, "minute")} unless you confirm it.`;
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
