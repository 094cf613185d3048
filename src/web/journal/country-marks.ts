// Turns counts of countries into marks of a map: shade by requests, disc by refusals, and words.
import { countryName } from "../../api/country-names.ts";
import type { CountryCode } from "../../core/network/iso-3166.ts";
import { countOf } from "../accounts/user-words.ts";
import type { MapMark, MapTone } from "../network/world-map.tsx";
import type { CountryCounts } from "./overview-sum.ts";

const SHADES: readonly MapTone[] = ["step-1", "step-2", "step-3", "step-4"];

/** Only of countries that somebody came from. */
export function markCountries(
  countries: readonly CountryCounts[],
  heard: ReadonlyMap<string, number>,
): ReadonlyMap<CountryCode, MapMark> {
  const placed = countries.filter(({ country }) => /^[A-Z]{2}$/.test(country));
  const most = (pick: (counts: CountryCounts) => number): number =>
    placed.reduce((max, counts) => Math.max(max, pick(counts)), 0);
  const requestsMax = most(({ requests }) => requests);
  const refusedMax = most(({ refused }) => refused);
  const monitoredMax = most(({ monitored }) => monitored);
  return new Map(
    placed.map((counts) => {
      const { country, requests, refused, monitored } = counts;
      const disc =
        refused > 0
          ? { share: refused / refusedMax, isOpen: false }
          : { share: monitored / Math.max(monitoredMax, refusedMax), isOpen: true };
      const mark: MapMark = {
        tone: shadeOf(requests, requestsMax),
        label: describeCounts(counts),
        ...(refused + monitored === 0 ? {} : { disc }),
        pulse: heard.get(country) ?? 0,
      };
      return [country as CountryCode, mark];
    }),
  );
}

/** One country has often a thousand times what another has, so a shade is a factor. */
const SHADE_FACTOR = 6;

function shadeOf(requests: number, max: number): MapTone {
  const below = Math.floor(Math.log(max / requests) / Math.log(SHADE_FACTOR));
  return SHADES[Math.max(0, SHADES.length - 1 - below)] ?? "step-1";
}

/** "Brazil: 1,203 requests, 43 refused" */
function describeCounts({ country, requests, refused, monitored }: CountryCounts): string {
  const count = (number: number): string => number.toLocaleString("en");
  const words = [
    countOf(requests, "request"),
    refused === 0 ? "none refused" : `${count(refused)} refused`,
  ];
  if (monitored > 0) words.push(`${count(monitored)} only recorded`);
  return `${countryTitle(country)}: ${words.join(", ")}`;
}

/** What stands behind the name of what is on no map: "1 request, 0 refused" */
export function describeOffTheMap({
  requests,
  refused,
}: Pick<CountryCounts, "requests" | "refused">): string {
  return `${countOf(requests, "request")}, ${refused.toLocaleString("en")} refused`;
}

/** @param country ISO 3166-1 alpha-2, `unknown` or `private` */
export function countryTitle(country: string): string {
  if (country === "private") return "Private network";
  return /^[A-Z]{2}$/.test(country) ? countryName(country as CountryCode) : "Unknown location";
}
