// Real addresses of each country, drawn from the country database, for simulated visitors.
import { formatAddress, maskAddress } from "../../core/network/address.ts";
import type { Address } from "../../core/network/address.ts";
import { IPV6_WORDS } from "../../core/network/country-table.ts";
import type { CountryTable } from "../../core/network/country-table.ts";
import { locationIndex } from "../../core/network/iso-3166.ts";
import type { CountryCode } from "../../core/network/iso-3166.ts";
import { locate } from "../../core/network/private-addresses.ts";

export type AddressBook = {
  /** Another one each time; null when the database knows none of that country and family. */
  readonly addressIn: (country: CountryCode, family?: 4 | 6) => string | null;
  /** An address whose whole network is nobody else's: what meets the network meets only it. */
  readonly networkIn: (country: CountryCode) => VisitorNetwork | null;
};

export type VisitorNetwork = {
  readonly address: string;
  /** As a CIDR block. */
  readonly block: string;
};

const TRIES_MAX = 50;

export function createAddressBook(table: CountryTable): AddressBook {
  const given = new Set<string>();
  /** Networks in which somebody is, and those that are given whole. */
  const inhabited = new Set<string>();
  const whole = new Set<string>();

  function draw(
    country: CountryCode,
    family: 4 | 6,
    isFree: (block: string) => boolean,
  ): VisitorNetwork | null {
    const index = locationIndex(country);
    const countries = family === 4 ? table.ipv4Countries : table.ipv6Countries;
    const places = positionsOf(countries, index);
    if (places.length === 0) return null;
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const place = places[randomBelow(places.length)]!;
      const address = family === 4 ? ipv4In(table, place) : ipv6In(table, place);
      const text = formatAddress(address);
      const block = blockOf(address);
      // Ranges of documentation and other special blocks are no visitor's.
      if (locate(table, address) !== index || given.has(text) || !isFree(block)) continue;
      given.add(text);
      inhabited.add(block);
      return { address: text, block };
    }
    return null;
  }

  return {
    addressIn: (country, family = 4) =>
      draw(country, family, (block) => !whole.has(block))?.address ?? null,
    networkIn: (country) => {
      const network = draw(country, 4, (block) => !inhabited.has(block));
      if (network !== null) whole.add(network.block);
      return network;
    },
  };
}

/** What one subscriber or one company has at the least. */
function blockOf(address: Address): string {
  const length = address.family === 4 ? 24 : 64;
  return `${formatAddress(maskAddress(address, length))}/${length}`;
}

function positionsOf(countries: Uint8Array, index: number): readonly number[] {
  const positions: number[] = [];
  for (let at = countries.indexOf(index); at !== -1; at = countries.indexOf(index, at + 1)) {
    positions.push(at);
  }
  return positions;
}

function ipv4In(table: CountryTable, at: number): Address {
  const start = table.ipv4Starts[at]!;
  const end = table.ipv4Starts[at + 1] ?? 2 ** 32;
  return { family: 4, w0: 0, w1: 0, w2: 0, w3: start + randomBelow(end - start) };
}

/** A host of the range's first /64 networks. */
function ipv6In(table: CountryTable, at: number): Address {
  const [w0 = 0, w1 = 0] = table.ipv6Starts.subarray(at * IPV6_WORDS, at * IPV6_WORDS + 2);
  const w1InRange = (w1 | randomBelow(256)) >>> 0;
  return { family: 6, w0, w1: w1InRange, w2: randomBelow(2 ** 32), w3: randomBelow(2 ** 32) };
}

export function randomBelow(limit: number): number {
  return Math.floor(Math.random() * limit);
}
