// The words and cookies by which the confirmation of a set-up ends.
import type { FactorOnAnswer } from "../../../api/two-factor-api.ts";
import { readCode } from "../../../core/identity/read-code.ts";
import type { Problem } from "../../../platform/problem/problem.ts";
import { codeMalformed } from "../second-factor/describe-refusal.ts";
import { setAdvancedCookies } from "../sign-in/advance-sign-in.ts";
import { finishFactorChange } from "./after-factor-change.ts";
import type { AfterSetUp } from "./after-factor-change.ts";
import { twoFactorProblem } from "./two-factor-problem.ts";
import type { Asking, TwoFactorParts } from "./two-factor-parts.ts";

/** What came of a code that was to prove a set-up. Written down either way, so none is thrown. */
export type SetupOutcome = { readonly kind: "on"; readonly after: AfterSetUp } | SetupRefusal;

export type SetupRefusal =
  /** No set-up of this session (any more). */
  { readonly kind: "ended" } | { readonly kind: "refused"; readonly problem: Problem };

export async function answerFactorOn(
  parts: TwoFactorParts,
  asking: Asking,
  outcome: SetupOutcome,
): Promise<FactorOnAnswer> {
  if (outcome.kind === "ended") throw twoFactorProblem("set-up-ended");
  if (outcome.kind === "refused") throw outcome.problem;
  const { backupCodes, next, advanced } = outcome.after;
  await finishFactorChange(parts);
  if (advanced !== null) setAdvancedCookies(parts.cookies, asking.reply, advanced);
  return { backupCodes, next };
}

/** Six digits; throws `code-malformed` (400), which is not counted. */
export function readSetupCode(typed: string): string {
  const code = readCode("app", typed);
  if (code === null) throw codeMalformed("app");
  return code;
}

/** @param why without a full stop: how many tries are left is said after it. */
export function setupCodeWrong(why: string, triesLeft: number): SetupRefusal {
  const tries = triesLeft === 1 ? "one try is" : `${triesLeft} tries are`;
  const message = `${why}; ${tries} left.`;
  const errors = [{ path: "/code", message }];
  return {
    kind: "refused",
    problem: twoFactorProblem("set-up-code-wrong", { detail: message, errors }),
  };
}
