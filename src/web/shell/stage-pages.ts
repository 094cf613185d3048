// Which page asks for what a sign-in still lacks, and which refusals say that something is lacking.
import type { SignInStage } from "../../core/identity/sign-in-stage.ts";
import { ApiProblem } from "../api/api-problem.ts";

export type OpenStage = Exclude<SignInStage, "none">;

export const STAGE_PAGES = {
  "second-factor": "/second-factor",
  "change-password": "/change-password",
  "set-up-second-factor": "/set-up-second-factor",
} as const satisfies Record<OpenStage, string>;

const STAGES_BY_CODE: ReadonlyMap<string, OpenStage> = new Map([
  ["second-factor-required", "second-factor"],
  ["password-change-required", "change-password"],
  ["second-factor-set-up-required", "set-up-second-factor"],
]);

/** @param code of a problem; null: it is about something else */
export function stageOfProblem(code: string): OpenStage | null {
  return STAGES_BY_CODE.get(code) ?? null;
}

/** Whoever is on one of them has not finished signing in. */
export function isStagePage(pathname: string): boolean {
  return Object.values<string>(STAGE_PAGES).includes(pathname);
}

/** To the sign-in page, or to what a sign-in lacks; until that is there, nothing is said. */
export function isLeadingAway(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return false;
  return error.status === 401 || stageOfProblem(error.code) !== null;
}
