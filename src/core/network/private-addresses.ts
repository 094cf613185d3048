// Where an address is: private, unknown or a country; the one answer that country rules use.
import type { Address } from "./address.ts";
import { lookupCountry, lookupCountryRange, lookupIpv4Country } from "./country-table.ts";
import type { CountryRange, CountryTable } from "./country-table.ts";
import { PRIVATE_INDEX, UNKNOWN_INDEX } from "./iso-3166.ts";
import { specialBlockOf, specialIpv4BlockOf } from "./special-addresses.ts";
import type { SpecialBlock } from "./special-addresses.ts";

/** Whether the address belongs to a local network (special-addresses.ts says which ones do). */
export function isPrivateAddress(address: Address): boolean {
  return specialBlockOf(address)?.location === "private";
}

/**
 * The location index of an address. Allocates nothing.
 * INVARIANT: there is always an answer, and what cannot be located is `unknown`, a row of its own
 * in every country policy: nobody passes because a lookup came back empty.
 */
export function locate(table: CountryTable, address: Address): number {
  const block = specialBlockOf(address);
  if (block === undefined) return lookupCountry(table, address);
  if (block.location === "private") return PRIVATE_INDEX;
  if (block.location === "unknown") return UNKNOWN_INDEX;
  // RFC 6052 section 3.1: only public IPv4 addresses may stand in this prefix. One that claims to
  // be a private address was not written by a translator.
  return specialIpv4BlockOf(address.w3) === undefined
    ? lookupIpv4Country(table, address.w3)
    : UNKNOWN_INDEX;
}

/** The same with the network it was taken from and, for a special address, which block that is. */
export type LocatedRange = CountryRange & { readonly special: SpecialBlock | null };

/** What the test box shows: location index and network. `country` always equals `locate`. */
export function locateRange(table: CountryTable, address: Address): LocatedRange {
  const special = specialBlockOf(address) ?? null;
  const country = locate(table, address);
  if (special === null) return { ...lookupCountryRange(table, address), special };
  if (special.location !== "embedded" || specialIpv4BlockOf(address.w3) !== undefined) {
    return { country, start: special.start, end: special.end, special };
  }
  const range = lookupCountryRange(table, { family: 4, w0: 0, w1: 0, w2: 0, w3: address.w3 });
  return {
    country,
    start: { ...special.start, w3: range.start.w3 },
    end: { ...special.start, w3: range.end.w3 },
    special,
  };
}
