// What an account's admins are told would help: what the platform's rules refuse, operators change.
import type { Step } from "../decision.ts";
import type { Remedy } from "./would-pass-if.ts";

/** @param steps as they were looked at: the one that refused is the last that matched */
export function remediesForAdmins(
  remedies: readonly Remedy[],
  steps: readonly Step[],
): readonly Remedy[] {
  const refused = steps.findLast(({ result }) => result === "matched");
  if (remedies.length === 0 || refused?.layer !== "platform") return remedies;
  return [{ code: "ask-operator" }];
}
