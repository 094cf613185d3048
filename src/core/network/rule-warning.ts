// What to say about a list entry that is valid and yet probably not what its author wants.
import type { Address } from "./address.ts";
import { formatAddress } from "./address.ts";
import type { AddressRange } from "./address-range.ts";
import { isVeryWide, isWholeFamily, prefixLengthOf } from "./address-range.ts";

export type RuleWarning = "whole-family" | "very-wide" | "never-a-client";

export type Warning = {
  readonly code: RuleWarning;
  readonly text: string;
  readonly suggest: string | null;
};

const COUNT_WORDS: Readonly<Record<number, string>> = { 2: "two", 4: "four", 8: "eight" };

/** Null for the ordinary entry. */
export function warnAboutRange(range: AddressRange): Warning | null {
  if (isWholeFamily(range)) {
    return {
      code: "whole-family",
      text: "whole family: needs typed confirmation and the self-lockout check",
      suggest: null,
    };
  }
  if (isVeryWide(range)) return { code: "very-wide", text: describeWidth(range), suggest: null };
  if (isNeverClient(range)) {
    const whole = isUnspecified(range.end) ? `${formatAddress(range.end)}/0?` : null;
    return { code: "never-a-client", text: "never a client address", suggest: whole };
  }
  return null;
}

function describeWidth(range: AddressRange): string {
  const all = range.family === 4 ? "0.0.0.0/0" : "::/0";
  const ask = "confirm any union that covers over 1/16 of a family";
  const prefixLength = prefixLengthOf(range);
  if (prefixLength === null) {
    return `broad range: more than a /${range.family === 4 ? 8 : 16}; ${ask}`;
  }
  const count = 2 ** prefixLength;
  return `broad prefix: ${COUNT_WORDS[count] ?? count} of them equal ${all}; ${ask}`;
}

/** Unspecified, broadcast and multicast are no source of a connection (RFC 1122 3.2.1.3). */
function isNeverClient(range: AddressRange): boolean {
  const { start, end } = range;
  if (isUnspecified(end)) return true;
  if (range.family === 6) return start.w0 >>> 24 === 0xff;
  return start.w3 === 0xffffffff || (start.w3 >>> 28 === 14 && end.w3 >>> 28 === 14);
}

function isUnspecified(address: Address): boolean {
  return address.w0 === 0 && address.w1 === 0 && address.w2 === 0 && address.w3 === 0;
}
