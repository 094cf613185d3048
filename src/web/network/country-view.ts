// What the list and the map show of each country: what is set, what holds, and what was asked.
import { CONTINENTS, COUNTRY_CODES, countriesOfContinent } from "../../core/network/iso-3166.ts";
import type { Continent, CountryCode } from "../../core/network/iso-3166.ts";
import type { CountryRule, ListAction } from "../../core/network/network-policy.ts";
import { CONTINENT_NAMES, countryName, searchCountries } from "../../api/country-names.ts";
import { countOf } from "../accounts/user-words.ts";
import { actionOf, choiceOf, describeAction } from "./country-draft.ts";
import type { CountryChoice } from "./country-draft.ts";

export type CountryView = {
  readonly code: CountryCode;
  readonly name: string;
  readonly choice: CountryChoice;
  readonly action: ListAction;
  /** The platform's own rules refuse it, whatever an account's say. */
  readonly isRefusedAbove: boolean;
  /** Of the last 24 hours; null: not known. */
  readonly requests: number | null;
};

export type CountryFacts = {
  readonly refusedAbove: ReadonlySet<string>;
  /** All that came from there in the last 24 hours, and what of it passed; null: not known. */
  readonly requests: ReadonlyMap<string, number> | null;
  readonly letThrough: ReadonlyMap<string, number> | null;
};

export function viewCountries(
  rule: CountryRule,
  { refusedAbove, requests }: Pick<CountryFacts, "refusedAbove" | "requests">,
): ReadonlyMap<CountryCode, CountryView> {
  return new Map(
    COUNTRY_CODES.map((code) => [
      code,
      {
        code,
        name: countryName(code),
        choice: choiceOf(rule, code),
        action: actionOf(rule, code),
        isRefusedAbove: refusedAbove.has(code),
        requests: requests === null ? null : (requests.get(code) ?? 0),
      },
    ]),
  );
}

export type CountryFilter = "all" | ListAction;

export type CountryGroup = {
  /** Null: found by a search, best first. */
  readonly continent: Continent | null;
  readonly name: string;
  readonly rows: readonly CountryView[];
};

/** By continent, each by name; what is searched for or filtered stands in one group. */
export function groupCountries(
  views: ReadonlyMap<CountryCode, CountryView>,
  { search, filter }: { readonly search: string; readonly filter: CountryFilter },
): readonly CountryGroup[] {
  const viewsOf = (codes: readonly CountryCode[]) => codes.map((code) => views.get(code)!);
  if (search === "" && filter === "all") {
    return CONTINENTS.map((continent) => ({
      continent,
      name: CONTINENT_NAMES[continent],
      rows: viewsOf(countriesOfContinent(continent)).toSorted((one, other) =>
        one.name.localeCompare(other.name, "en"),
      ),
    }));
  }
  const found = viewsOf(searchCountries(search).map(({ code }) => code));
  const rows = filter === "all" ? found : found.filter(({ action }) => action === filter);
  return [{ continent: null, name: "Found", rows }];
}

/** Of all of them in the last 24 hours; null: not known. */
export function requestsOf(views: readonly CountryView[]): number | null {
  return views.reduce<number | null>(
    (sum, { requests }) => (sum === null || requests === null ? null : sum + requests),
    0,
  );
}

/** " · 1,204 requests in 24 h", or nothing where there are none to tell of. */
export function describeRequests(requests: number | null): string {
  if (requests === null || requests === 0) return "";
  return ` · ${countOf(requests, "request")} in 24 h`;
}

/** "Denied", "Allowed (default)" */
export function describeView({ action, choice }: CountryView): string {
  const word = describeAction(action);
  const upper = `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  return choice === "default" ? `${upper} by default` : upper;
}
