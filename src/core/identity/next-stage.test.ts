// Checks what a sign-in still asks for, and in which order.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyTwoFactorRules } from "../../../test/identity/example-identity.ts";
import { decideNextStage } from "./next-stage.ts";
import type { NextStageFacts } from "./next-stage.ts";
import { FACTOR_METHODS } from "./second-factor.ts";

const EVERY = { frequency: "every-login", required: { enabled: false } } as const;
const SKIP = { ...EVERY, frequency: "14-days-skip" } as const;
const REQUIRED = { ...EVERY, required: { enabled: true } } as const;

function factsWith(facts: Partial<NextStageFacts>): NextStageFacts {
  return {
    methods: [],
    isFactorPassed: false,
    isBrowserTrusted: false,
    mustChangePassword: false,
    rules: EVERY,
    ...facts,
  };
}

const MUST = { mustChangePassword: true };
const APP = { methods: ["app"] } as const;

describe("a sign-in with the right password", () => {
  it.each([
    ["without a second factor", {}, "none sign-in-whole"],
    ["with an app", APP, "second-factor second-factor-on"],
    ["with e-mail codes", { methods: ["email"] }, "second-factor second-factor-on"],
    ["with a passkey", { methods: ["passkey"] }, "second-factor second-factor-on"],
    ["after its factor", { ...APP, isFactorPassed: true }, "none sign-in-whole"],
    ["in a trusted browser", { ...APP, isBrowserTrusted: true, rules: SKIP }, "none sign-in-whole"],
    [
      "in a trusted browser, at every login again",
      { ...APP, isBrowserTrusted: true },
      "second-factor second-factor-on",
    ],
    ["in another browser", { ...APP, rules: SKIP }, "second-factor second-factor-on"],
    ["of a password that must change", MUST, "change-password password-must-change"],
    // attack row 73: nothing of the password before the factor
    [
      "of a password that must change, with an app",
      { ...APP, ...MUST },
      "second-factor second-factor-on",
    ],
    [
      "of a password that must change, after the factor",
      { ...APP, ...MUST, isFactorPassed: true },
      "change-password password-must-change",
    ],
    [
      "of a password that must change, in a trusted browser",
      { ...APP, ...MUST, isBrowserTrusted: true, rules: SKIP },
      "change-password password-must-change",
    ],
    [
      "where one is required and missing",
      { rules: REQUIRED },
      "set-up-second-factor second-factor-missing",
    ],
    [
      "where one is missing and the password must change",
      { ...MUST, rules: REQUIRED },
      "change-password password-must-change",
    ],
    ["where one is required and on", { ...APP, rules: REQUIRED }, "second-factor second-factor-on"],
    [
      "where one is required and was passed",
      { ...APP, isFactorPassed: true, rules: REQUIRED },
      "none sign-in-whole",
    ],
  ] as const)("%s", (_, facts, outcome) => {
    const { verdict, reason } = decideNextStage(factsWith(facts));
    expect(`${verdict} ${reason}`).toBe(outcome);
  });
});

const anyFacts: fc.Arbitrary<NextStageFacts> = fc.record({
  methods: fc.subarray([...FACTOR_METHODS]),
  isFactorPassed: fc.boolean(),
  isBrowserTrusted: fc.boolean(),
  mustChangePassword: fc.boolean(),
  rules: anyTwoFactorRules,
});

describe("every sign-in", () => {
  it("goes past the factor only with it, without any, or where trust is the rule", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { verdict } = decideNextStage(facts);
        const isTrusted = facts.isBrowserTrusted && facts.rules.frequency === "14-days-skip";
        const mayPass = facts.methods.length === 0 || facts.isFactorPassed || isTrusted;
        expect(verdict === "second-factor").toBe(!mayPass);
      }),
      { numRuns: 500 },
    );
  });

  it("is whole only when nothing is left, and asks for one thing after the other", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { verdict } = decideNextStage(facts);
        if (verdict === "none") {
          expect(facts.mustChangePassword).toBe(false);
          expect(facts.rules.required.enabled && facts.methods.length === 0).toBe(false);
        }
        const passed = decideNextStage({ ...facts, isFactorPassed: true }).verdict;
        const changed = { ...facts, isFactorPassed: true, mustChangePassword: false };
        const last = decideNextStage(changed).verdict;
        expect(["none", "change-password", "set-up-second-factor"]).toContain(passed);
        expect(["none", "set-up-second-factor"]).toContain(last);
        const app = { ...changed, methods: ["app"] } as const;
        expect(decideNextStage(app).verdict).toBe("none");
      }),
      { numRuns: 500 },
    );
  });
});
