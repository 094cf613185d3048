// Reads the address, block or range that a query asks about: one meaning for all who answer it.
import { parseRule } from "../core/network/address-rule.ts";
import { addressKey, rangeKeys } from "../core/network/address-range.ts";
import { describeSoughtRefusal } from "../core/network/describe-rule-refusal.ts";
import { maskAddress } from "../core/network/address.ts";

/** What many addresses are put together by in a flood: IPv4 /16, IPv6 /32. */
export const FLOOD_PREFIX_LENGTHS = { 4: 16, 6: 32 } as const;

/** Keys are fixed-width lower-case hex, as in the store. */
export type AddressFilter = {
  readonly family: 4 | 6;
  readonly startKey: string;
  readonly endKey: string;
  /** Start of the flood network that holds the first address. */
  readonly networkKey: string;
};

export type AddressFilterReading =
  | { readonly ok: true; readonly filter: AddressFilter }
  /** `why`: a sentence, for whoever wrote it. */
  | { readonly ok: false; readonly why: string };

export function readAddressFilter(text: string): AddressFilterReading {
  const reading = parseRule(text);
  if (!reading.ok) return { ok: false, why: describeSoughtRefusal(text, reading) };
  const { family, start } = reading.range;
  const keys = rangeKeys(reading.range);
  const networkKey = addressKey(maskAddress(start, FLOOD_PREFIX_LENGTHS[family]));
  return { ok: true, filter: { family, startKey: keys.start, endKey: keys.end, networkKey } };
}
