// Checks the one check of all doors: disabled, locked, dormant, and passwords that must change.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  anyPolicy,
  anyRules,
  anyUser,
  DAY_MS,
  NOW_MS,
  rulesWith,
  userWith,
} from "../../../test/identity/example-identity.ts";
import { addMonths } from "./calendar-months.ts";
import { strictestPolicy } from "./effective-policy.ts";
import { decideUserState, dormantAtMs } from "./user-state.ts";
import type { UserStateVerdict } from "./user-state.ts";

const AT = { nowMs: NOW_MS, isClockTrusted: true, isKnownBrowser: false };
const EXPIRY = rulesWith({ expiry: { enabled: true, days: 90 } });
const DORMANCY = rulesWith({ dormancy: { enabled: true, months: 6 } });
const STAYS_OPEN = rulesWith({ knownBrowsersStayOpen: { enabled: true } });
const KNOWN = { ...AT, isKnownBrowser: true };
const LOCKED = userWith({ lockedAtMs: NOW_MS - 1 });
const WAY_IN = userWith({ hasPassword: false, hasOtherWayIn: true });
const LONG_AGO = NOW_MS - 300 * DAY_MS;
const ASLEEP = userWith({ lastSignedInAtMs: LONG_AGO, activeSinceAtMs: LONG_AGO });
const old = (ms: number) => userWith({ passwordChangedAtMs: NOW_MS - ms });

describe("the state of a user", () => {
  it.each([
    ["open", userWith(), rulesWith(), AT, "open", "user-open"],
    ["disabled", userWith({ isDisabled: true }), rulesWith(), AT, "refuse", "user-disabled"],
    ["locked", LOCKED, rulesWith(), AT, "refuse", "user-locked"],
    [
      "locked, after the rule was switched off",
      LOCKED,
      rulesWith({ lockout: { enabled: false, wrongPasswordsMax: 5 } }),
      AT,
      "refuse",
      "user-locked",
    ],
    ["locked, in a known browser", LOCKED, rulesWith(), KNOWN, "refuse", "user-locked"],
    ["locked, where known ones stay open", LOCKED, STAYS_OPEN, KNOWN, "open", "user-open"],
    ["locked, for a stranger there", LOCKED, STAYS_OPEN, AT, "refuse", "user-locked"],
    ["long away, rule off", ASLEEP, rulesWith(), AT, "open", "user-open"],
    ["long away", ASLEEP, DORMANCY, AT, "refuse", "user-dormant"],
    ["long away, known browser", ASLEEP, DORMANCY, KNOWN, "refuse", "user-dormant"],
    [
      "long away, by a clock that jumped",
      ASLEEP,
      DORMANCY,
      { ...AT, isClockTrusted: false },
      "open",
      "user-open",
    ],
    [
      "long away, but released yesterday",
      { ...ASLEEP, activeSinceAtMs: NOW_MS - DAY_MS },
      DORMANCY,
      AT,
      "open",
      "user-open",
    ],
    [
      "never signed in, made long ago",
      { ...ASLEEP, lastSignedInAtMs: null },
      DORMANCY,
      AT,
      "refuse",
      "user-dormant",
    ],
    ["invited", userWith({ hasPassword: false }), rulesWith(), AT, "refuse", "password-missing"],
    ["without a password, with another way in", WAY_IN, rulesWith(), AT, "open", "user-open"],
    [
      "without one, of unknown age",
      { ...WAY_IN, passwordChangedAtMs: null },
      EXPIRY,
      AT,
      "open",
      "user-open",
    ],
    [
      "without one, that once had to change",
      { ...WAY_IN, mustChangePassword: true },
      EXPIRY,
      AT,
      "open",
      "user-open",
    ],
    ["without one, locked", { ...WAY_IN, lockedAtMs: 1 }, EXPIRY, AT, "refuse", "user-locked"],
    [
      "without one, disabled",
      { ...WAY_IN, isDisabled: true },
      EXPIRY,
      AT,
      "refuse",
      "user-disabled",
    ],
    [
      "without one, long away",
      { ...ASLEEP, hasPassword: false, hasOtherWayIn: true },
      DORMANCY,
      AT,
      "refuse",
      "user-dormant",
    ],
    [
      "set by an admin, with another way in",
      userWith({ mustChangePassword: true, hasOtherWayIn: true }),
      rulesWith(),
      AT,
      "change-password",
      "password-must-change",
    ],
    ["old password, rule off", old(1000 * DAY_MS), rulesWith(), AT, "open", "user-open"],
    // attack row 73
    ["a password of 89.99 days", old(89.99 * DAY_MS), EXPIRY, AT, "open", "user-open"],
    ["of a ms less than 90", old(90 * DAY_MS - 1), EXPIRY, AT, "open", "user-open"],
    ["of 90 days", old(90 * DAY_MS), EXPIRY, AT, "change-password", "password-expired"],
    [
      "of 90 days, clock set back",
      old(90 * DAY_MS),
      EXPIRY,
      { ...AT, nowMs: NOW_MS - 1 },
      "open",
      "user-open",
    ],
    [
      "of unknown age",
      userWith({ passwordChangedAtMs: null }),
      EXPIRY,
      AT,
      "change-password",
      "password-expired",
    ],
    [
      "set by an admin",
      userWith({ mustChangePassword: true }),
      rulesWith(),
      AT,
      "change-password",
      "password-must-change",
    ],
  ] as const)("%s", (_, facts, rules, at, verdict, reason) => {
    expect(decideUserState(facts, rules, at)).toMatchObject({ verdict, reason });
  });

  it("is looked at in this order, up to the first rule that applies", () => {
    const worst = {
      ...ASLEEP,
      isDisabled: true,
      lockedAtMs: 1,
      hasPassword: false,
      mustChangePassword: true,
    };
    const rules = rulesWith({ ...DORMANCY, dormancy: DORMANCY.dormancy, expiry: EXPIRY.expiry });
    const stepsOf = (facts: typeof worst) =>
      decideUserState(facts, rules, AT).steps.map(({ step, result }) => `${step} ${result}`);
    expect(stepsOf(worst)).toEqual(["user-disabled matched"]);
    expect(stepsOf({ ...worst, isDisabled: false })).toEqual([
      "user-disabled not-matched",
      "user-locked matched",
    ]);
    const all = decideUserState(userWith(), rulesWith(), AT).steps;
    expect(all.map(({ step, layer, result }) => `${layer} ${step} ${result}`)).toEqual([
      "account user-disabled not-matched",
      "account user-locked not-matched",
      "account user-dormant not-applicable",
      "account password-missing not-matched",
      "account password-expired not-applicable",
      "account password-must-change not-matched",
    ]);
  });

  it("shows what it saw, and never a secret", () => {
    const { steps } = decideUserState(LOCKED, STAYS_OPEN, KNOWN);
    expect(steps[1]).toEqual({
      step: "user-locked",
      layer: "account",
      result: "not-applicable",
      detail: { lockedAtMs: NOW_MS - 1, isKnownBrowser: true },
    });
  });
});

describe("dormancy", () => {
  it("begins at the very millisecond, in calendar months", () => {
    const since = Date.UTC(2026, 7, 31, 9);
    const user = userWith({ lastSignedInAtMs: since, activeSinceAtMs: since - DAY_MS });
    const atMs = Date.UTC(2027, 1, 28, 9);
    expect(dormantAtMs(user, DORMANCY)).toBe(atMs);
    expect(dormantAtMs(user, rulesWith())).toBeNull();
    const reasonAt = (nowMs: number) => decideUserState(user, DORMANCY, { ...AT, nowMs }).reason;
    expect([reasonAt(atMs - 1), reasonAt(atMs)]).toEqual(["user-open", "user-dormant"]);
  });

  it("counts from the later of the last sign-in and the release", () => {
    fc.assert(
      fc.property(anyUser, (user) => {
        const later = Math.max(user.lastSignedInAtMs ?? -Infinity, user.activeSinceAtMs);
        expect(dormantAtMs(user, DORMANCY)).toBe(addMonths(later, 6));
      }),
    );
  });
});

const RANK: Readonly<Record<UserStateVerdict, number>> = {
  open: 0,
  "change-password": 1,
  refuse: 2,
};

describe("a stricter rule", () => {
  it("never admits more", () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, anyUser, fc.boolean(), (a, b, user, isKnownBrowser) => {
        const at = { ...AT, isKnownBrowser };
        const rankOf = ({ userAuthentication }: typeof a) =>
          RANK[decideUserState(user, userAuthentication, at).verdict];
        const merged = rankOf(strictestPolicy(a, b));
        expect(merged).toBeGreaterThanOrEqual(Math.max(rankOf(a), rankOf(b)));
      }),
      { numRuns: 500 },
    );
  });

  it("asks nobody for more because there is another way in", () => {
    fc.assert(
      fc.property(anyRules, anyUser, (rules, user) => {
        const outcomeWith = (hasOtherWayIn: boolean) =>
          decideUserState({ ...user, hasOtherWayIn }, rules, AT);
        if (user.hasPassword) expect(outcomeWith(true)).toEqual(outcomeWith(false));
        else expect(["open", "refuse"]).toContain(outcomeWith(true).verdict);
      }),
    );
  });

  it("never opens the door to disabled users, nor to locked strangers", () => {
    fc.assert(
      fc.property(anyRules, anyUser, fc.boolean(), (rules, user, isClockTrusted) => {
        const at = { ...AT, isClockTrusted };
        const { verdict } = decideUserState(user, rules, at);
        const hasNoWayIn = !user.hasPassword && !user.hasOtherWayIn;
        const isShut = user.isDisabled || user.lockedAtMs !== null || hasNoWayIn;
        if (isShut) expect(verdict).toBe("refuse");
        if (user.hasPassword && user.mustChangePassword) expect(verdict).not.toBe("open");
        if (!user.hasPassword) expect(verdict).not.toBe("change-password");
      }),
    );
  });
});
