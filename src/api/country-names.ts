// The names of countries, regions and continents for people, and the search by a part of them.
import { continentOf, COUNTRY_CODES } from "../core/network/iso-3166.ts";
import type { Continent, CountryCode, Location } from "../core/network/iso-3166.ts";

export const CONTINENT_NAMES: Readonly<Record<Continent, string>> = {
  AF: "Africa",
  AN: "Antarctica",
  AS: "Asia",
  EU: "Europe",
  NA: "North America",
  OC: "Oceania",
  SA: "South America",
};

/** What people type that is neither the name Unicode gives nor the code. */
const OTHER_NAMES: Readonly<Partial<Record<CountryCode, string>>> = {
  AE: "UAE Emirates",
  CD: "DRC Zaire",
  CI: "Ivory Coast",
  CV: "Cabo Verde",
  CZ: "Czech Republic",
  FK: "Malvinas",
  GB: "UK Great Britain England Scotland Wales Northern Ireland",
  HK: "Hong Kong",
  KP: "DPRK",
  KR: "Republic of Korea ROK",
  LA: "Lao",
  MK: "Macedonia",
  MM: "Burma",
  MO: "Macau",
  NL: "Holland",
  PS: "Palestine",
  RU: "Russian Federation",
  SZ: "Swaziland",
  TL: "East Timor",
  TR: "Turkey",
  US: "USA America",
  VA: "Holy See",
};

const names = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

export type FoundCountry = {
  readonly code: CountryCode;
  readonly name: string;
  readonly continent: Continent;
};

/** The English name of a country or region ("Hong Kong SAR China"). */
export function countryName(code: CountryCode): string {
  return names.of(code) ?? code;
}

/** The name of a row of a country policy. */
export function locationName(location: Location): string {
  if (location === "unknown") return "Unknown location";
  if (location === "private") return "Private addresses";
  return countryName(location);
}

type Searched = {
  readonly found: FoundCountry;
  readonly name: string;
  readonly words: string;
  readonly continent: string;
};

const searched: readonly Searched[] = COUNTRY_CODES.map((code) => {
  const found = { code, name: countryName(code), continent: continentOf(code) };
  const name = fold(found.name);
  const words = ` ${name} ${fold(OTHER_NAMES[code] ?? "")}`;
  return { found, name, words, continent: fold(CONTINENT_NAMES[found.continent]) };
});

/**
 * Countries and regions by a part of their name or by their code, best first: the code itself, the
 * beginning of the name, the beginning of a word, anywhere in it, the whole continent's name.
 * Case, accents and punctuation do not matter. Empty text finds all, by name.
 */
export function searchCountries(text: string): readonly FoundCountry[] {
  const wanted = fold(text.slice(0, 100));
  return searched
    .map((entry) => ({ entry, rank: rankOf(entry, wanted) }))
    .filter(({ rank }) => rank < NOT_FOUND)
    .toSorted(
      (a, b) => a.rank - b.rank || a.entry.found.name.localeCompare(b.entry.found.name, "en"),
    )
    .map(({ entry }) => entry.found);
}

const NOT_FOUND = 5;

function rankOf({ found, name, words, continent }: Searched, wanted: string): number {
  if (wanted === "") return 1;
  if (found.code.toLowerCase() === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (words.includes(` ${wanted}`)) return 2;
  // One letter in the middle of a word would find nearly everything.
  if (wanted.length > 1 && words.includes(wanted)) return 3;
  return continent === wanted ? 4 : NOT_FOUND;
}

/** Lower case, without accents; whatever is no letter or digit becomes one blank. */
function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/\bsaint\b/g, "st")
    .replace(/['\u2019]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
