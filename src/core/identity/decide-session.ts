// Decides whether an open session still lets its user in, and when idleness will end it.
import type { Decision } from "../decision.ts";
import type { IdentityPolicy, LogOutRule } from "./identity-policy.ts";
import { decideInOrder, resultOfRule } from "./ordered-rules.ts";
import type { OrderedRule } from "./ordered-rules.ts";
import { stageLastsMs } from "./sign-in-stage.ts";
import type { SignInStage } from "./sign-in-stage.ts";
import { decideUserState } from "./user-state.ts";
import type { UserFacts, UserStateReason } from "./user-state.ts";

export type SessionFacts = {
  readonly stage: SignInStage;
  /** Of a half sign-in: when its stage began. */
  readonly createdAtMs: number;
  readonly lastActivityAtMs: number;
  readonly user: UserFacts;
  /** The browser of this session is one that the user is known in. */
  readonly isKnownBrowser: boolean;
};

/** `limit`: opens nothing but what its stage asks for. */
export type SessionVerdict = "admit" | "limit" | "refuse";

export type SessionReason =
  | "session-open"
  | "half-sign-in-ended"
  | "session-idle"
  | "sign-in-unfinished"
  | Exclude<UserStateReason, "user-open">;

export type SessionOutcome = Decision<SessionVerdict, SessionReason> & {
  /** What is still asked for; of a refused session nothing can be. */
  readonly stage: SignInStage;
  /** When the session ends if nothing is done; null: never. */
  readonly idleEndsAtMs: number | null;
};

const MINUTE_MS = 60_000;

export function decideSession(
  facts: SessionFacts,
  policy: IdentityPolicy,
  at: { readonly nowMs: number; readonly isClockTrusted: boolean },
): SessionOutcome {
  const decision = decide(facts, policy, at);
  const idleEndsAtMs = endOf(facts, policy.logOut);
  return { ...decision, stage: stageOf(facts, decision), idleEndsAtMs };
}

/** A password that must change comes before all but the second factor. */
function stageOf(
  { stage }: SessionFacts,
  { verdict, reason }: Decision<SessionVerdict, SessionReason>,
): SignInStage {
  if (verdict !== "limit") return "none";
  return reason === "sign-in-unfinished" ? stage : "change-password";
}

function decide(
  facts: SessionFacts,
  policy: IdentityPolicy,
  at: { readonly nowMs: number; readonly isClockTrusted: boolean },
): Decision<SessionVerdict, SessionReason> {
  const own = decideInOrder<SessionVerdict, SessionReason>(
    [halfRule(facts, at.nowMs), idleRule(facts, policy.logOut, at.nowMs)],
    { verdict: "admit", reason: "session-open" },
  );
  if (own.verdict === "refuse") return own;
  const { isKnownBrowser, stage } = facts;
  const state = decideUserState(facts.user, policy.userAuthentication, { ...at, isKnownBrowser });
  const steps = [...own.steps, ...state.steps];
  // Who has only the password is asked for the second factor, not for a new password (row 73).
  const isFactorDue = stage === "second-factor" && state.verdict !== "refuse";
  if (state.reason !== "user-open" && !isFactorDue) {
    return {
      verdict: state.verdict === "refuse" ? "refuse" : "limit",
      reason: state.reason,
      steps,
    };
  }
  const rest = decideInOrder<SessionVerdict, SessionReason>(
    [{ step: "sign-in-unfinished", verdict: "limit", result: resultOfRule(stage !== "none") }],
    { verdict: "admit", reason: "session-open" },
  );
  return { ...rest, steps: [...steps, ...rest.steps] };
}

function halfRule(
  { stage, createdAtMs }: SessionFacts,
  nowMs: number,
): OrderedRule<SessionVerdict, SessionReason> {
  const named = { step: "half-sign-in-ended", verdict: "refuse" } as const;
  if (stage === "none") return { ...named, result: "not-applicable" };
  const endsAtMs = createdAtMs + stageLastsMs(stage);
  return { ...named, result: resultOfRule(endsAtMs <= nowMs), detail: { endsAtMs } };
}

/** Guide "Log-out Policy". A shorter value holds at once, as it is compared at each use. */
function idleRule(
  { lastActivityAtMs }: SessionFacts,
  logOut: LogOutRule,
  nowMs: number,
): OrderedRule<SessionVerdict, SessionReason> {
  const named = { step: "session-idle", verdict: "refuse" } as const;
  if (!logOut.enabled) return { ...named, result: "not-applicable" };
  const result = resultOfRule(nowMs - lastActivityAtMs >= logOut.minutes * MINUTE_MS);
  return { ...named, result, detail: { lastActivityAtMs, minutes: logOut.minutes } };
}

function endOf({ stage, createdAtMs, lastActivityAtMs }: SessionFacts, logOut: LogOutRule) {
  const ends = [
    ...(logOut.enabled ? [lastActivityAtMs + logOut.minutes * MINUTE_MS] : []),
    ...(stage === "none" ? [] : [createdAtMs + stageLastsMs(stage)]),
  ];
  return ends.length === 0 ? null : Math.min(...ends);
}
