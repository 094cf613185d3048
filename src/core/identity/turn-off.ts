// Decides whether a method of the second factor may be turned off.
import type { Decision } from "../decision.ts";
import type { TwoFactorRules } from "./identity-policy.ts";
import { decideInOrder, resultOfRule } from "./ordered-rules.ts";
import type { FactorMethod } from "./second-factor.ts";

export type TurnOffFacts = {
  readonly methods: readonly FactorMethod[];
  /** Of `passkey` one goes at a time: the method is on until the last one has gone. */
  readonly leaving: FactorMethod;
  readonly passkeys: number;
  readonly rules: TwoFactorRules;
};

export type TurnOffReason = "method-off" | "last-method-required" | "method-on";

export function decideTurnOff(facts: TurnOffFacts): Decision<"turn-off" | "refuse", TurnOffReason> {
  const { methods, leaving, passkeys, rules } = facts;
  const staysOn = leaving === "passkey" && passkeys > 1;
  const isLast = !staysOn && methods.every((method) => method === leaving);
  return decideInOrder<"turn-off" | "refuse", TurnOffReason>(
    [
      { step: "method-off", verdict: "refuse", result: resultOfRule(!methods.includes(leaving)) },
      {
        step: "last-method-required",
        verdict: "refuse",
        result: rules.required.enabled ? resultOfRule(isLast) : "not-applicable",
      },
    ],
    { verdict: "turn-off", reason: "method-on" },
  );
}
