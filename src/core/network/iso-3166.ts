// The countries and regions of ISO 3166-1 by continent, and the small number each has in tables.

/** Continents, by the codes GeoNames uses. Four of them (AF AS NA SA) are country codes too. */
export const CONTINENTS = ["AF", "AN", "AS", "EU", "NA", "OC", "SA"] as const;

export type Continent = (typeof CONTINENTS)[number];

/**
 * Every alpha-2 code officially assigned by ISO 3166-1 (249), each under one continent, after
 * GeoNames (Cyprus in Europe, Turkey in Asia, Timor-Leste in Oceania). Regions with a code of their
 * own (HK, MO, TW, PR, ...) are entries of their own.
 *
 * XK (Kosovo) is the one addition: a user-assigned code, not ISO's, but every country database
 * answers with it, and without it such visitors would be of unknown location.
 * Left out: withdrawn codes (AN) and made-up ones of databases (EU, AP, ZZ); they are unknown.
 */
const CODES_BY_CONTINENT = {
  AF: [
    "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA",
    "MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW",
  ],
  AN: ["AQ BV GS HM TF"],
  AS: [
    "AE AF AM AZ BD BH BN BT CC CN GE HK ID IL IN IO IQ IR JO JP KG KH KP KR KW KZ LA LB LK",
    "MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TM TR TW UZ VN YE",
  ],
  EU: [
    "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE",
    "LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK",
  ],
  NA: [
    "AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX",
    "NI PA PM PR SV SX TC TT US VC VG VI",
  ],
  OC: ["AS AU CK CX FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TL TO TV UM VU WF WS"],
  SA: ["AR BO BR CL CO EC FK GF GY PE PY SR UY VE"],
} as const satisfies Record<Continent, readonly string[]>;

type Words<
  Text extends string,
  Found extends string = never,
> = Text extends `${infer Head} ${infer Tail}` ? Words<Tail, Found | Head> : Found | Text;

/** One of the 250 accepted codes, upper case. */
export type CountryCode = Words<(typeof CODES_BY_CONTINENT)[Continent][number]>;

/** Codes that are accepted but not assigned by ISO 3166-1. */
export const USER_ASSIGNED_CODES: readonly CountryCode[] = ["XK"];

/** What a country policy has a row for: a country, or one of the two rows that are no country. */
export type Location = CountryCode | "unknown" | "private";

const continentByCode = new Map<string, Continent>();
for (const continent of CONTINENTS) {
  for (const line of CODES_BY_CONTINENT[continent]) {
    for (const code of line.split(" ")) continentByCode.set(code, continent);
  }
}

/** All accepted codes in alphabetical order. */
export const COUNTRY_CODES: readonly CountryCode[] = [
  ...(continentByCode.keys() as Iterable<CountryCode>),
].toSorted();

/**
 * The index of a country in compiled policies and country tables is its position in
 * `COUNTRY_CODES`; the two rows that are no country come after. All fit 8 bits.
 * An index is good for one process only; what is stored or sent is the code.
 */
export const UNKNOWN_INDEX = COUNTRY_CODES.length;
export const PRIVATE_INDEX = COUNTRY_CODES.length + 1;
export const COUNTRY_INDEX_COUNT = COUNTRY_CODES.length + 2;

/** Every location in the order of its index. */
export const LOCATIONS: readonly Location[] = [...COUNTRY_CODES, "unknown", "private"];

const indexByLocation = new Map<string, number>(LOCATIONS.map((name, index) => [name, index]));

export function isCountryCode(text: unknown): text is CountryCode {
  return typeof text === "string" && continentByCode.has(text);
}

/** The index of a location. */
export function locationIndex(location: Location): number {
  return indexByLocation.get(location) ?? UNKNOWN_INDEX;
}

/** The location of an index; one that nobody gave out is unknown. */
export function locationOfIndex(index: number): Location {
  return LOCATIONS[index] ?? "unknown";
}

export function continentOf(code: CountryCode): Continent {
  const continent = continentByCode.get(code);
  if (continent === undefined) throw new Error(`not a country code: ${code}`);
  return continent;
}

/** The countries and regions of one continent, in alphabetical order. */
export function countriesOfContinent(continent: Continent): readonly CountryCode[] {
  return COUNTRY_CODES.filter((code) => continentByCode.get(code) === continent);
}
