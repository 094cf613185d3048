// The address blocks no country database may speak for, after the IANA special-purpose registries.
import { compareAddresses, fillAddress, parseAddress } from "./address.ts";
import type { Address } from "./address.ts";

/**
 * One block. `location` says what a visitor from it is:
 * - `private`: an address of a local network; it has no country by design.
 * - `unknown`: not a visitor's own public address, so no country can be vouched for.
 * - `embedded`: the last 32 bits are the visitor's IPv4 address; its country counts.
 */
export type SpecialBlock = {
  readonly family: 4 | 6;
  readonly start: Address;
  readonly end: Address;
  readonly prefixLength: number;
  readonly location: "private" | "unknown" | "embedded";
  readonly name: string;
  readonly source: string;
};

/**
 * The first block that holds an address wins.
 *
 * 100.64.0.0/10 is private: RFC 6598 section 4 forbids it outside the network that uses it, so who
 * comes from it came over a local network. "Private" says that, not that anybody is trusted.
 *
 * Databases list some of the blocks below because a registry holds them (203.0.113.0/24 is "AU"
 * in the shipped one, 192.168.0.0/16 too); that is an address of the registry, not of a visitor.
 */
export const SPECIAL_BLOCKS: readonly SpecialBlock[] = [
  block("10.0.0.0", 8, "private", "private network", "RFC 1918"),
  block("172.16.0.0", 12, "private", "private network", "RFC 1918"),
  block("192.168.0.0", 16, "private", "private network", "RFC 1918"),
  block("127.0.0.0", 8, "private", "loopback", "RFC 1122"),
  block("169.254.0.0", 16, "private", "link-local", "RFC 3927"),
  block("100.64.0.0", 10, "private", "shared address space (carrier NAT)", "RFC 6598"),
  block("0.0.0.0", 8, "unknown", "this network", "RFC 1122"),
  block("192.0.0.0", 24, "unknown", "protocol assignments", "RFC 6890"),
  block("192.0.2.0", 24, "unknown", "documentation", "RFC 5737"),
  block("198.51.100.0", 24, "unknown", "documentation", "RFC 5737"),
  block("203.0.113.0", 24, "unknown", "documentation", "RFC 5737"),
  block("192.88.99.0", 24, "unknown", "6to4 relay anycast, withdrawn", "RFC 7526"),
  block("198.18.0.0", 15, "unknown", "benchmarking", "RFC 2544"),
  block("224.0.0.0", 4, "unknown", "multicast", "RFC 5771"),
  block("240.0.0.0", 4, "unknown", "reserved", "RFC 1112"),
  block("::1", 128, "private", "loopback", "RFC 4291"),
  // Stateless translators (RFC 7915, RFC 7755) in front of an IPv6-only network write the visitor's
  // IPv4 address here. The prefix is not routed between networks (RFC 6052 section 3.1), so the
  // translator is ours and what it wrote can be relied on.
  block("64:ff9b::", 96, "embedded", "IPv4 behind a translator", "RFC 6052"),
  // Where the IPv4 address stands in this one is each network's own choice.
  block("64:ff9b:1::", 48, "unknown", "local translation", "RFC 8215"),
  block("fc00::", 7, "private", "unique local", "RFC 4193"),
  block("fe80::", 10, "private", "link-local", "RFC 4291"),
  // 6to4 and Teredo hold an IPv4 address too, but anybody may announce these prefixes and relay for
  // them (RFC 3964, RFC 6169): a stranger would choose a country. They are unknown. MaxMind's
  // trees map both onto IPv4, for Teredo even by the server's address; that is not followed.
  block("2001::", 32, "unknown", "Teredo", "RFC 4380"),
  block("2002::", 16, "unknown", "6to4", "RFC 3056"),
  block("2001:db8::", 32, "unknown", "documentation", "RFC 3849"),
  block("3fff::", 20, "unknown", "documentation", "RFC 9637"),
  block("2001::", 23, "unknown", "protocol assignments", "RFC 2928"),
  block("::", 3, "unknown", "outside the global unicast addresses", "RFC 4291"),
  block("4000::", 2, "unknown", "outside the global unicast addresses", "RFC 4291"),
  block("8000::", 1, "unknown", "outside the global unicast addresses", "RFC 4291"),
];

// By first byte, so that an ordinary address is told by one array read.
const ipv4ByFirstByte = blocksByFirstByte(4);
const ipv6ByFirstByte = blocksByFirstByte(6);

/** The special block that holds an address, or undefined for an ordinary public address. */
export function specialBlockOf(address: Address): SpecialBlock | undefined {
  if (address.family === 4) return specialIpv4BlockOf(address.w3);
  const blocks = ipv6ByFirstByte[address.w0 >>> 24];
  if (blocks === undefined) return undefined;
  for (const special of blocks) {
    const isInside =
      compareAddresses(special.start, address) <= 0 && compareAddresses(address, special.end) <= 0;
    if (isInside) return special;
  }
  return undefined;
}

/** The same for an IPv4 address given as one unsigned word. */
export function specialIpv4BlockOf(word: number): SpecialBlock | undefined {
  const blocks = ipv4ByFirstByte[word >>> 24];
  if (blocks === undefined) return undefined;
  for (const special of blocks) {
    if (special.start.w3 <= word && word <= special.end.w3) return special;
  }
  return undefined;
}

function block(
  address: string,
  prefixLength: number,
  ...[location, name, source]: [SpecialBlock["location"], string, string]
): SpecialBlock {
  const start = parseAddress(address);
  if (start === null) throw new Error(`not an address: ${address}`);
  const end = fillAddress(start, prefixLength);
  return { family: start.family, start, end, prefixLength, location, name, source };
}

function blocksByFirstByte(family: 4 | 6): readonly (readonly SpecialBlock[] | undefined)[] {
  const firstByte = (address: Address): number => (family === 4 ? address.w3 : address.w0) >>> 24;
  return Array.from({ length: 256 }, (_, byte) => {
    const blocks = SPECIAL_BLOCKS.filter(
      ({ family: its, start, end }) =>
        its === family && firstByte(start) <= byte && byte <= firstByte(end),
    );
    return blocks.length === 0 ? undefined : blocks;
  });
}
