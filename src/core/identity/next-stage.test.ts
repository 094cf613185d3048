// Checks what a sign-in still asks for, and in which order.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyPolicy } from "../../../test/identity/example-identity.ts";
import { strictestPolicy } from "./effective-policy.ts";
import { IDENTITY_POLICY_DEFAULT } from "./identity-policy.ts";
import { decideNextStage } from "./next-stage.ts";
import type { NextStageFacts } from "./next-stage.ts";
import { FACTOR_METHODS } from "./second-factor.ts";
import type { SignInStage } from "./sign-in-stage.ts";

const EVERY = {
  twoFactor: { frequency: "every-login", required: { enabled: false } },
  singleSignOn: { askSecondFactor: { enabled: false } },
} as const;
const SKIP = { ...EVERY, twoFactor: { ...EVERY.twoFactor, frequency: "14-days-skip" } } as const;
const REQUIRED = {
  ...EVERY,
  twoFactor: { ...EVERY.twoFactor, required: { enabled: true } },
} as const;
const ASKING = { singleSignOn: { askSecondFactor: { enabled: true } } } as const;

function factsWith(facts: Partial<NextStageFacts>): NextStageFacts {
  return {
    methods: [],
    isFactorPassed: false,
    isBrowserTrusted: false,
    mustChangePassword: false,
    provider: null,
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

const SSO = { provider: { vouches: false } } as const;
const VOUCHED = { provider: { vouches: true } } as const;

/** SPEC 3.5: asked for where the account says so, or requires one that is not vouched for. */
describe("a sign-in by a provider", () => {
  it.each([
    ["without a second factor", SSO, "none sign-in-whole"],
    ["with an app", { ...SSO, ...APP }, "none sign-in-whole"],
    ["with an app, vouched for", { ...VOUCHED, ...APP }, "none sign-in-whole"],
    [
      "with an app, where it is asked for",
      { ...SSO, ...APP, rules: { ...EVERY, ...ASKING } },
      "second-factor second-factor-on",
    ],
    [
      "with an app, where it is asked for, vouched for all the same",
      { ...VOUCHED, ...APP, rules: { ...EVERY, ...ASKING } },
      "second-factor second-factor-on",
    ],
    [
      "without any, where it is asked for",
      { ...SSO, rules: { ...EVERY, ...ASKING } },
      "none sign-in-whole",
    ],
    [
      "in a trusted browser, where it is asked for",
      { ...SSO, ...APP, isBrowserTrusted: true, rules: { ...SKIP, ...ASKING } },
      "none sign-in-whole",
    ],
    [
      "in a trusted browser, at every login",
      { ...SSO, ...APP, isBrowserTrusted: true, rules: { ...EVERY, ...ASKING } },
      "second-factor second-factor-on",
    ],
    [
      "after its factor, where it is asked for",
      { ...SSO, ...APP, isFactorPassed: true, rules: { ...EVERY, ...ASKING } },
      "none sign-in-whole",
    ],
    [
      "where one is required",
      { ...SSO, ...APP, rules: REQUIRED },
      "second-factor second-factor-on",
    ],
    [
      "where one is required, vouched for",
      { ...VOUCHED, ...APP, rules: REQUIRED },
      "none sign-in-whole",
    ],
    [
      "where one is required, vouched for, and asked for",
      { ...VOUCHED, ...APP, rules: { ...REQUIRED, ...ASKING } },
      "second-factor second-factor-on",
    ],
    [
      "where one is required and missing",
      { ...SSO, rules: REQUIRED },
      "set-up-second-factor second-factor-missing",
    ],
    [
      "where one is required and missing, vouched for",
      { ...VOUCHED, rules: REQUIRED },
      "none sign-in-whole",
    ],
    [
      "where one is required and missing, vouched for, and asked for",
      { ...VOUCHED, rules: { ...REQUIRED, ...ASKING } },
      "none sign-in-whole",
    ],
    [
      "of a password that must change",
      { ...VOUCHED, ...APP, ...MUST },
      "change-password password-must-change",
    ],
    [
      "of a password that must change, where the factor is asked for",
      { ...SSO, ...APP, ...MUST, rules: REQUIRED },
      "second-factor second-factor-on",
    ],
  ] as const)("%s", (_, facts, outcome) => {
    const { verdict, reason } = decideNextStage(factsWith(facts));
    expect(`${verdict} ${reason}`).toBe(outcome);
  });

  it("tells in its steps what the provider said", () => {
    const steps = (facts: Partial<NextStageFacts>) => decideNextStage(factsWith(facts)).steps[0];
    const detail = { methods: "app", isFactorPassed: false, isSkipped: false };
    expect(steps({ ...APP, ...VOUCHED, rules: REQUIRED })).toEqual({
      step: "second-factor-on",
      layer: "account",
      result: "not-applicable",
      detail: { ...detail, providerVouches: true },
    });
    expect(steps(APP)).toMatchObject({ result: "matched", detail });
    expect(steps(APP)?.detail).not.toHaveProperty("providerVouches");
  });
});

const anyFacts: fc.Arbitrary<NextStageFacts> = fc.record({
  methods: fc.subarray([...FACTOR_METHODS]),
  isFactorPassed: fc.boolean(),
  isBrowserTrusted: fc.boolean(),
  mustChangePassword: fc.boolean(),
  provider: fc.option(fc.record({ vouches: fc.boolean() })),
  rules: anyPolicy,
});

/** How far from whole: a sign-in that is asked for more stands at an earlier stage. */
const RANK: Readonly<Record<SignInStage, number>> = {
  none: 0,
  "set-up-second-factor": 1,
  "change-password": 2,
  "second-factor": 3,
};

describe("every sign-in", () => {
  it("goes past the factor only with it, without any, by trust, or by a provider's word", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { verdict } = decideNextStage(facts);
        const { methods, provider, rules } = facts;
        const { frequency, required } = rules.twoFactor;
        const isTrusted = facts.isBrowserTrusted && frequency === "14-days-skip";
        const isProvidersWord =
          provider !== null &&
          !rules.singleSignOn.askSecondFactor.enabled &&
          (provider.vouches || !required.enabled);
        const mayPass =
          methods.length === 0 || facts.isFactorPassed || isTrusted || isProvidersWord;
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
          const { enabled } = facts.rules.twoFactor.required;
          const isMissing = enabled && facts.methods.length === 0;
          expect(isMissing && facts.provider?.vouches !== true).toBe(false);
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

  it("is asked for no less by rules that ask for more, nor by a provider's silence", () => {
    fc.assert(
      fc.property(anyFacts, anyPolicy, (facts, others) => {
        const rankOf = (more: Partial<NextStageFacts>) =>
          RANK[decideNextStage({ ...facts, ...more }).verdict];
        const stricter = strictestPolicy({ ...IDENTITY_POLICY_DEFAULT, ...facts.rules }, others);
        expect(rankOf({ rules: stricter })).toBeGreaterThanOrEqual(rankOf({}));
        const [silent, vouched] = [rankOf(SSO), rankOf(VOUCHED)];
        expect(silent).toBeGreaterThanOrEqual(vouched);
        expect(rankOf({ provider: null })).toBeGreaterThanOrEqual(silent);
        // A provider's word is of weight only where a second factor is required.
        if (!facts.rules.twoFactor.required.enabled) expect(silent).toBe(vouched);
      }),
      { numRuns: 500 },
    );
  });
});
