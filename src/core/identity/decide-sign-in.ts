// Decides one attempt to sign in with a password, and what changes with it.
import type { Decision } from "../decision.ts";
import type { UserAuthenticationRules } from "./identity-policy.ts";
import { decideInOrder, resultOfRule } from "./ordered-rules.ts";
import type { OrderedRule } from "./ordered-rules.ts";
import { decideUserState } from "./user-state.ts";
import type { UserFacts, UserStateReason } from "./user-state.ts";

/** Where wrong passwords are counted: on the user, or on a browser the user is known in. */
export type SignInCount = "user" | "browser";

export type SignInFacts = {
  /** Null: nobody has this e-mail address. */
  readonly user: UserFacts | null;
  /** Null: it was not verified, because the count forbids it. */
  readonly passwordMatches: boolean | null;
  readonly rules: UserAuthenticationRules;
  /** The user's count, raised before the password was looked at if the attempt counts there. */
  readonly wrongPasswords: number;
  readonly browser: {
    /** The request carries the cookie of a browser in which this user has signed in before. */
    readonly isKnown: boolean;
    /** The browser's own count, raised likewise. */
    readonly wrongPasswords: number;
  };
};

export type SignInVerdict = "sign-in" | "change-password" | "refuse";

/** For the journal only: the visitor gets one answer for every refusal. */
export type SignInReason =
  | "user-unknown"
  | "too-many-wrong-passwords"
  | "password-wrong"
  | UserStateReason;

export type SignInChange =
  /** One conditional write: only where the user is not locked. */
  | { readonly kind: "lock-user"; readonly cause: "wrong-passwords" }
  | { readonly kind: "forget-browser" }
  | { readonly kind: "report-offence" }
  /** Back to zero: the password was right. Also where the sign-in is refused. */
  | { readonly kind: "clear-count"; readonly of: SignInCount };

export type SignInOutcome = Decision<SignInVerdict, SignInReason> & {
  readonly changes: readonly SignInChange[];
};

/** Asked before the attempt, to know which count is raised. */
export function countOfAttempt(
  rules: UserAuthenticationRules,
  isKnownBrowser: boolean,
): SignInCount {
  return rules.knownBrowsersStayOpen.enabled && isKnownBrowser ? "browser" : "user";
}

/**
 * Whether the password may be looked at. The wrong password that locks is the last one that is:
 * of a hundred parallel guesses six are verified.
 * @param count wrong passwords with this attempt, as if it were one
 */
export function mayVerify(count: number, rules: UserAuthenticationRules): boolean {
  return !rules.lockout.enabled || count <= rules.lockout.wrongPasswordsMax + 1;
}

/** Order: known user, attempt allowed, password right, then the user's own state. */
export function decideSignIn(
  facts: SignInFacts,
  at: { readonly nowMs: number; readonly isClockTrusted: boolean },
): SignInOutcome {
  const decision = decide(facts, at);
  return { ...decision, changes: changesOf(facts, decision) };
}

function decide(
  facts: SignInFacts,
  at: { readonly nowMs: number; readonly isClockTrusted: boolean },
): Decision<SignInVerdict, SignInReason> {
  const { user, rules } = facts;
  const own = decideInOrder<SignInVerdict, SignInReason>(
    [unknownRule(user), attemptRule(facts), passwordRule(facts)],
    { verdict: "sign-in", reason: "user-open" },
  );
  if (user === null || own.verdict === "refuse") return own;
  const isKnownBrowser = facts.browser.isKnown;
  const state = decideUserState(user, rules, { ...at, isKnownBrowser });
  return {
    verdict: state.verdict === "open" ? "sign-in" : state.verdict,
    reason: state.reason,
    steps: [...own.steps, ...state.steps],
  };
}

type SignInRule = OrderedRule<SignInVerdict, SignInReason>;

function unknownRule(user: UserFacts | null): SignInRule {
  return { step: "user-unknown", verdict: "refuse", result: resultOfRule(user === null) };
}

/** INVARIANT: past the limit not even the right password is right. */
function attemptRule(facts: SignInFacts): SignInRule {
  const step = "too-many-wrong-passwords";
  const { rules } = facts;
  if (!rules.lockout.enabled) return { step, verdict: "refuse", result: "not-applicable" };
  const wrongPasswords = countIn(facts);
  const isOver = !mayVerify(wrongPasswords, rules);
  const detail = { wrongPasswords, wrongPasswordsMax: rules.lockout.wrongPasswordsMax };
  return { step, verdict: "refuse", result: resultOfRule(isOver), detail };
}

/** INVARIANT: whoever has no password, and signs in in other ways, does not sign in by one. */
function passwordRule({ user, passwordMatches }: SignInFacts): SignInRule {
  const result = resultOfRule(passwordMatches !== true || user?.hasPassword !== true);
  return { step: "password-wrong", verdict: "refuse", result };
}

function countIn({ rules, browser, wrongPasswords }: SignInFacts): number {
  const counted = countOfAttempt(rules, browser.isKnown);
  return counted === "browser" ? browser.wrongPasswords : wrongPasswords;
}

function changesOf(
  facts: SignInFacts,
  { reason }: Decision<SignInVerdict, SignInReason>,
): readonly SignInChange[] {
  const { user, rules, browser } = facts;
  if (user === null) return [{ kind: "report-offence" }];
  const counted = countOfAttempt(rules, browser.isKnown);
  if (reason !== "too-many-wrong-passwords" && reason !== "password-wrong") {
    // A lock keeps its count: only a release or a new password begins anew.
    if (counted === "user" && user.lockedAtMs !== null) return [];
    return [{ kind: "clear-count", of: counted }];
  }
  const isOver = rules.lockout.enabled && countIn(facts) > rules.lockout.wrongPasswordsMax;
  if (!isOver) return [{ kind: "report-offence" }];
  if (counted === "browser") return [{ kind: "report-offence" }, { kind: "forget-browser" }];
  // Whoever has no password yet has none that could be guessed. A lock is never renewed.
  if (!user.hasPassword || user.lockedAtMs !== null) return [{ kind: "report-offence" }];
  return [{ kind: "report-offence" }, { kind: "lock-user", cause: "wrong-passwords" }];
}
