// One IPv4 or IPv6 address as numbers, and the one strict parser of its text.
import type { AddressFault } from "./address-fault.ts";
import { formatIpv4, readIpv4 } from "./ipv4-text.ts";
import { formatIpv6, readIpv6 } from "./ipv6-text.ts";

/**
 * An address in canonical form. IPv4 lives in `w3` with `w0..w2` zero; IPv6 in four big-endian
 * unsigned 32-bit words. `::ffff:a.b.c.d` never exists here: every parser collapses it to IPv4.
 * One shape for both families keeps the hot path monomorphic.
 */
export type Address = {
  readonly family: 4 | 6;
  readonly w0: number;
  readonly w1: number;
  readonly w2: number;
  readonly w3: number;
};

/** Longer texts are refused unread: the longest range of two full spellings has 93 characters. */
export const ADDRESS_TEXT_MAX = 128;

/** The address a text spells, or null. Strict; see `readAddress` for the reason of a refusal. */
export function parseAddress(text: string): Address | null {
  const address = readAddress(text);
  return typeof address === "string" ? null : address;
}

/**
 * The address a text spells, or the code of its fault. Nothing is trimmed; no zone, bracket, port
 * or prefix is accepted. Bounded work for a text of any length.
 */
export function readAddress(text: string): Address | AddressFault {
  const w3 = readIpv4(text);
  if (w3 >= 0) return { family: 4, w0: 0, w1: 0, w2: 0, w3 };
  if (text.length > ADDRESS_TEXT_MAX) return "too-long";
  return text.includes(":") ? readIpv6(text) : "ipv4-malformed";
}

/** Canonical text: dotted for IPv4, RFC 5952 (lower case) for IPv6. */
export function formatAddress(address: Address): string {
  return address.family === 4 ? formatIpv4(address.w3) : formatIpv6(address);
}

/** Below 0, 0 or above 0. IPv4 sorts before IPv6; within a family by number. */
export function compareAddresses(a: Address, b: Address): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.w0 !== b.w0) return a.w0 - b.w0;
  if (a.w1 !== b.w1) return a.w1 - b.w1;
  if (a.w2 !== b.w2) return a.w2 - b.w2;
  return a.w3 - b.w3;
}

/** The address one higher in the same family, or null after the last. */
export function nextAddress(address: Address): Address | null {
  return stepAddress(address, 0xffffffff, 0);
}

/** The address one lower in the same family, or null before the first. */
export function previousAddress(address: Address): Address | null {
  return stepAddress(address, 0, 0xffffffff);
}

/**
 * The first address of the block of `prefixLength` (0..32, IPv6 0..128) that holds the address.
 * Used for the /64 by which IPv6 visitors are counted.
 */
export function maskAddress(address: Address, prefixLength: number): Address {
  if (address.family === 4) {
    return { family: 4, w0: 0, w1: 0, w2: 0, w3: keepBits(address.w3, prefixLength) };
  }
  return {
    family: 6,
    w0: keepBits(address.w0, prefixLength),
    w1: keepBits(address.w1, prefixLength - 32),
    w2: keepBits(address.w2, prefixLength - 64),
    w3: keepBits(address.w3, prefixLength - 96),
  };
}

/** The last address of the block of `prefixLength` that holds the address. */
export function fillAddress(address: Address, prefixLength: number): Address {
  if (address.family === 4) {
    return { family: 4, w0: 0, w1: 0, w2: 0, w3: setRest(address.w3, prefixLength) };
  }
  return {
    family: 6,
    w0: setRest(address.w0, prefixLength),
    w1: setRest(address.w1, prefixLength - 32),
    w2: setRest(address.w2, prefixLength - 64),
    w3: setRest(address.w3, prefixLength - 96),
  };
}

/** A word with its first `bits` kept and the rest zero. Shifts count modulo 32, hence the edges. */
function keepBits(word: number, bits: number): number {
  if (bits >= 32) return word;
  return bits <= 0 ? 0 : (word & (0xffffffff << (32 - bits))) >>> 0;
}

/** A word with its first `bits` kept and the rest one. */
function setRest(word: number, bits: number): number {
  if (bits >= 32) return word;
  return bits <= 0 ? 0xffffffff : (word | (0xffffffff >>> bits)) >>> 0;
}

/** Adds one (`turning` is all ones) or takes one away (`turning` is zero), with carry. */
function stepAddress(address: Address, turning: number, turned: number): Address | null {
  const words: [number, number, number, number] = [address.w0, address.w1, address.w2, address.w3];
  const lowest = address.family === 4 ? 3 : 0;
  for (let i = 3; i >= lowest; i--) {
    if (words[i] !== turning) {
      words[i] = (words[i] as number) + (turning === 0 ? -1 : 1);
      return { family: address.family, w0: words[0], w1: words[1], w2: words[2], w3: words[3] };
    }
    words[i] = turned;
  }
  return null;
}
