// Decides what a sign-in still asks for.
import type { Decision } from "../decision.ts";
import type { IdentityPolicy } from "./identity-policy.ts";
import { decideInOrder, resultOfRule } from "./ordered-rules.ts";
import type { FactorMethod } from "./second-factor.ts";
import type { SignInStage } from "./sign-in-stage.ts";

export type NextStageFacts = {
  /** What the user has on; any one makes a second factor asked for. */
  readonly methods: readonly FactorMethod[];
  /** In this sign-in: by a code, or by a passkey, which counts as both factors. */
  readonly isFactorPassed: boolean;
  readonly isBrowserTrusted: boolean;
  /**
   * Null: not signed in by one, but with a password or passkey. `vouches`: it said that it asked
   * for a second factor itself.
   */
  readonly provider: { readonly vouches: boolean } | null;
  /** It has expired, or somebody else chose it. */
  readonly mustChangePassword: boolean;
  readonly rules: Pick<IdentityPolicy, "twoFactor" | "singleSignOn">;
};

export type NextStageReason =
  | "second-factor-on"
  | "password-must-change"
  | "second-factor-missing"
  | "sign-in-whole";

/**
 * The second factor comes first: who has only the password may not choose a new one (row 73).
 * Whoever has none where it is required sets one up last, with a password that stays.
 *
 * After a provider's sign-in it is asked for where the account says so, or requires a second factor
 * for which the provider does not vouch.
 */
export function decideNextStage(facts: NextStageFacts): Decision<SignInStage, NextStageReason> {
  const { methods, isFactorPassed, isBrowserTrusted, mustChangePassword, provider, rules } = facts;
  const hasMethod = methods.length > 0;
  // Trust that was given before the rule went back to every login counts for nothing.
  const isSkipped = isBrowserTrusted && rules.twoFactor.frequency === "14-days-skip";
  const isRequired = rules.twoFactor.required.enabled && provider?.vouches !== true;
  const isAsked = provider === null || rules.singleSignOn.askSecondFactor.enabled || isRequired;
  return decideInOrder<SignInStage, NextStageReason>(
    [
      {
        step: "second-factor-on",
        verdict: "second-factor",
        result: isAsked
          ? resultOfRule(hasMethod && !isFactorPassed && !isSkipped)
          : "not-applicable",
        detail: { methods: methods.join(" "), isFactorPassed, isSkipped, ...detailOf(provider) },
      },
      {
        step: "password-must-change",
        verdict: "change-password",
        result: resultOfRule(mustChangePassword),
      },
      {
        step: "second-factor-missing",
        verdict: "set-up-second-factor",
        result: isRequired ? resultOfRule(!hasMethod) : "not-applicable",
      },
    ],
    { verdict: "none", reason: "sign-in-whole" },
  );
}

function detailOf(provider: NextStageFacts["provider"]): Readonly<Record<string, boolean>> {
  return provider === null ? {} : { providerVouches: provider.vouches };
}
