// Names a country or one of the two rows that are none, as beside an address.
import type { Location } from "../../core/network/iso-3166.ts";
import { locationName } from "../../api/country-names.ts";

/** "United Kingdom (GB)", "Unknown location" */
export function nameOfPlace(country: string): string {
  const name = locationName(country as Location);
  return /^[A-Z]{2}$/.test(country) ? `${name} (${country})` : name;
}
