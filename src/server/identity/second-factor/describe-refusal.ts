// Finds the words for a code that was refused.
import { codeStateAt } from "../../../core/identity/code-attempts.ts";
import type { CodeOutcome } from "../../../core/identity/code-attempts.ts";
import type { CodeMethod } from "../../../core/identity/second-factor.ts";
import type { Problem } from "../../../platform/problem/problem.ts";
import { secondFactorProblem } from "./second-factor-problem.ts";

type Code = Parameters<typeof secondFactorProblem>[0];

/** The guide's own warning after the third and the fourth wrong code. */
const PAUSED = "Please try again in five minutes.";

export function codeMalformed(method: CodeMethod): Problem {
  const message =
    method === "backup-code"
      ? "Enter one of your backup codes, such as abcde-fghjk."
      : "Enter the six digits, such as 123456.";
  return refusal("code-malformed", message);
}

/** `outcome` refuses. That a code will be right later is told nobody, so it is a wrong one here. */
export function describeRefusal(outcome: CodeOutcome, nowMs: number): Problem {
  const { reason, count, changes } = outcome;
  const { attemptsLeft, pausedUntilMs, lockedUntilMs } = codeStateAt(count, nowMs);
  const left = attemptsLeft === 1 ? "1 more try is left" : `${attemptsLeft} more tries are left`;
  if (changes.some(({ kind }) => kind === "end-sign-in")) {
    return refusal(
      "sign-in-ended",
      "This was the fifth wrong code. Sign in again in thirty minutes.",
    );
  }
  switch (reason) {
    case "codes-locked":
      return later("codes-locked", LOCKED, (lockedUntilMs ?? nowMs) - nowMs);
    case "codes-paused":
      return later("codes-paused", PAUSED, (pausedUntilMs ?? nowMs) - nowMs);
    case "code-replayed":
      return refusal("code-used", "This code was used before. Enter the next one.");
    case "code-expired":
    case "code-not-sent":
      return refusal("code-expired", "This code is not good any more. Ask for a new one.");
    case "code-drifted":
      return isOfPast(outcome)
        ? refusal("code-of-another-time", "This code is too old. Is your device's clock right?")
        : refusal("code-wrong", `This code is not right; ${left}.`);
    case "code-wrong":
      return pausedUntilMs === null
        ? refusal("code-wrong", `This code is not right; ${left}.`)
        : later(
            "codes-paused",
            `${PAUSED} This code is not right; ${left}.`,
            pausedUntilMs - nowMs,
          );
    case "code-right":
      throw new Error("a right code is not refused");
    default:
      return reason satisfies never;
  }
}

const LOCKED = "Codes are locked for thirty minutes after five wrong ones.";

function isOfPast({ steps }: CodeOutcome): boolean {
  return steps.some(({ detail }) => detail?.["match"] === "drifted-past");
}

function refusal(code: Code, message: string): Problem {
  return secondFactorProblem(code, { detail: message, errors: [{ path: "/code", message }] });
}

function later(code: Code, message: string, waitMs: number): Problem {
  const errors = [{ path: "/code", message }];
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  return secondFactorProblem(code, { detail: message, errors, retryAfterSeconds });
}
