// Says what an allow entry of an account cannot do: the platform's rules come before it.
import { reasonName } from "../journal/reason-words.ts";
import type { ShownStep } from "../journal/step-words.ts";

export type GateAnswer = {
  readonly verdict: "pass" | "refuse";
  readonly reason: string;
  readonly steps: readonly Pick<ShownStep, "layer" | "result">[];
};

/** Null: the platform does not refuse it now. */
export function describeRefusedAnyway(answer: GateAnswer, account: string): string | null {
  const by = answer.steps.findLast(({ result }) => result === "matched")?.layer;
  if (answer.verdict === "pass" || by !== "platform") return null;
  const why = reasonName(answer.reason);
  return (
    `The platform refuses this address now (${why.charAt(0).toLowerCase()}${why.slice(1)}), ` +
    `also at ${account}: this entry alone does not let it in.`
  );
}
