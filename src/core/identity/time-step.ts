// Judges the time step that a code of an authenticator app belongs to (RFC 6238).
import type { CodeMatch } from "./code-attempts.ts";

export const TIME_STEP_MS = 30_000;

/** RFC 6238, 5.2: one step of delay; the same ahead, for clocks that are a little fast. */
export const TIME_STEPS_EITHER_WAY = 1;

/** So far a wrong code is searched for, to tell a clock that differs from a guess (row 102). */
export const DRIFT_STEPS_EITHER_WAY = 125;

export function timeStepAt(nowMs: number): number {
  return Math.floor(nowMs / TIME_STEP_MS);
}

export type TimeStepFacts = {
  /** Null: the code belongs to no step that was searched. */
  readonly codeStep: number | null;
  readonly nowStep: number;
  /** The step of the last code that was used. */
  readonly lastStep: number;
};

/** INVARIANT: a step at or before the last used one is never right (RFC 6238, 5.2). */
export function judgeTimeStep({ codeStep, nowStep, lastStep }: TimeStepFacts): CodeMatch {
  if (codeStep === null) return "wrong";
  const stepsAhead = codeStep - nowStep;
  if (stepsAhead > TIME_STEPS_EITHER_WAY) return "drifted-future";
  // Before the past: a later code was right, so the authenticator's clock is.
  if (codeStep <= lastStep) return "replayed";
  return stepsAhead < -TIME_STEPS_EITHER_WAY ? "drifted-past" : "right";
}
