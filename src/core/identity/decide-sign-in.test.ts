// Checks attempts to sign in: who is let in, what is counted, when the sixth wrong password locks.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  anyPolicy,
  anyRules,
  anyUser,
  NOW_MS,
  rulesWith,
  userWith,
} from "../../../test/identity/example-identity.ts";
import { countOfAttempt, decideSignIn, mayVerify } from "./decide-sign-in.ts";
import type { SignInFacts, SignInVerdict } from "./decide-sign-in.ts";
import { strictestPolicy } from "./effective-policy.ts";

const AT = { nowMs: NOW_MS, isClockTrusted: true };
const STAYS_OPEN = rulesWith({ knownBrowsersStayOpen: { enabled: true } });
const LOCK_OFF = rulesWith({ lockout: { enabled: false, wrongPasswordsMax: 5 } });
const LOCKED = userWith({ lockedAtMs: NOW_MS - 1 });
const NO_PASSWORD = userWith({ hasPassword: false, hasOtherWayIn: true });

function factsWith(facts: Partial<SignInFacts> = {}): SignInFacts {
  return {
    user: userWith(),
    passwordMatches: true,
    rules: rulesWith(),
    wrongPasswords: 1,
    browser: { isKnown: false, wrongPasswords: 0 },
    ...facts,
  };
}

function told(facts: Partial<SignInFacts>): string {
  const { verdict, reason, changes } = decideSignIn(factsWith(facts), AT);
  const names = changes.map((change) =>
    change.kind === "clear-count" ? `clear-${change.of}` : change.kind,
  );
  return [verdict, reason, ...names].join(" ");
}

const known = (wrongPasswords: number) => ({ isKnown: true, wrongPasswords });
const WRONG = { passwordMatches: false };
const UNVERIFIED = { passwordMatches: null };

describe("an attempt", () => {
  it.each([
    ["right", {}, "sign-in user-open clear-user"],
    ["wrong", WRONG, "refuse password-wrong report-offence"],
    ["unknown user", { user: null, ...WRONG }, "refuse user-unknown report-offence"],
    ["unknown user, by a slip right", { user: null }, "refuse user-unknown report-offence"],
    ["fifth wrong", { ...WRONG, wrongPasswords: 5 }, "refuse password-wrong report-offence"],
    ["right after five wrong", { wrongPasswords: 6 }, "sign-in user-open clear-user"],
    [
      "sixth wrong",
      { ...WRONG, wrongPasswords: 6 },
      "refuse password-wrong report-offence lock-user",
    ],
    [
      "seventh, which nobody looked at",
      { ...UNVERIFIED, wrongPasswords: 7 },
      "refuse too-many-wrong-passwords report-offence lock-user",
    ],
    [
      "seventh, right all the same",
      { wrongPasswords: 7 },
      "refuse too-many-wrong-passwords report-offence lock-user",
    ],
    ["not verified although it might", UNVERIFIED, "refuse password-wrong report-offence"],
    [
      "hundredth wrong, rule off",
      { ...WRONG, rules: LOCK_OFF, wrongPasswords: 100 },
      "refuse password-wrong report-offence",
    ],
    [
      "right after a hundred, rule off",
      { rules: LOCK_OFF, wrongPasswords: 100 },
      "sign-in user-open clear-user",
    ],
    ["locked, right", { user: LOCKED }, "refuse user-locked"],
    ["locked, wrong", { user: LOCKED, ...WRONG }, "refuse password-wrong report-offence"],
    [
      "locked, wrong past the limit",
      { user: LOCKED, ...WRONG, wrongPasswords: 6 },
      "refuse password-wrong report-offence",
    ],
    [
      "locked, not verified",
      { user: LOCKED, ...UNVERIFIED, wrongPasswords: 40 },
      "refuse too-many-wrong-passwords report-offence",
    ],
    [
      "disabled, right",
      { user: userWith({ isDisabled: true }) },
      "refuse user-disabled clear-user",
    ],
    [
      "disabled and locked, right",
      { user: { ...LOCKED, isDisabled: true } },
      "refuse user-disabled",
    ],
    [
      "must change, right",
      { user: userWith({ mustChangePassword: true }) },
      "change-password password-must-change clear-user",
    ],
    [
      "invited, without a password, past the limit",
      { user: userWith({ hasPassword: false }), ...WRONG, wrongPasswords: 6 },
      "refuse password-wrong report-offence",
    ],
    [
      "of somebody who signs in by a provider only",
      { user: NO_PASSWORD, ...WRONG, wrongPasswords: 6 },
      "refuse password-wrong report-offence",
    ],
    ["of the same, by a slip right", { user: NO_PASSWORD }, "refuse password-wrong report-offence"],
    [
      "in a known browser, rule off",
      { ...WRONG, browser: known(6), wrongPasswords: 1 },
      "refuse password-wrong report-offence",
    ],
    [
      "in a known browser",
      { rules: STAYS_OPEN, browser: known(1), wrongPasswords: 90 },
      "sign-in user-open clear-browser",
    ],
    [
      "in a known browser, locked",
      { rules: STAYS_OPEN, user: LOCKED, browser: known(1), wrongPasswords: 90 },
      "sign-in user-open clear-browser",
    ],
    [
      "in a known browser, fifth wrong",
      { rules: STAYS_OPEN, ...WRONG, browser: known(5) },
      "refuse password-wrong report-offence",
    ],
    [
      "in a known browser, sixth wrong",
      { rules: STAYS_OPEN, ...WRONG, browser: known(6) },
      "refuse password-wrong report-offence forget-browser",
    ],
    [
      "in a known browser, seventh",
      { rules: STAYS_OPEN, ...UNVERIFIED, browser: known(7) },
      "refuse too-many-wrong-passwords report-offence forget-browser",
    ],
    [
      "of a stranger, locked, known ones open",
      { rules: STAYS_OPEN, user: LOCKED },
      "refuse user-locked",
    ],
  ] as const)("%s", (_, facts, outcome) => {
    expect(told(facts)).toBe(outcome);
  });

  it("is looked at in this order: user, attempt, password, state", () => {
    const stepsOf = (facts: Partial<SignInFacts>) =>
      decideSignIn(factsWith(facts), AT).steps.map(({ step }) => step);
    expect(stepsOf({ user: null })).toEqual(["user-unknown"]);
    expect(stepsOf({ wrongPasswords: 7 })).toEqual(["user-unknown", "too-many-wrong-passwords"]);
    expect(stepsOf({ ...WRONG, user: LOCKED }).at(-1)).toBe("password-wrong");
    expect(stepsOf({}).slice(0, 5)).toEqual([
      "user-unknown",
      "too-many-wrong-passwords",
      "password-wrong",
      "user-disabled",
      "user-locked",
    ]);
  });
});

describe("a hundred guesses in a row", () => {
  // attack row 64, and the guide: "attempted more than five times"
  it.each([1, 5, 10, 100])("with %i allowed lock exactly once", (wrongPasswordsMax) => {
    const rules = rulesWith({ lockout: { enabled: true, wrongPasswordsMax } });
    let lockedAtMs: number | null = null;
    let verified = 0;
    const locks: number[] = [];
    for (let count = 1; count <= 110; count += 1) {
      const isVerified = mayVerify(count, rules);
      if (isVerified) verified += 1;
      const user = userWith({ lockedAtMs });
      const passwordMatches = isVerified ? false : null;
      const facts = factsWith({ user, passwordMatches, rules, wrongPasswords: count });
      const { verdict, changes } = decideSignIn(facts, { ...AT, nowMs: NOW_MS + count });
      expect(verdict).toBe("refuse");
      if (!changes.some(({ kind }) => kind === "lock-user")) continue;
      locks.push(count);
      lockedAtMs = NOW_MS + count;
    }
    expect(locks).toEqual([wrongPasswordsMax + 1]);
    expect(verified).toBe(wrongPasswordsMax + 1);
  });
});

describe("where wrong passwords are counted", () => {
  it.each([
    [rulesWith(), false, "user"],
    [rulesWith(), true, "user"],
    [STAYS_OPEN, false, "user"],
    [STAYS_OPEN, true, "browser"],
  ] as const)("table %#", (rules, isKnown, counted) => {
    expect(countOfAttempt(rules, isKnown)).toBe(counted);
  });
});

const anyCount = fc.integer({ min: 1, max: 110 });
const anyFacts: fc.Arbitrary<SignInFacts> = fc.record({
  user: fc.option(anyUser),
  passwordMatches: fc.option(fc.boolean()),
  rules: anyRules,
  wrongPasswords: anyCount,
  browser: fc.record({ isKnown: fc.boolean(), wrongPasswords: anyCount }),
});
const RANK: Readonly<Record<SignInVerdict, number>> = {
  "sign-in": 0,
  "change-password": 1,
  refuse: 2,
};

describe("every attempt", () => {
  it("is let in only with a right password that might be looked at", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { verdict } = decideSignIn(facts, AT);
        if (verdict === "refuse") return;
        expect(facts.user?.hasPassword).toBe(true);
        expect(facts.passwordMatches).toBe(true);
        const counted = countOfAttempt(facts.rules, facts.browser.isKnown);
        const count = counted === "user" ? facts.wrongPasswords : facts.browser.wrongPasswords;
        expect(mayVerify(count, facts.rules)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("is an offence unless the right password was looked at, and never both", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const kinds = decideSignIn(facts, AT).changes.map(({ kind }) => kind);
        const isOffence = kinds.includes("report-offence");
        expect(isOffence && kinds.includes("clear-count")).toBe(false);
        if (facts.user === null || facts.passwordMatches !== true) expect(isOffence).toBe(true);
        if (facts.user?.lockedAtMs != null) expect(kinds).not.toContain("lock-user");
        if (!facts.rules.lockout.enabled) {
          expect(kinds).not.toContain("lock-user");
          expect(kinds).not.toContain("forget-browser");
        }
      }),
      { numRuns: 500 },
    );
  });

  it("is never let in by a stricter rule where a laxer refuses", () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, anyFacts, anyCount, (a, b, given, count) => {
        // The same count wherever it is kept: only the rules differ.
        const browser = { ...given.browser, wrongPasswords: count };
        const facts = { ...given, wrongPasswords: count, browser };
        const rankOf = ({ userAuthentication }: typeof a) =>
          RANK[decideSignIn({ ...facts, rules: userAuthentication }, AT).verdict];
        const merged = rankOf(strictestPolicy(a, b));
        expect(merged).toBeGreaterThanOrEqual(Math.max(rankOf(a), rankOf(b)));
      }),
      { numRuns: 500 },
    );
  });
});
