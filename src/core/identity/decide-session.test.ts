// Checks open sessions: idleness to the millisecond, half sign-ins, and the user's own state.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  anyPolicy,
  anyUser,
  DAY_MS,
  NOW_MS,
  rulesWith,
  userWith,
} from "../../../test/identity/example-identity.ts";
import { decideSession } from "./decide-session.ts";
import type { SessionFacts, SessionVerdict } from "./decide-session.ts";
import { strictestPolicy } from "./effective-policy.ts";
import { IDENTITY_POLICY_DEFAULT } from "./identity-policy.ts";
import { SIGN_IN_STAGES } from "./sign-in-stage.ts";

const AT = { nowMs: NOW_MS, isClockTrusted: true };
const MINUTE_MS = 60_000;
const NEVER = { ...IDENTITY_POLICY_DEFAULT, logOut: { enabled: false, minutes: 30 } };
const STAYS_OPEN = {
  ...IDENTITY_POLICY_DEFAULT,
  userAuthentication: rulesWith({ knownBrowsersStayOpen: { enabled: true } }),
};
const EXPIRY = {
  ...IDENTITY_POLICY_DEFAULT,
  userAuthentication: rulesWith({ expiry: { enabled: true, days: 7 } }),
};
const LOCKED = userWith({ lockedAtMs: NOW_MS });

function factsWith(facts: Partial<SessionFacts> = {}): SessionFacts {
  return {
    stage: "none",
    createdAtMs: NOW_MS - DAY_MS,
    lastActivityAtMs: NOW_MS - MINUTE_MS,
    user: userWith(),
    isKnownBrowser: false,
    ...facts,
  };
}

const half = (ageMs: number) =>
  ({ stage: "change-password", createdAtMs: NOW_MS - ageMs, lastActivityAtMs: NOW_MS }) as const;

describe("an open session", () => {
  it.each([
    ["in use", {}, IDENTITY_POLICY_DEFAULT, "admit", "session-open", "none"],
    [
      "of a disabled user",
      { user: userWith({ isDisabled: true }) },
      IDENTITY_POLICY_DEFAULT,
      "refuse",
      "user-disabled",
      "none",
    ],
    ["of a locked user", { user: LOCKED }, STAYS_OPEN, "refuse", "user-locked", "none"],
    [
      "of a locked user, in a browser that stays open",
      { user: LOCKED, isKnownBrowser: true },
      STAYS_OPEN,
      "admit",
      "session-open",
      "none",
    ],
    [
      "of somebody without any way in",
      { user: userWith({ hasPassword: false }) },
      NEVER,
      "refuse",
      "password-missing",
      "none",
    ],
    // What was true of the password that went is asked of nobody.
    [
      "of somebody who took the password away",
      { user: userWith({ hasPassword: false, hasOtherWayIn: true, mustChangePassword: true }) },
      EXPIRY,
      "admit",
      "session-open",
      "none",
    ],
    ["of an expired password", {}, EXPIRY, "limit", "password-expired", "change-password"],
    [
      "of a password that must change",
      { user: userWith({ mustChangePassword: true }) },
      NEVER,
      "limit",
      "password-must-change",
      "change-password",
    ],
    ["that is half", half(599_999), NEVER, "limit", "sign-in-unfinished", "change-password"],
    ["that was half too long", half(600_000), NEVER, "refuse", "half-sign-in-ended", "none"],
    [
      "that waits for the factor",
      { ...half(1), stage: "second-factor" },
      NEVER,
      "limit",
      "sign-in-unfinished",
      "second-factor",
    ],
    // attack row 73: who has only the password chooses no new one
    [
      "that waits for the factor, of an expired password",
      { ...half(1), stage: "second-factor" },
      EXPIRY,
      "limit",
      "sign-in-unfinished",
      "second-factor",
    ],
    [
      "that waits for the factor, of a disabled user",
      { ...half(1), stage: "second-factor", user: userWith({ isDisabled: true }) },
      EXPIRY,
      "refuse",
      "user-disabled",
      "none",
    ],
    [
      "that waits for the factor, with time for two pauses",
      { ...half(1_199_999), stage: "second-factor" },
      NEVER,
      "limit",
      "sign-in-unfinished",
      "second-factor",
    ],
    [
      "that waited for the factor too long",
      { ...half(1_200_000), stage: "second-factor" },
      NEVER,
      "refuse",
      "half-sign-in-ended",
      "none",
    ],
    [
      "that sets up a factor",
      { ...half(1), stage: "set-up-second-factor" },
      NEVER,
      "limit",
      "sign-in-unfinished",
      "set-up-second-factor",
    ],
    [
      "that sets up a factor, of an expired password",
      { ...half(1), stage: "set-up-second-factor" },
      EXPIRY,
      "limit",
      "password-expired",
      "change-password",
    ],
    [
      "that is half, of a locked user",
      { ...half(1), user: LOCKED },
      NEVER,
      "refuse",
      "user-locked",
      "none",
    ],
    [
      "of years, where nobody is logged out",
      { lastActivityAtMs: NOW_MS - 3000 * DAY_MS },
      NEVER,
      "admit",
      "session-open",
      "none",
    ],
    [
      "with an activity after now, as after a clock set back",
      { lastActivityAtMs: NOW_MS + DAY_MS },
      IDENTITY_POLICY_DEFAULT,
      "admit",
      "session-open",
      "none",
    ],
  ] as const)("%s", (_, facts, policy, verdict, reason, stage) => {
    expect(decideSession(factsWith(facts), policy, AT)).toMatchObject({ verdict, reason, stage });
  });

  // Guide "Log-out Policy": 15 to 999 minutes, 30 at first.
  it.each([15, 30, 999])("ends after exactly %i minutes of idleness", (minutes) => {
    const policy = { ...IDENTITY_POLICY_DEFAULT, logOut: { enabled: true, minutes } };
    const after = (ms: number) =>
      decideSession(factsWith({ lastActivityAtMs: NOW_MS - ms }), policy, AT).reason;
    expect(after(minutes * MINUTE_MS - 1)).toBe("session-open");
    expect(after(minutes * MINUTE_MS)).toBe("session-idle");
  });

  it("tells when idleness will end it, or a half one anyway", () => {
    const endOf = (facts: Partial<SessionFacts>, policy = IDENTITY_POLICY_DEFAULT) =>
      decideSession(factsWith(facts), policy, AT).idleEndsAtMs;
    expect(endOf({})).toBe(NOW_MS + 29 * MINUTE_MS);
    expect(endOf({}, NEVER)).toBeNull();
    expect(endOf(half(60_000))).toBe(NOW_MS + 9 * MINUTE_MS);
    expect(endOf(half(60_000), NEVER)).toBe(NOW_MS + 9 * MINUTE_MS);
  });

  it("tells its steps in order", () => {
    const { steps } = decideSession(factsWith(), IDENTITY_POLICY_DEFAULT, AT);
    expect(steps.map(({ step }) => step)).toEqual([
      "half-sign-in-ended",
      "session-idle",
      "user-disabled",
      "user-locked",
      "user-dormant",
      "password-missing",
      "password-expired",
      "password-must-change",
      "sign-in-unfinished",
    ]);
  });
});

const RANK: Readonly<Record<SessionVerdict, number>> = { admit: 0, limit: 1, refuse: 2 };
const anyAgeMs = fc.oneof(
  fc.integer({ min: -DAY_MS, max: 2 * DAY_MS }),
  fc.integer({ min: 15, max: 999 }).map((minutes) => minutes * MINUTE_MS),
);
const anyFacts: fc.Arbitrary<SessionFacts> = fc.record({
  stage: fc.constantFrom(...SIGN_IN_STAGES),
  createdAtMs: anyAgeMs.map((ms) => NOW_MS - ms),
  lastActivityAtMs: anyAgeMs.map((ms) => NOW_MS - ms),
  user: anyUser,
  isKnownBrowser: fc.boolean(),
});

describe("every session", () => {
  it("lets in no more under a stricter policy, and ends no later", () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, anyFacts, (a, b, facts) => {
        const [ofA, ofB, merged] = [a, b, strictestPolicy(a, b)].map((policy) =>
          decideSession(facts, policy, AT),
        );
        const rank = RANK[merged!.verdict];
        expect(rank).toBeGreaterThanOrEqual(Math.max(RANK[ofA!.verdict], RANK[ofB!.verdict]));
        const ends = [ofA, ofB].map((outcome) => outcome!.idleEndsAtMs ?? Infinity);
        expect(merged!.idleEndsAtMs ?? Infinity).toBe(Math.min(...ends));
      }),
      { numRuns: 500 },
    );
  });

  it("is refused from the moment on that it told, and is whole only with stage none", () => {
    fc.assert(
      fc.property(anyPolicy, anyFacts, (policy, facts) => {
        const outcome = decideSession(facts, policy, AT);
        if (outcome.verdict === "admit") expect(facts.stage).toBe("none");
        expect(outcome.stage === "none").toBe(outcome.verdict !== "limit");
        if (outcome.verdict === "limit" && facts.stage === "second-factor") {
          expect(outcome.stage).toBe("second-factor");
        }
        if (outcome.idleEndsAtMs === null) return;
        const then = decideSession(facts, policy, { ...AT, nowMs: outcome.idleEndsAtMs });
        expect(["session-idle", "half-sign-in-ended"]).toContain(then.reason);
        if (outcome.idleEndsAtMs <= NOW_MS) expect(outcome.verdict).toBe("refuse");
      }),
      { numRuns: 500 },
    );
  });
});
