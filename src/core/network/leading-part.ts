// Reads the beginning of an address, as one types it into a search, as the range it stands for.

import type { AddressRange } from "./address-range.ts";
import { parseRule } from "./address-rule.ts";

const IPV4_PART = /^(?:\d{1,3}\.){1,3}\d{0,3}$/;
const IPV6_PART = /^(?:[0-9a-f]{1,4}:){1,7}[0-9a-f]{0,4}$/i;

/**
 * `203.0.113.` and `203.0.113` are 203.0.113.0/24, `2001:db8:` is 2001:db8::/32: whole octets and
 * groups only. Null for whole addresses, and for what begins no address, such as part of a note.
 */
export function readLeadingPart(text: string): AddressRange | null {
  if (IPV4_PART.test(text)) return readParts(text.split("."), { mark: ".", bits: 8, count: 4 });
  if (IPV6_PART.test(text)) return readParts(text.split(":"), { mark: ":", bits: 16, count: 8 });
  return null;
}

function readParts(
  texts: readonly string[],
  form: { readonly mark: string; readonly bits: number; readonly count: number },
): AddressRange | null {
  const { mark, bits, count } = form;
  const parts = texts.at(-1) === "" ? texts.slice(0, -1) : texts;
  if (parts.length >= count) return null;
  const zeros = Array.from({ length: count - parts.length }, () => "0");
  const rule = parseRule(`${[...parts, ...zeros].join(mark)}/${parts.length * bits}`);
  return rule.ok ? rule.range : null;
}
