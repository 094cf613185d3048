// Checks that whoever wrote what is no list entry is told which text, why, and how to write it.

import { describe, expect, it } from "vitest";
import { parseRule } from "./address-rule.ts";
import {
  describeRuleRefusal,
  describeSoughtRefusal,
  RULE_ACCEPTED,
} from "./describe-rule-refusal.ts";

function refusalOf(input: unknown): string {
  const reading = parseRule(input);
  if (reading.ok) throw new Error(`${reading.canonical} is accepted`);
  return describeRuleRefusal(input, reading);
}

describe("describeSoughtRefusal", () => {
  it.each([
    ["zzz", `“zzz” is no address: write ${RULE_ACCEPTED}.`],
    ["1.2.3.4/24", "“1.2.3.4/24” is not accepted (host bits set): write 1.2.3.0/24 or 1.2.3.4."],
  ])("%o", (text, words) => {
    const reading = parseRule(text);
    expect(reading.ok ? "" : describeSoughtRefusal(text, reading)).toBe(words);
  });
});

describe("describeRuleRefusal", () => {
  it.each([
    ["1.2.3.4/24", "“1.2.3.4/24” is not accepted (host bits set): write 1.2.3.0/24 or 1.2.3.4."],
    [
      " 01.2.3.4 ",
      "“01.2.3.4” is not accepted (ipv4: four decimal parts 0-255, no leading zeros): write " +
        `${RULE_ACCEPTED}.`,
    ],
    [
      "foo <b>bar</b>",
      "“foo <b>bar</b>” is not accepted (prefix: decimal, no sign, no leading zero, no mask " +
        "form): " +
        `write ${RULE_ACCEPTED}.`,
    ],
    ["", `The address is missing (empty): write ${RULE_ACCEPTED}.`],
    [undefined, `The address is missing (must be a string): write ${RULE_ACCEPTED}.`],
    [5, `“5” is not accepted (must be a string): write ${RULE_ACCEPTED}.`],
  ])("%o", (input, words) => expect(refusalOf(input)).toBe(words));

  it("cuts what is long, and shows what would hide or turn text", () => {
    expect(refusalOf("x".repeat(900))).toContain(`“${"x".repeat(60)}…” is not`);
    expect(refusalOf("\u{1f600}".repeat(90))).toContain(`“${"\u{1f600}".repeat(60)}…”`);
    expect(refusalOf("1.2\u202e.3.4\u0000")).toContain("“1.2\\u{202e}.3.4\\u{0}” is not");
  });
});
