// Where an address is, as people read it: a country's name, or what stands in its stead.
import type { CountryCode } from "../../core/network/iso-3166.ts";
import { countryName } from "../../api/country-names.ts";

/** @param country ISO 3166-1 alpha-2, `unknown` or `private` */
export function describeCountry(country: string): string {
  if (country === "private") return "private network";
  return /^[A-Z]{2}$/.test(country) ? countryName(country as CountryCode) : "unknown location";
}
