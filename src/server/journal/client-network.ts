// Names the network by which the addresses of a flood are put together.
import { FLOOD_PREFIX_LENGTHS } from "../../api/address-filter.ts";

/** An address as four unsigned 32-bit words; IPv4 in `w3`. Any address of the core is one. */
export type ClientAddress = {
  readonly family: 4 | 6;
  readonly w0: number;
  readonly w1: number;
  readonly w2: number;
  readonly w3: number;
};

export type ClientNetwork = { readonly text: string; readonly startKey: string };

/** `203.0.0.0/16`, `2001:db8::/32`, and the key of its first address. */
export function networkOf(address: ClientAddress): ClientNetwork {
  if (address.family === 4) {
    const high = address.w3 >>> 16;
    const text = `${high >>> 8}.${high & 255}.0.0/${FLOOD_PREFIX_LENGTHS[4]}`;
    return { text, startKey: hexWord((high << 16) >>> 0) };
  }
  const startKey = hexWord(address.w0) + "0".repeat(24);
  const [first, second] = [address.w0 >>> 16, address.w0 & 0xffff];
  // RFC 5952: the longest run of zero groups is shortened, and here it always reaches the end.
  const groups = second !== 0 ? `${first.toString(16)}:${second.toString(16)}` : first.toString(16);
  const start = address.w0 === 0 ? "" : groups;
  return { text: `${start}::/${FLOOD_PREFIX_LENGTHS[6]}`, startKey };
}

/** Different for each network of a family. */
export function networkNumberOf(address: ClientAddress): number {
  return address.family === 4 ? address.w3 >>> 16 : address.w0 | 0;
}

/** An IPv6 address as eight UTF-16 units: a Map key that costs little to make. */
export function ipv6UnitsOf({ w0, w1, w2, w3 }: ClientAddress): string {
  return String.fromCharCode(
    w0 >>> 16,
    w0 & 0xffff,
    w1 >>> 16,
    w1 & 0xffff,
    w2 >>> 16,
    w2 & 0xffff,
    w3 >>> 16,
    w3 & 0xffff,
  );
}

/** The key of the store for what `ipv6UnitsOf` gave. */
export function storeKeyOfUnits(units: string): string {
  let key = "";
  for (let index = 0; index < units.length; index += 1) {
    key += units.charCodeAt(index).toString(16).padStart(4, "0");
  }
  return key;
}

/** The address as the store sorts it: 8 hex digits for IPv4, 32 for IPv6. */
export function storeKeyOf(address: ClientAddress): string {
  if (address.family === 4) return hexWord(address.w3);
  return hexWord(address.w0) + hexWord(address.w1) + hexWord(address.w2) + hexWord(address.w3);
}

export function hexWord(word: number): string {
  return word.toString(16).padStart(8, "0");
}
