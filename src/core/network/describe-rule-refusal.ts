// Says in one sentence why a text is no list entry, and how to write it right.
import type { RefusedRule } from "./address-rule.ts";
import { trimBlanks } from "./address-characters.ts";
import { quoteText } from "./quote-text.ts";

/** What is accepted, after "write". */
export const RULE_ACCEPTED =
  "an address (203.0.113.7), a block (203.0.113.0/24) or a range (203.0.113.5-203.0.113.20), " +
  "IPv4 or IPv6";

/** @param input what was refused */
export function describeRuleRefusal(input: unknown, refused: RefusedRule): string {
  const { code, reason } = refused;
  if (input === undefined || code === "empty") {
    return `The address is missing (${reason}): ${howToWrite(refused)}`;
  }
  const text = typeof input === "string" ? trimBlanks(input) : JSON.stringify(input);
  return `${quoteText(text)} is not accepted (${reason}): ${howToWrite(refused)}`;
}

/** The same for whoever looks something up, and may have typed what is not nearly an address. */
export function describeSoughtRefusal(text: string, refused: RefusedRule): string {
  if (/[0-9]/.test(text)) return describeRuleRefusal(text, refused);
  return `${quoteText(trimBlanks(text))} is no address: ${howToWrite(refused)}`;
}

function howToWrite({ suggest }: RefusedRule): string {
  return `write ${suggest ?? RULE_ACCEPTED}.`;
}
