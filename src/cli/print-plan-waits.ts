// Says which changes a policy file waits for: those of the same rules that are not confirmed yet.
import type { PlanWaits } from "../api/policy-file-api.ts";
import type { CliContext } from "./cli-context.ts";
import { printLine } from "./output.ts";

export async function printPlanWaits(
  context: CliContext,
  waiting: readonly PlanWaits[],
): Promise<void> {
  for (const waits of waiting) {
    await printLine(context, describeWaits(waits));
    if (waits.actor === null) continue;
    await printLine(context, `To take it back: postern policy take-back ${waits.changeId}`);
  }
}

function describeWaits({ actor, goesBackAt, parts }: PlanWaits): string {
  const byOwner = new Map<string, Set<string>>();
  for (const { account, subject } of parts) {
    const owner = account ?? "the platform";
    byOwner.set(owner, (byOwner.get(owner) ?? new Set()).add(subject));
  }
  const what = [...byOwner].map(([owner, named]) => `${[...named].join(", ")} of ${owner}`);
  const who = actor === null ? "with others that are not yours" : `made by ${actor}`;
  return (
    `A change of ${what.join("; ")}, ${who}, waits to be confirmed until ${goesBackAt}: apply ` +
    "will be refused until it is confirmed or taken back."
  );
}
