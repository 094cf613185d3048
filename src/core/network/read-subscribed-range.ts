// Judges the range of one line of a subscribed list by the reader that all other lists go through.

import { nextAddress, compareAddresses } from "./address.ts";
import type { Address } from "./address.ts";
import { isVeryWide } from "./address-range.ts";
import type { AddressRange } from "./address-range.ts";
import { parseRule } from "./address-rule.ts";
import { specialBlockOf } from "./special-addresses.ts";

export type RangeReading =
  | { readonly ok: true; readonly range: AddressRange }
  | { readonly ok: false; readonly message: string };

/**
 * Very wide ranges are refused: whoever takes over somebody's list must not shut out half of the
 * world by one line. Those that no visitor can come from are taken (lists of bogus ranges have
 * 224.0.0.0/3). The message never repeats the line, which may come from a file that is no list.
 */
export function readSubscribedRange(text: string): RangeReading {
  const rule = parseRule(text);
  if (!rule.ok) return { ok: false, message: rule.reason };
  if (!isVeryWide(rule.range) || isWhollySpecial(rule.range))
    return { ok: true, range: rule.range };
  const prefix = rule.range.family === 4 ? "/8" : "/16";
  return { ok: false, message: `wider than ${prefix}, which no subscribed list may deny` };
}

function isWhollySpecial(range: AddressRange): boolean {
  let from: Address | null = range.start;
  while (from !== null && compareAddresses(from, range.end) <= 0) {
    const block = specialBlockOf(from);
    if (block === undefined) return false;
    from = nextAddress(block.end);
  }
  return true;
}
