// The one check at every door: whether a user may be here, and whether the password must change.
import type { Decision } from "../decision.ts";
import { addMonths } from "./calendar-months.ts";
import type { UserAuthenticationRules } from "./identity-policy.ts";
import { decideInOrder, resultOfRule } from "./ordered-rules.ts";
import type { OrderedRule } from "./ordered-rules.ts";

export type UserFacts = {
  readonly isDisabled: boolean;
  readonly hasPassword: boolean;
  /** A passkey, or a connection with a provider that may sign the user in. */
  readonly hasOtherWayIn: boolean;
  readonly lockedAtMs: number | null;
  readonly lastSignedInAtMs: number | null;
  /** Since when the user could have signed in: made, released, enabled, password reset. */
  readonly activeSinceAtMs: number;
  readonly passwordChangedAtMs: number | null;
  readonly mustChangePassword: boolean;
};

export type StateContext = {
  readonly nowMs: number;
  /** False after a jump of the clock: then nobody becomes dormant by it. */
  readonly isClockTrusted: boolean;
  /** The user has signed in from this browser before. */
  readonly isKnownBrowser: boolean;
};

export type UserStateVerdict = "open" | "change-password" | "refuse";

export type UserStateReason =
  | "user-open"
  | "user-disabled"
  | "user-locked"
  | "user-dormant"
  | "password-missing"
  | "password-expired"
  | "password-must-change";

const DAY_MS = 86_400_000;

/** Sign-in, sessions and resets all ask here, so no door is stricter or laxer than another. */
export function decideUserState(
  facts: UserFacts,
  rules: UserAuthenticationRules,
  at: StateContext,
): Decision<UserStateVerdict, UserStateReason> {
  const ordered = [
    { ...disabledRule(facts), verdict: "refuse" as const },
    { ...lockedRule(facts, rules, at), verdict: "refuse" as const },
    { ...dormantRule(facts, rules, at), verdict: "refuse" as const },
    { ...missingRule(facts), verdict: "refuse" as const },
    { ...expiredRule(facts, rules, at), verdict: "change-password" as const },
    { ...mustChangeRule(facts), verdict: "change-password" as const },
  ];
  return decideInOrder<UserStateVerdict, UserStateReason>(ordered, {
    verdict: "open",
    reason: "user-open",
  });
}

/** When the user becomes dormant unless they sign in; null while the rule is off. */
export function dormantAtMs(
  facts: Pick<UserFacts, "lastSignedInAtMs" | "activeSinceAtMs">,
  rules: UserAuthenticationRules,
): number | null {
  if (!rules.dormancy.enabled) return null;
  const sinceMs = Math.max(facts.lastSignedInAtMs ?? facts.activeSinceAtMs, facts.activeSinceAtMs);
  return addMonths(sinceMs, rules.dormancy.months);
}

type Judged = Omit<OrderedRule<UserStateVerdict, UserStateReason>, "verdict">;

function disabledRule({ isDisabled }: UserFacts): Judged {
  return { step: "user-disabled", result: resultOfRule(isDisabled) };
}

/** A lock stands until somebody ends it, also when the rule that made it was switched off. */
function lockedRule(facts: UserFacts, rules: UserAuthenticationRules, at: StateContext): Judged {
  const step = "user-locked";
  const { lockedAtMs } = facts;
  if (lockedAtMs === null) return { step, result: "not-matched" };
  const staysOpen = rules.knownBrowsersStayOpen.enabled && at.isKnownBrowser;
  const detail = { lockedAtMs, isKnownBrowser: at.isKnownBrowser };
  return { step, result: staysOpen ? "not-applicable" : "matched", detail };
}

/** Guide: "any user account that is not logged into for a 6 month period". */
function dormantRule(facts: UserFacts, rules: UserAuthenticationRules, at: StateContext): Judged {
  const step = "user-dormant";
  const dormantAt = dormantAtMs(facts, rules);
  if (dormantAt === null) return { step, result: "not-applicable" };
  const detail = { dormantAtMs: dormantAt, isClockTrusted: at.isClockTrusted };
  // A clock that is a year ahead would lock everybody out at once.
  if (!at.isClockTrusted) return { step, result: "not-applicable", detail };
  return { step, result: resultOfRule(dormantAt <= at.nowMs), detail };
}

/** Who signs in by a passkey or a provider may do without a password. */
function missingRule({ hasPassword, hasOtherWayIn }: UserFacts): Judged {
  return { step: "password-missing", result: resultOfRule(!hasPassword && !hasOtherWayIn) };
}

function expiredRule(facts: UserFacts, rules: UserAuthenticationRules, at: StateContext): Judged {
  const step = "password-expired";
  if (!rules.expiry.enabled || !facts.hasPassword) return { step, result: "not-applicable" };
  const { passwordChangedAtMs } = facts;
  // Nobody knows how old it is: old enough.
  if (passwordChangedAtMs === null) return { step, result: "matched" };
  const expiresAtMs = passwordChangedAtMs + rules.expiry.days * DAY_MS;
  return { step, result: resultOfRule(expiresAtMs <= at.nowMs), detail: { expiresAtMs } };
}

function mustChangeRule({ hasPassword, mustChangePassword }: UserFacts): Judged {
  if (!hasPassword) return { step: "password-must-change", result: "not-applicable" };
  return { step: "password-must-change", result: resultOfRule(mustChangePassword) };
}
