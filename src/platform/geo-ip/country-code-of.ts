// Finds the country in one record of a database, whoever made the database.

/**
 * The two-letter code of a record, upper case, or null. Understood are
 * - `{ country_code: "DE" }` (ip-location-db, IPinfo Lite),
 * - `{ country: { iso_code: "DE" } }` (MaxMind GeoIP2 and GeoLite2, DB-IP, IP2Location),
 * - `{ country: "DE" }` (IPinfo).
 *
 * `registered_country` is not taken in its place: it says where the holder of the block is
 * registered, not where its addresses are used.
 */
export function countryCodeOf(record: unknown): string | null {
  if (!isMap(record)) return null;
  const { country } = record;
  return asCode(record["country_code"]) ?? asCode(isMap(country) ? country["iso_code"] : country);
}

function asCode(value: unknown): string | null {
  return typeof value === "string" && /^[A-Za-z]{2}$/.test(value) ? value.toUpperCase() : null;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
