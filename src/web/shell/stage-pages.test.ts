// Which page asks for what a sign-in lacks.
import { expect, it } from "vitest";
import { SIGN_IN_STAGES } from "../../core/identity/sign-in-stage.ts";
import { isStagePage, STAGE_PAGES, stageOfProblem } from "./stage-pages.ts";

it("has a page for every stage that asks for something", () => {
  const open = SIGN_IN_STAGES.filter((stage) => stage !== "none");
  expect(Object.keys(STAGE_PAGES).toSorted()).toEqual(open.toSorted());
  expect(open.map((stage) => isStagePage(STAGE_PAGES[stage]))).toEqual(open.map(() => true));
  expect(isStagePage("/sign-in")).toBe(false);
});

it.each([
  ["second-factor-required", "second-factor"],
  ["second-factor-set-up-required", "set-up-second-factor"],
  ["password-change-required", "change-password"],
  // Of an account's rule, when somebody turns the last method off.
  ["second-factor-required-by-account", null],
  ["proof-required", null],
  ["constructor", null],
] as const)("a refusal %s leads to %s", (code, stage) => {
  expect(stageOfProblem(code)).toBe(stage);
});
