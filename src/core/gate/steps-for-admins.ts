// What an account's admins are told of a decision: of the platform's rules, only what came of them.
import type { Step } from "../decision.ts";

/**
 * The platform's entries, notes, bans and counts are its operators' business, and may tell of
 * other customers (attack row 141); which rule refused is the admins' business too.
 */
export function stepsForAdmins(steps: readonly Step[]): readonly Step[] {
  return steps.map((step) => {
    if (step.layer !== "platform") return step;
    return { step: step.step, layer: step.layer, result: step.result };
  });
}
