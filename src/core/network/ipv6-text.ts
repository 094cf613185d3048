// Reads and writes the text of one IPv6 address (RFC 4291 2.2 strict, RFC 5952 out).
import type { Address } from "./address.ts";
import type { AddressFault } from "./address-fault.ts";
import { readIpv4 } from "./ipv4-text.ts";

const COLON = 58;
const DOT = 46;
const PREFIX_64_FF9B = 0x0064ff9b;

type Groups = { readonly values: number[]; readonly hasDottedTail: boolean };

/**
 * Reads an IPv6 text without zone, brackets or prefix. `::ffff:a.b.c.d` and its hex spelling come
 * back as IPv4. A dotted tail is read only where it has a meaning: mapped (RFC 4291 2.5.5.2) and
 * NAT64 (RFC 6052) addresses.
 */
export function readIpv6(text: string): Address | AddressFault {
  const groups = readGroups(text);
  if (groups === null) return faultOfIpv6(text);
  const [g0, g1, g2, g3, g4, g5, g6, g7] = groups.values as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const w0 = g0 * 65536 + g1;
  const w1 = g2 * 65536 + g3;
  const w2 = g4 * 65536 + g5;
  const w3 = g6 * 65536 + g7;
  // INVARIANT: a mapped address never exists as IPv6 here, or rules could be walked around by
  // spelling (CVE-2026-30827).
  if (w0 === 0 && w1 === 0 && w2 === 0xffff) return { family: 4, w0: 0, w1: 0, w2: 0, w3 };
  if (groups.hasDottedTail && !(w0 === PREFIX_64_FF9B && w1 === 0 && w2 === 0)) {
    return "dotted-tail";
  }
  return { family: 6, w0, w1, w2, w3 };
}

/** RFC 5952: lower case, no leading zeros, the first longest run of two or more zeros as ::. */
export function formatIpv6(address: Address): string {
  const groups = [
    address.w0 >>> 16,
    address.w0 & 0xffff,
    address.w1 >>> 16,
    address.w1 & 0xffff,
    address.w2 >>> 16,
    address.w2 & 0xffff,
    address.w3 >>> 16,
    address.w3 & 0xffff,
  ];
  const gap = longestZeroRun(groups);
  if (gap.length < 2) return joinHex(groups);
  return `${joinHex(groups.slice(0, gap.at))}::${joinHex(groups.slice(gap.at + gap.length))}`;
}

function readGroups(text: string): Groups | null {
  const length = text.length;
  if (length < 2 || length > 45) return null;
  const values: number[] = [];
  let gapAt = -1;
  let hasDottedTail = false;
  let i = 0;
  if (text.charCodeAt(0) === COLON) {
    if (text.charCodeAt(1) !== COLON) return null;
    gapAt = 0;
    i = 2;
  }
  while (i < length) {
    const groupAt = i;
    let group = 0;
    let digit = hexDigit(text.charCodeAt(i));
    while (digit >= 0) {
      group = group * 16 + digit;
      if (++i - groupAt > 4) return null;
      digit = i < length ? hexDigit(text.charCodeAt(i)) : -1;
    }
    if (i < length && text.charCodeAt(i) === DOT) {
      const tail = readIpv4(text.slice(groupAt));
      if (tail < 0) return null;
      values.push(tail >>> 16, tail & 0xffff);
      hasDottedTail = true;
      break;
    }
    if (i === groupAt) return null;
    values.push(group);
    if (values.length > 8) return null;
    if (i === length) break;
    if (text.charCodeAt(i) !== COLON || ++i === length) return null;
    if (text.charCodeAt(i) === COLON) {
      if (gapAt >= 0) return null;
      gapAt = values.length;
      i++;
    }
  }
  return fillGap(values, gapAt) ? { values, hasDottedTail } : null;
}

/** Puts the zeros that :: stands for (one group or more) in their place. */
function fillGap(values: number[], gapAt: number): boolean {
  if (gapAt < 0) return values.length === 8;
  const missing = 8 - values.length;
  if (missing < 1) return false;
  values.splice(gapAt, 0, ...[0, 0, 0, 0, 0, 0, 0, 0].slice(0, missing));
  return true;
}

/** Only ever asked about a text that is no IPv6 address: which fault to name first. */
function faultOfIpv6(text: string): AddressFault {
  if (text.includes("%")) return "zone-not-allowed";
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char !== COLON && char !== DOT && hexDigit(char) < 0) return "not-an-address";
  }
  const gapAt = text.indexOf("::");
  if (gapAt >= 0 && text.includes("::", gapAt + 1)) return "ipv6-double-gap";
  const hasTail = text.includes(".");
  if (hasTail && readIpv4(text.slice(text.lastIndexOf(":") + 1)) < 0) return "ipv4-malformed";
  return "ipv6-malformed";
}

function hexDigit(char: number): number {
  if (char >= 48 && char <= 57) return char - 48;
  const lower = char | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

function longestZeroRun(groups: readonly number[]): { at: number; length: number } {
  const best = { at: 0, length: 0 };
  let run = 0;
  for (let i = 0; i < groups.length; i++) {
    run = groups[i] === 0 ? run + 1 : 0;
    if (run > best.length) {
      best.at = i - run + 1;
      best.length = run;
    }
  }
  return best;
}

function joinHex(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16)).join(":");
}
