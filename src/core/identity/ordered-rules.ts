// Looks at rules one after the other until one applies, and keeps the steps.
import type { Decision, Step, StepResult } from "../decision.ts";

/** A rule's own word on the facts; the first that matches decides. */
export type OrderedRule<V extends string, R extends string> = {
  /** Also the reason when it matches. */
  readonly step: R;
  readonly verdict: V;
  readonly result: StepResult;
  readonly detail?: Step["detail"];
};

/** Rules of sign-ins are an account's: every step is of that layer. Later rules are left out. */
export function decideInOrder<V extends string, R extends string>(
  rules: readonly OrderedRule<V, R>[],
  otherwise: { readonly verdict: V; readonly reason: R },
): Decision<V, R> {
  const found = rules.findIndex(({ result }) => result === "matched");
  const looked = found === -1 ? rules : rules.slice(0, found + 1);
  const steps = looked.map(({ step, result, detail }) =>
    detail === undefined
      ? { step, layer: "account" as const, result }
      : { step, layer: "account" as const, result, detail },
  );
  const decisive = rules[found];
  if (decisive === undefined) return { ...otherwise, steps };
  return { verdict: decisive.verdict, reason: decisive.step, steps };
}

/** A rule that holds: did it apply? */
export function resultOfRule(applies: boolean): StepResult {
  return applies ? "matched" : "not-matched";
}
