// Checks whom changed rules of sign-ins shut out, by examples.
import { describe, expect, it } from "vitest";
import { DAY_MS, NOW_MS, rulesWith, userWith } from "../../../test/identity/example-identity.ts";
import { IDENTITY_POLICY_DEFAULT } from "./identity-policy.ts";
import type { IdentityPolicy } from "./identity-policy.ts";
import { canSignIn, judgeShutOut } from "./judge-shut-out.ts";
import type { PreviewedUser } from "./preview-identity-policy.ts";

const AT = { nowMs: NOW_MS, isClockTrusted: true };

function operator(given: Partial<PreviewedUser> = {}): PreviewedUser {
  return {
    isOperator: true,
    primaryAccountId: null,
    accountIds: [],
    facts: userWith(),
    wrongPasswords: 0,
    browser: null,
    methods: [],
    hasConnection: false,
    trusts: [],
    sessions: [],
    ...given,
  };
}

function policies(given: Partial<IdentityPolicy> = {}) {
  return { platform: { ...IDENTITY_POLICY_DEFAULT, ...given }, accounts: new Map() };
}

const DORMANCY = {
  userAuthentication: rulesWith({ dormancy: { enabled: true, months: 1 } }),
};
const ONE_GUESS = {
  userAuthentication: rulesWith({ lockout: { enabled: true, wrongPasswordsMax: 1 } }),
};
const FACTOR = {
  twoFactor: { frequency: "every-login", required: { enabled: true } },
} as const;
const EXPIRY = { userAuthentication: rulesWith({ expiry: { enabled: true, days: 1 } }) };

const AWAY = operator({
  facts: userWith({
    lastSignedInAtMs: NOW_MS - 60 * DAY_MS,
    activeSinceAtMs: NOW_MS - 90 * DAY_MS,
  }),
});
const GUESSED_AT = operator({ wrongPasswords: 3 });
const LOCKED = operator({ facts: userWith({ lockedAtMs: NOW_MS - DAY_MS }) });

describe("rules of sign-ins", () => {
  it.each([
    ["who was away for two months", AWAY, DORMANCY, "user-dormant"],
    ["who typed more wrong passwords", GUESSED_AT, ONE_GUESS, "too-many-wrong-passwords"],
    ["who has no second factor", operator(), FACTOR, "second-factor-missing"],
  ] as const)("shut out %s, and tell the rule", (_, user, after, reason) => {
    const move = { before: policies(), after: policies(after) };
    const found = judgeShutOut(user, move, { ...AT, countsSetUp: true });
    expect(found?.reason).toBe(reason);
    expect(found?.steps.at(-1)).toMatchObject({ step: reason, result: "matched" });
  });

  it.each([
    ["who was here yesterday", operator(), DORMANCY],
    ["who typed none", operator(), ONE_GUESS],
    [
      "who typed wrong ones, and has a passkey",
      operator({ ...GUESSED_AT, methods: ["passkey"] }),
      ONE_GUESS,
    ],
    ["who has an app", operator({ methods: ["app"] }), FACTOR],
    ["who signs in by a provider that vouches", operator({ hasConnection: true }), FACTOR],
    ["whose password expires", operator(), EXPIRY],
    ["who is locked anyway", LOCKED, DORMANCY],
  ] as const)("do not shut out %s", (_, user, after) => {
    const move = { before: policies(), after: policies(after) };
    expect(judgeShutOut(user, move, { ...AT, countsSetUp: true })).toBeNull();
  });

  it("let in who can set a factor up at the door, where that is not counted", () => {
    const move = { before: policies(), after: policies(FACTOR) };
    expect(judgeShutOut(operator(), move, { ...AT, countsSetUp: false })).toBeNull();
    expect(canSignIn(operator(), move.after, AT)).toBe(true);
    expect(canSignIn(LOCKED, move.after, AT)).toBe(false);
  });
});
