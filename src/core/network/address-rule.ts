// Reads what someone wrote as a list entry: one address, a CIDR block or a first–last range.
import type { Address } from "./address.ts";
import {
  ADDRESS_TEXT_MAX,
  compareAddresses,
  fillAddress,
  maskAddress,
  readAddress,
} from "./address.ts";
import type { AddressFault } from "./address-fault.ts";
import { describeFault } from "./address-fault.ts";
import type { AddressRange } from "./address-range.ts";
import { addressBits, formatRange, isWholeFamily } from "./address-range.ts";
import { hasOddCharacter, trimBlanks } from "./address-characters.ts";
import { suggestRule } from "./rule-suggestion.ts";
import type { RuleWarning } from "./rule-warning.ts";
import { warnAboutRange } from "./rule-warning.ts";

export type RuleKind = "address" | "cidr" | "range";

/**
 * `kind` is how it was written, `canonical` how it is stored: `1.2.3.0-1.2.3.255` is a `range`
 * stored as `1.2.3.0/24`. `warn` asks for attention and never refuses. `suggest` says how to write
 * what was probably meant; it is always text for people.
 */
export type AcceptedRule = {
  readonly ok: true;
  readonly kind: RuleKind;
  readonly range: AddressRange;
  readonly canonical: string;
  readonly warn: string | null;
  readonly warnCode: RuleWarning | null;
  readonly suggest: string | null;
};

export type RefusedRule = {
  readonly ok: false;
  readonly code: AddressFault;
  readonly reason: string;
  readonly suggest: string | null;
};

export type RuleReading = AcceptedRule | RefusedRule;

type Read = { readonly kind: RuleKind; readonly range: AddressRange };

/** `::ffff:0:0`, the first of the IPv4-mapped block, as words. */
const MAPPED_START: Address = { family: 6, w0: 0, w1: 0, w2: 0xffff, w3: 0 };

/**
 * The one strict reader of rules, for forms, imports, API and configuration. Blanks (space, tab) at
 * the ends and around the dash are dropped; nothing else is. Bounded work for an input of any size.
 */
export function parseRule(input: unknown): RuleReading {
  if (typeof input !== "string") return refuse("not-a-string", null);
  if (input.length > ADDRESS_TEXT_MAX) return refuse("too-long", null);
  const text = trimBlanks(input);
  if (text === "") return refuse("empty", null);
  if (hasOddCharacter(text)) return refuse("non-ascii", null);
  const read = readRule(text);
  if (typeof read === "string") return refuse(read, suggestRule(text, read, parseRule));
  const warning = warnAboutRange(read.range);
  return {
    ok: true,
    kind: read.kind,
    range: read.range,
    canonical: formatRange(read.range),
    warn: warning?.text ?? null,
    warnCode: warning?.code ?? null,
    suggest: warning?.suggest ?? null,
  };
}

function refuse(code: AddressFault, suggest: string | null): RefusedRule {
  return { ok: false, code, reason: describeFault(code), suggest };
}

function readRule(text: string): Read | AddressFault {
  const slash = text.indexOf("/");
  const dash = text.indexOf("-");
  // `/-24` is a signed prefix, not the dash of a range.
  if (dash >= 0 && (slash < 0 || dash !== slash + 1)) {
    return readFirstToLast(trimBlanks(text.slice(0, dash)), trimBlanks(text.slice(dash + 1)));
  }
  if (slash >= 0) return readBlock(text.slice(0, slash), text.slice(slash + 1));
  const address = readAddress(text);
  if (typeof address === "string") return address;
  return {
    kind: "address",
    range: { family: address.family, start: address, end: address },
  };
}

function readBlock(addressText: string, prefixText: string): Read | AddressFault {
  if (!/^(?:0|[1-9][0-9]*)$/.test(prefixText)) return "prefix-malformed";
  const address = readAddress(addressText);
  if (typeof address === "string") return address;
  const isMapped = address.family === 4 && addressText.includes(":");
  const writtenLength = Number(prefixText);
  if (writtenLength > (isMapped ? 128 : addressBits(address.family))) return "prefix-too-long";
  const prefixLength = isMapped ? writtenLength - 96 : writtenLength;
  // Below /96 the ones of ::ffff: are host bits themselves.
  if (prefixLength < 0) return "host-bits-set";
  const start = maskAddress(address, prefixLength);
  if (compareAddresses(start, address) !== 0) return "host-bits-set";
  const range = { family: address.family, start, end: fillAddress(address, prefixLength) };
  return holdsMappedBlock(range) ? "covers-mapped-block" : { kind: "cidr", range };
}

function readFirstToLast(firstText: string, lastText: string): Read | AddressFault {
  const start = readAddress(firstText);
  if (typeof start === "string") return start;
  const end = readAddress(lastText);
  if (typeof end === "string") return end;
  if (start.family !== end.family) return "range-mixed-families";
  if (compareAddresses(start, end) > 0) return "range-reversed";
  const range = { family: start.family, start, end };
  return holdsMappedBlock(range) ? "covers-mapped-block" : { kind: "range", range };
}

/**
 * Whether an IPv6 range swallows the mapped block, so that its author may believe that it reaches
 * IPv4. `::/0` is spared: it says plainly "all of IPv6", and never matches IPv4 either.
 */
function holdsMappedBlock(range: AddressRange): boolean {
  return (
    range.family === 6 &&
    compareAddresses(range.start, MAPPED_START) <= 0 &&
    compareAddresses(range.end, MAPPED_START) >= 0 &&
    !isWholeFamily(range)
  );
}
