// Reads and compiles an account's IP whitelist, so that each request asks it at the speed of lists.
import type { Address } from "../network/address.ts";
import type { AddressRange } from "../network/address-range.ts";
import { isVeryWide, rangeKeys } from "../network/address-range.ts";
import { parseRule } from "../network/address-rule.ts";
import type { AddressSet } from "../network/address-set.ts";
import { findCovering } from "../network/address-set.ts";
import {
  appendEntry,
  buildAddressSet,
  createAddressSetBuilder,
} from "../network/address-set-builder.ts";
import type { AudioPolicy } from "./audio-policy.ts";

export type CompiledAudioPolicy = AudioPolicy & { readonly addresses: AddressSet };

/** `line` counts from 1, and lines that say nothing count too. */
export type WhitelistFault = { readonly line: number; readonly message: string };

export type WhitelistReading =
  | {
      readonly ok: true;
      /** Canonical, each once, in the order they were written. */
      readonly entries: readonly string[];
      /** The canonical ones that hold more addresses than an IPv4 /8 or an IPv6 /16. */
      readonly veryWide: readonly string[];
    }
  | { readonly ok: false; readonly faults: readonly WhitelistFault[] };

/**
 * A line is an address, a CIDR block or a first–last range, by the one strict reader of rules;
 * lines of blanks alone are left out. Every line that is not accepted is told.
 */
export function readWhitelist(lines: readonly string[]): WhitelistReading {
  const entries = new Map<string, AddressRange>();
  const faults: WhitelistFault[] = [];
  for (const [index, text] of lines.entries()) {
    if (/^[ \t]*$/.test(text)) continue;
    const reading = parseRule(text);
    if (reading.ok) entries.set(reading.canonical, reading.range);
    else faults.push({ line: index + 1, message: describeRefusal(reading) });
  }
  if (faults.length > 0) return { ok: false, faults };
  const veryWide = [...entries].filter(([, range]) => isVeryWide(range)).map(([text]) => text);
  return { ok: true, entries: [...entries.keys()], veryWide };
}

function describeRefusal(refused: {
  readonly reason: string;
  readonly suggest: string | null;
}): string {
  const { reason, suggest } = refused;
  return suggest === null ? `${reason}.` : `${reason}; write ${suggest}.`;
}

/** INVARIANT: of a policy that was read; throws where an entry is not canonical. */
export function compileAudioPolicy(policy: AudioPolicy): CompiledAudioPolicy {
  const builder = createAddressSetBuilder();
  const ranges = policy.whitelist.map(rangeOfEntry).toSorted(compareRanges);
  for (const [index, range] of ranges.entries()) {
    appendEntry(builder, { range, id: index + 1, expiresAtMs: null });
  }
  return { ...policy, addresses: buildAddressSet(builder) };
}

export function isWhitelisted(policy: CompiledAudioPolicy, address: Address): boolean {
  return findCovering(policy.addresses, address, 0) !== 0;
}

function rangeOfEntry(text: string): AddressRange {
  const reading = parseRule(text);
  if (!reading.ok) throw new Error("whitelist entry is not canonical");
  return reading.range;
}

/** Wider ones first where two begin alike, as the builder takes them. */
function compareRanges(a: AddressRange, b: AddressRange): number {
  const [ofA, ofB] = [rangeKeys(a), rangeKeys(b)];
  if (a.family !== b.family) return a.family - b.family;
  if (ofA.start !== ofB.start) return ofA.start < ofB.start ? -1 : 1;
  return ofA.end === ofB.end ? 0 : ofA.end > ofB.end ? -1 : 1;
}
