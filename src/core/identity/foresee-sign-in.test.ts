// Checks what is foreseen of sign-ins and sessions against those that then happen.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, NOW_MS, rulesWith } from "../../../test/identity/example-identity.ts";
import { decideSession } from "./decide-session.ts";
import { countOfAttempt, decideSignIn } from "./decide-sign-in.ts";
import { effectivePolicy } from "./effective-policy.ts";
import type { SignInDoor } from "./foresee-sign-in.ts";
import { IDENTITY_EFFECTS } from "./identity-effect.ts";
import type { IdentityEffect } from "./identity-effect.ts";
import { FACTOR_FREQUENCIES } from "./identity-policy.ts";
import type { IdentityPolicy } from "./identity-policy.ts";
import { decideNextStage } from "./next-stage.ts";
import { previewIdentityPolicy } from "./preview-identity-policy.ts";
import type { IdentityMove, PreviewedUser } from "./preview-identity-policy.ts";
import { FACTOR_METHODS } from "./second-factor.ts";
import { SIGN_IN_STAGES } from "./sign-in-stage.ts";
import { endsTrust, isBrowserTrusted } from "./trusted-browser.ts";
import { decideUserState } from "./user-state.ts";

const MINUTE_MS = 60_000;
const AT = { nowMs: NOW_MS, isClockTrusted: true };

const within = (days: number) =>
  fc.integer({ min: -days, max: 0 }).map((ago) => NOW_MS + ago * DAY_MS + 1);
const seldom = fc.nat(7).map((number) => number === 0);
const anyPreviewed: fc.Arbitrary<PreviewedUser> = fc.record({
  isOperator: seldom,
  primaryAccountId: fc.constantFrom("acme", "acme", "beta", null),
  accountIds: fc.constantFrom(["acme"], ["acme", "beta"], ["acme", "beta"], ["beta"], []),
  facts: fc.record({
    isDisabled: seldom,
    hasPassword: seldom.map((not) => !not),
    hasOtherWayIn: fc.constant(true),
    lockedAtMs: fc.oneof(fc.constant(null), fc.constant(null), within(9)),
    lastSignedInAtMs: fc.oneof(fc.constant(null), within(300)),
    activeSinceAtMs: within(300),
    passwordChangedAtMs: within(200),
    mustChangePassword: seldom,
  }),
  wrongPasswords: fc.nat(8),
  browser: fc.option(fc.record({ wrongPasswords: fc.nat(8) })),
  methods: fc.subarray([...FACTOR_METHODS]),
  hasConnection: fc.boolean(),
  trusts: fc.array(
    fc.record({ expiresAtMs: fc.integer({ min: NOW_MS - DAY_MS, max: NOW_MS + 13 * DAY_MS }) }),
    { maxLength: 4 },
  ),
  sessions: fc.array(
    fc.record({
      stage: fc.constantFrom("none" as const, "none" as const, ...SIGN_IN_STAGES),
      createdAtMs: fc.integer({ min: NOW_MS - 30 * MINUTE_MS, max: NOW_MS }),
      lastActivityAtMs: fc.integer({ min: NOW_MS - 120 * MINUTE_MS, max: NOW_MS }),
      isKnownBrowser: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
});

const switched = fc.boolean().map((enabled) => ({ enabled }));
const anyNearPolicy: fc.Arbitrary<IdentityPolicy> = fc.record({
  userAuthentication: fc
    .record({
      expiry: fc.record({ enabled: fc.boolean(), days: fc.constantFrom(30, 90, 150) }),
      lockout: fc.record({
        enabled: fc.boolean(),
        wrongPasswordsMax: fc.integer({ min: 2, max: 9 }),
      }),
      dormancy: fc.record({ enabled: seldom, months: fc.integer({ min: 3, max: 9 }) }),
      minimumLength: fc.record({
        enabled: fc.boolean(),
        characters: fc.integer({ min: 8, max: 12 }),
      }),
      mixedCharacters: switched,
      knownBrowsersStayOpen: switched,
    })
    .map(rulesWith),
  twoFactor: fc.record({
    frequency: fc.constantFrom(...FACTOR_FREQUENCIES),
    required: switched,
  }),
  singleSignOn: fc.record({ askSecondFactor: switched }),
  logOut: fc.record({ enabled: fc.boolean(), minutes: fc.integer({ min: 15, max: 90 }) }),
});
const anyMove = fc
  .record({ acme: anyNearPolicy, beta: anyNearPolicy, next: anyNearPolicy })
  .map(({ acme, beta, next }): IdentityMove => {
    const before = new Map([
      ["acme", acme],
      ["beta", beta],
    ]);
    return {
      before: { platform: beta, accounts: before },
      after: { platform: beta, accounts: new Map([...before, ["acme", next]]) },
      distrusting: endsTrust(acme.twoFactor, next.twoFactor) ? ["acme"] : [],
    };
  });

type Browsing = { readonly door: SignInDoor; readonly isTrusted: boolean };

/** A sign-in as the doors of the server take it, step by step, until it is whole or refused. */
function signIn(
  user: PreviewedUser,
  { door, isTrusted }: Browsing,
  under: {
    readonly policy: IdentityPolicy;
    readonly nowMs: number;
    readonly isClockTrusted: boolean;
  },
): string {
  const { policy, nowMs } = under;
  const authentication = policy.userAuthentication;
  const isKnown = user.browser !== null;
  const state = { ...under, isKnownBrowser: isKnown };
  const isOnBrowser = countOfAttempt(authentication, isKnown) === "browser";
  const counts = { user: user.wrongPasswords, browser: user.browser?.wrongPasswords ?? 0 };
  const raised = (isOnBrowser ? counts.browser : counts.user) + 1;
  const first =
    door === "password"
      ? decideSignIn(
          {
            user: user.facts,
            passwordMatches: true,
            rules: authentication,
            wrongPasswords: raised,
            browser: { isKnown, wrongPasswords: raised },
          },
          under,
        )
      : decideUserState(user.facts, authentication, state);
  if (first.verdict === "refuse") return "refused";
  let { methods } = user;
  let isPasswordNew = false;
  let isFactorPassed = door === "passkey" || isTrusted;
  const provider = door.includes("provider") ? { vouches: door === "vouching-provider" } : null;
  const asked: string[] = [];
  const renewed = { ...user.facts, passwordChangedAtMs: nowMs, mustChangePassword: false };
  for (;;) {
    const facts = isPasswordNew ? renewed : user.facts;
    const { verdict: stateNow } = decideUserState(facts, authentication, state);
    const { verdict } = decideNextStage({
      methods,
      isFactorPassed,
      isBrowserTrusted: false,
      provider,
      mustChangePassword: stateNow === "change-password",
      rules: policy,
    });
    if (verdict === "none") return asked.join(" ");
    asked.push(verdict);
    if (verdict === "second-factor") isFactorPassed = true;
    else if (verdict === "change-password") isPasswordNew = true;
    else {
      methods = ["app"];
      isFactorPassed = true;
    }
  }
}

const OF_SIGN_INS: ReadonlySet<string> = new Set<IdentityEffect>([
  "users-locked-by-wrong-passwords",
  "users-no-longer-locked",
  "users-locked-as-dormant",
  "users-no-longer-dormant",
  "users-must-change-password",
  "users-keep-password",
  "users-set-up-second-factor",
  "users-spared-set-up",
  "users-asked-second-factor",
  "users-not-asked-second-factor",
  "users-depend-on-provider",
]);

const OPENNESS = { refuse: 0, limit: 1, admit: 2 };

/** Making one takes far longer than deciding it: so each user meets each change. */
const USERS = fc.sample(anyPreviewed, { numRuns: 100, seed: 7 });
const MOVES = fc.sample(anyMove, { numRuns: 90, seed: 8 });

describe("every preview of rules of sign-ins", () => {
  it("of the rules that stand is empty", () => {
    const told = MOVES.slice(0, 10).flatMap(({ before }) =>
      USERS.flatMap((user) => [
        ...previewIdentityPolicy(user, { before, after: before, distrusting: [] }, AT),
      ]),
    );
    expect(told).toEqual([]);
  });

  it("tells of a user if and only if a sign-in or session of theirs then goes otherwise", () => {
    const counted: Counted = { signIns: 0, told: new Map(), wrong: [] };
    for (const [index, move] of MOVES.entries()) {
      const at = { nowMs: NOW_MS + index * MINUTE_MS, isClockTrusted: index % 5 !== 0 };
      for (const user of USERS) compareWithWhatHappens({ user, move, at }, counted);
    }
    expect(counted.wrong).toEqual([]);
    expect(counted.signIns).toBeGreaterThan(100_000);
    // Every effect was met, and often enough to mean something.
    const rare = IDENTITY_EFFECTS.filter((effect) => (counted.told.get(effect) ?? 0) < 20);
    expect(rare).toEqual([]);
  }, 120_000);
});

type Case = {
  readonly user: PreviewedUser;
  readonly move: IdentityMove;
  readonly at: { readonly nowMs: number; readonly isClockTrusted: boolean };
};

type Counted = {
  signIns: number;
  readonly told: Map<IdentityEffect, number>;
  /** What was foreseen, and what happened instead. */
  readonly wrong: unknown[];
};

function compareWithWhatHappens({ user, move, at }: Case, counted: Counted): void {
  const predicted = previewIdentityPolicy(user, move, at);
  for (const effect of predicted.keys()) {
    counted.told.set(effect, (counted.told.get(effect) ?? 0) + 1);
  }
  const before = { ...at, policy: effectivePolicy(user, move.before).policy };
  const after = { ...at, policy: effectivePolicy(user, move.after).policy };
  const isGone = move.distrusting.length > 0 && isOfAcme(user);
  const trusts = ({ policy }: typeof before, expiresAtMs: number | null) =>
    expiresAtMs !== null && isBrowserTrusted({ expiresAtMs }, policy.twoFactor, at.nowMs);
  const ends = [null, ...user.trusts.map(({ expiresAtMs }) => expiresAtMs)];
  const differs = doorsOf(user).map((door) =>
    ends.map((end) => {
      counted.signIns += 2;
      const old = signIn(user, { door, isTrusted: trusts(before, end) }, before);
      const isTrusted = !isGone && trusts(after, end);
      return old !== signIn(user, { door, isTrusted }, after);
    }),
  );
  const isTold = [...predicted.keys()].some((effect) => OF_SIGN_INS.has(effect));
  const lost = ends.filter((end) => trusts(before, end) && (isGone || !trusts(after, end)));
  const sessions = user.sessions.map((session) => {
    const facts = { ...session, user: user.facts };
    const old = OPENNESS[decideSession(facts, before.policy, at).verdict];
    const now = OPENNESS[decideSession(facts, after.policy, at).verdict];
    if (now > old) return "sessions-open-again";
    return now === old ? null : now === 0 ? "sessions-end" : "sessions-limited";
  });
  const tell = (effect: IdentityEffect) => predicted.get(effect) ?? 0;
  const happened = (effect: IdentityEffect) => sessions.filter((found) => found === effect).length;
  const OF_SESSIONS = ["sessions-end", "sessions-limited", "sessions-open-again"] as const;
  const foreseen = [isTold, tell("browsers-distrusted"), ...OF_SESSIONS.map(tell)].join(" ");
  const found = [differs.flat().includes(true), lost.length, ...OF_SESSIONS.map(happened)].join(
    " ",
  );
  if (foreseen !== found) counted.wrong.push({ user, move, foreseen, found });
}

function isOfAcme({ isOperator, primaryAccountId, accountIds }: PreviewedUser): boolean {
  if (isOperator || !accountIds.includes("acme")) return false;
  return primaryAccountId === "acme" || !accountIds.includes(primaryAccountId ?? "");
}

function doorsOf({ facts, methods, hasConnection }: PreviewedUser): readonly SignInDoor[] {
  return [
    ...(facts.hasPassword ? (["password"] as const) : []),
    ...(methods.includes("passkey") ? (["passkey"] as const) : []),
    ...(hasConnection ? (["provider", "vouching-provider"] as const) : []),
  ];
}
