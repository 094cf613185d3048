// Decides one attempt with a code, and what five wrong ones bring: pauses, then a lock.
import type { Decision, Step } from "../decision.ts";
import { decideInOrder, resultOfRule } from "./ordered-rules.ts";
import type { OrderedRule } from "./ordered-rules.ts";

/** Of a user: wrong codes of every method and session together, apart from wrong passwords. */
export type CodeCount = {
  readonly wrongCodes: number;
  readonly pausedUntilMs: number | null;
  readonly lockedUntilMs: number | null;
};

export type CodeState = {
  /** False: a code is refused before anybody looks at it. */
  readonly mayTry: boolean;
  readonly attemptsLeft: number;
  /** Null: none, or it has passed. */
  readonly pausedUntilMs: number | null;
  readonly lockedUntilMs: number | null;
};

/** What a code turned out to be; how each is told apart, `judgeTimeStep` and the stores say. */
export type CodeMatch =
  | "right"
  | "wrong"
  /** It was used before. */
  | "replayed"
  | "expired"
  | "not-sent"
  /** The authenticator's clock differs from ours. */
  | "drifted-past"
  | "drifted-future";

export type CodeFacts = {
  readonly count: CodeCount;
  /** Null: it was not looked at, because the count forbids it. */
  readonly match: CodeMatch | null;
  /** Authenticators of others differ alike: so it is our clock that is wrong. */
  readonly isClockSuspected: boolean;
};

export type CodeReason =
  | "code-right"
  | "codes-locked"
  | "codes-paused"
  | "code-replayed"
  | "code-expired"
  | "code-not-sent"
  | "code-drifted"
  | "code-wrong";

export type CodeChange =
  | { readonly kind: "report-offence" }
  | { readonly kind: "pause-codes"; readonly untilMs: number }
  | { readonly kind: "lock-codes"; readonly untilMs: number }
  /** The session that sent the code ends. */
  | { readonly kind: "end-sign-in" };

export type CodeOutcome = Decision<"pass" | "refuse", CodeReason> & {
  /** To be kept in the place of the count that was read. */
  readonly count: CodeCount;
  readonly changes: readonly CodeChange[];
};

/** Guide "2FA Warning Messages": five attempts, the third and the fourth bring a pause. */
export const CODE_ATTEMPTS_MAX = 5;
const PAUSED_FROM_WRONG_CODES = 3;
export const CODE_PAUSE_MS = 300_000;
export const CODE_LOCK_MS = 1_800_000;

export const NO_WRONG_CODES: CodeCount = {
  wrongCodes: 0,
  pausedUntilMs: null,
  lockedUntilMs: null,
};

/** Ends are compared at use: no timer has to fire for them. */
export function codeStateAt(count: CodeCount, nowMs: number): CodeState {
  const { wrongCodes, pausedUntilMs, lockedUntilMs } = presentCount(count, nowMs);
  return {
    mayTry: pausedUntilMs === null && lockedUntilMs === null,
    attemptsLeft: Math.max(0, CODE_ATTEMPTS_MAX - wrongCodes),
    pausedUntilMs,
    lockedUntilMs,
  };
}

/** INVARIANT: while codes are paused or locked not even the right one is right. */
export function decideCodeAttempt(facts: CodeFacts, nowMs: number): CodeOutcome {
  const count = presentCount(facts.count, nowMs);
  const decision = decideInOrder<"pass" | "refuse", CodeReason>(rulesOf(facts, count), {
    verdict: "pass",
    reason: "code-right",
  });
  if (decision.verdict === "pass") return { ...decision, count: NO_WRONG_CODES, changes: [] };
  if (decision.reason !== "code-wrong") return { ...decision, count, changes: [] };
  return { ...decision, ...afterWrongCode(count.wrongCodes + 1, nowMs) };
}

/** After the lock the count begins anew; after a pause it goes on. */
function presentCount(count: CodeCount, nowMs: number): CodeCount {
  const { wrongCodes, pausedUntilMs, lockedUntilMs } = count;
  if (lockedUntilMs !== null && lockedUntilMs <= nowMs) return NO_WRONG_CODES;
  const isPaused = pausedUntilMs !== null && pausedUntilMs > nowMs;
  return { wrongCodes, pausedUntilMs: isPaused ? pausedUntilMs : null, lockedUntilMs };
}

/**
 * Only a code that was looked at and fits nothing is counted. One that was right once, or is right
 * on a clock that is late, comes from the user's own device. That a code will be right in a while
 * is told nobody, or it could be kept until then; where our clock is wrong it would lock out all.
 */
function rulesOf(
  { match, isClockSuspected }: CodeFacts,
  { wrongCodes, pausedUntilMs, lockedUntilMs }: CodeCount,
): readonly OrderedRule<"pass" | "refuse", CodeReason>[] {
  const isDrifted = match === "drifted-past" || (match === "drifted-future" && isClockSuspected);
  return [
    refusal("codes-locked", lockedUntilMs !== null, { lockedUntilMs }),
    refusal("codes-paused", pausedUntilMs !== null, { pausedUntilMs }),
    refusal("code-replayed", match === "replayed", {}),
    refusal("code-expired", match === "expired", {}),
    refusal("code-not-sent", match === "not-sent", {}),
    refusal("code-drifted", isDrifted, { match, isClockSuspected }),
    refusal("code-wrong", match !== "right", { match, wrongCodes }),
  ];
}

function refusal(step: CodeReason, applies: boolean, detail: NonNullable<Step["detail"]>) {
  return { step, verdict: "refuse", result: resultOfRule(applies), detail } as const;
}

function afterWrongCode(wrongCodes: number, nowMs: number): Pick<CodeOutcome, "count" | "changes"> {
  if (wrongCodes >= CODE_ATTEMPTS_MAX) {
    const untilMs = nowMs + CODE_LOCK_MS;
    return {
      count: { wrongCodes, pausedUntilMs: null, lockedUntilMs: untilMs },
      changes: [
        { kind: "report-offence" },
        { kind: "lock-codes", untilMs },
        { kind: "end-sign-in" },
      ],
    };
  }
  if (wrongCodes < PAUSED_FROM_WRONG_CODES) {
    const count = { wrongCodes, pausedUntilMs: null, lockedUntilMs: null };
    return { count, changes: [{ kind: "report-offence" }] };
  }
  const untilMs = nowMs + CODE_PAUSE_MS;
  return {
    count: { wrongCodes, pausedUntilMs: untilMs, lockedUntilMs: null },
    changes: [{ kind: "report-offence" }, { kind: "pause-codes", untilMs }],
  };
}
