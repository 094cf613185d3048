// Answers "how is this text read?" for any place an address can stand in; for the API and the CLI.
import { formatAddress } from "./address.ts";
import type { AddressFault } from "./address-fault.ts";
import { parseRule } from "./address-rule.ts";
import type { RuleKind } from "./address-rule.ts";
import type { HopContext } from "./hop-address.ts";
import { parseHop } from "./hop-address.ts";

export type AddressContext = "rule" | HopContext;

/** Fields that do not apply are null. `start` and `end` are canonical text. */
export type AddressCheck = {
  readonly verdict: "accept" | "reject";
  readonly kind: RuleKind | "hop" | "peer" | null;
  readonly canonical: string | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly family: 4 | 6 | null;
  readonly code: AddressFault | null;
  readonly reason: string | null;
  readonly warn: string | null;
  readonly suggest: string | null;
};

/** By the same readers that the lists and the gate use. */
export function checkAddress(input: unknown, context: AddressContext): AddressCheck {
  return context === "rule" ? checkRule(input) : checkHop(input, context);
}

function checkRule(input: unknown): AddressCheck {
  const reading = parseRule(input);
  if (!reading.ok) return rejected(reading.code, reading.reason, reading.suggest);
  return {
    verdict: "accept",
    kind: reading.kind,
    canonical: reading.canonical,
    start: formatAddress(reading.range.start),
    end: formatAddress(reading.range.end),
    family: reading.range.family,
    code: null,
    reason: null,
    warn: reading.warn,
    suggest: reading.suggest,
  };
}

function checkHop(input: unknown, context: HopContext): AddressCheck {
  const reading = parseHop(input, context);
  if (!reading.ok) return rejected(reading.code, reading.reason, null);
  const canonical = formatAddress(reading.address);
  return {
    verdict: "accept",
    kind: context === "socket" ? "peer" : "hop",
    canonical,
    start: canonical,
    end: canonical,
    family: reading.address.family,
    code: null,
    reason: null,
    warn: null,
    suggest: null,
  };
}

function rejected(code: AddressFault, reason: string, suggest: string | null): AddressCheck {
  return {
    verdict: "reject",
    kind: null,
    canonical: null,
    start: null,
    end: null,
    family: null,
    code,
    reason,
    warn: null,
    suggest,
  };
}
