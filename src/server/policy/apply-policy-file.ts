// Makes the rules what a policy file says: everything that differs in one step, or nothing.
import { accountsProblem } from "../accounts/index.ts";
import type { Accounts } from "../accounts/index.ts";
import { changeWaits } from "../journal/index.ts";
import type { ChangeContext, WaitingAbout } from "../journal/index.ts";
import { applyChanges } from "./apply-changes.ts";
import type { ApplyParts } from "./apply-changes.ts";
import { toAppliedChanges, toProposedChanges } from "./describe-plan.ts";
import type { Plan, PlannedChange } from "./plan-policy-file.ts";
import { policyFileProblem } from "./policy-file-problem.ts";

export type ApplyFileParts = ApplyParts & {
  readonly accounts: Pick<Accounts, "addAccount" | "findAccount">;
};

/**
 * In force on return. Accounts that are not there are added first, one by one, with the defaults;
 * all rules follow in one transaction, so that who applies the file again goes on from there.
 * @param made.fingerprint of the plan that was looked at; null: none was
 * Throws `change-waits` also where nothing differs: what the file says would not stay so. Throws
 * `policy-file-moved-on`, and what the guard and each change throw.
 */
export async function applyPolicyFile(
  parts: ApplyFileParts,
  plan: Plan,
  made: { readonly fingerprint: string | null; readonly context: ChangeContext },
): Promise<void> {
  const context: ChangeContext = { ...made.context, way: "policy-file" };
  const [waits] = plan.waiting;
  if (waits !== undefined) throw changeWaits(waits, whatWaits(waits));
  if (made.fingerprint !== null && made.fingerprint !== plan.fingerprint) {
    throw policyFileProblem("policy-file-moved-on");
  }
  // What is refused is refused before the first account is there.
  if (plan.changes.some(({ isNew }) => isNew)) {
    await parts.changes.guard(toProposedChanges(plan.changes), context);
  }
  for (const change of plan.changes) {
    if (change.isNew) await addAccount(parts, change.wanted, context);
  }
  const changes = toAppliedChanges(plan.changes);
  if (changes.length > 0) await applyChanges(parts, changes, context);
}

/** Such as `country, entries of the platform`. */
function whatWaits({ parts }: WaitingAbout): string {
  const owners = [...new Set(parts.map(({ account }) => account))];
  return owners
    .map((code) => {
      const subjects = parts.filter(({ account }) => account === code).map((one) => one.subject);
      return `${[...new Set(subjects)].join(", ")} of ${code ?? "the platform"}`;
    })
    .join("; ");
}

async function addAccount(
  { accounts }: ApplyFileParts,
  { account: code, name }: PlannedChange["wanted"],
  context: ChangeContext,
): Promise<void> {
  if (code === null) return;
  const outcome = await accounts.addAccount({ code, name: name ?? code, createdBy: context.actor });
  if (outcome.ok) return;
  if (outcome.why === "code-refused") throw accountsProblem("account-code-reserved");
  // Somebody has added it since the plan was made.
  throw policyFileProblem("policy-file-moved-on");
}
