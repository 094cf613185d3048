// Decides what a sign-in still asks for.
import type { Decision } from "../decision.ts";
import type { TwoFactorRules } from "./identity-policy.ts";
import { decideInOrder, resultOfRule } from "./ordered-rules.ts";
import type { FactorMethod } from "./second-factor.ts";
import type { SignInStage } from "./sign-in-stage.ts";

export type NextStageFacts = {
  /** What the user has on; any one makes a second factor asked for. */
  readonly methods: readonly FactorMethod[];
  /** In this sign-in: by a code, or by a passkey, which counts as both factors. */
  readonly isFactorPassed: boolean;
  readonly isBrowserTrusted: boolean;
  /** It has expired, or somebody else chose it. */
  readonly mustChangePassword: boolean;
  readonly rules: TwoFactorRules;
};

export type NextStageReason =
  | "second-factor-on"
  | "password-must-change"
  | "second-factor-missing"
  | "sign-in-whole";

/**
 * The second factor comes first: who has only the password may not choose a new one (row 73).
 * Whoever has none where it is required sets one up last, with a password that stays.
 */
export function decideNextStage(facts: NextStageFacts): Decision<SignInStage, NextStageReason> {
  const { methods, isFactorPassed, isBrowserTrusted, mustChangePassword, rules } = facts;
  const hasMethod = methods.length > 0;
  // Trust that was given before the rule went back to every login counts for nothing.
  const isSkipped = isBrowserTrusted && rules.frequency === "14-days-skip";
  return decideInOrder<SignInStage, NextStageReason>(
    [
      {
        step: "second-factor-on",
        verdict: "second-factor",
        result: resultOfRule(hasMethod && !isFactorPassed && !isSkipped),
        detail: { methods: methods.join(" "), isFactorPassed, isSkipped },
      },
      {
        step: "password-must-change",
        verdict: "change-password",
        result: resultOfRule(mustChangePassword),
      },
      {
        step: "second-factor-missing",
        verdict: "set-up-second-factor",
        result: rules.required.enabled ? resultOfRule(!hasMethod) : "not-applicable",
      },
    ],
    { verdict: "none", reason: "sign-in-whole" },
  );
}
