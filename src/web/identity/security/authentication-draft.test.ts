// Drafts of user authentication: read back whole, faults said at once, switches keep numbers.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IDENTITY_POLICY_DEFAULT } from "../../../core/identity/identity-policy.ts";
import {
  readAuthenticationDraft,
  switchRule,
  toAuthenticationDraft,
} from "./authentication-draft.ts";
import { describeRule, describeRuleChanges, RULE_WORDS } from "./authentication-rules.ts";
import { readWholeNumber } from "../../shell/whole-number.ts";

const rules = IDENTITY_POLICY_DEFAULT.userAuthentication;
const draft = toAuthenticationDraft(rules);

describe("drafts of user authentication", () => {
  it("has words for every rule, once", () => {
    expect(RULE_WORDS.map(({ key }) => key)).toEqual(Object.keys(rules));
  });

  it("reads back what it was made from", () => {
    expect(readAuthenticationDraft(draft)).toEqual({ rules, faults: {} });
  });

  it.each(["", " ", "7", "129", "8.5", "-9", "1e2", "eight", "08x"])(
    "does not take %j for a minimum length",
    (numberText) => {
      const read = readAuthenticationDraft({ ...draft, minimumLength: { isOn: true, numberText } });
      expect(read.rules).toBeNull();
      expect(read.faults).toEqual({ minimumLength: "A whole number from 8 to 128." });
    },
  );

  it("takes every number within the bounds and no other", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), (value) => {
        const read = readWholeNumber(String(value), { minimum: 15, maximum: 999 });
        expect(read.ok).toBe(value >= 15 && value <= 999);
      }),
    );
  });

  it("keeps the number of a rule that is switched off, unless it is not accepted", () => {
    const lockout = RULE_WORDS.find(({ key }) => key === "lockout")!;
    expect(switchRule(lockout, { isOn: true, numberText: "9" }, false)).toEqual({
      isOn: false,
      numberText: "9",
    });
    expect(switchRule(lockout, { isOn: true, numberText: "900" }, false)).toEqual({
      isOn: false,
      numberText: "5",
    });
  });

  it("says in words what differs", () => {
    const other = {
      ...rules,
      lockout: { enabled: true, wrongPasswordsMax: 1 },
      expiry: { enabled: true, days: 90 },
    };
    expect(describeRuleChanges(rules, other)).toEqual([
      { title: "Password expires", from: "off", to: "90 days" },
      { title: "Lock after wrong passwords", from: "5 wrong passwords", to: "1 wrong password" },
    ]);
    expect(describeRuleChanges(rules, rules)).toEqual([]);
    expect(describeRule(RULE_WORDS[1]!, rules)).toBe("off");
  });
});
