// Guards every change of the rules: what locks out whoever makes it, or all operators, is refused.
import { LOCKOUT_OVERRIDE } from "../../../api/change-safety-api.ts";
import type { LockoutRemedy } from "../../../api/lockout-api.ts";
import type { Problem } from "../../../platform/problem/problem.ts";
import type { ChangeContext, GuardChanges } from "../../journal/index.ts";
import { previewProblem } from "../preview-problem.ts";
import { describeLockout } from "./describe-lockout.ts";
import type { FindLockout } from "./find-lockout.ts";
import type { FoundLockout } from "./found-lockout.ts";

/** Throws `would-lock-out`, and what saving the changes would throw of their values. */
export function createLockoutGuard(findLockout: FindLockout): GuardChanges {
  return async function guardChanges(changes, context) {
    const found = await findLockout(changes, context);
    if (found === null) return null;
    if (context.overrides) return sentenceOf(found);
    throw refusal(found, context);
  };
}

/** For the history: what was known and meant. */
function sentenceOf(found: FoundLockout): string {
  const { who, reason } = found;
  const whom = who === "you" ? "whoever made it" : "every operator who could get in";
  // From where it was made is told to operators only, beside the sentence.
  return `It refuses ${whom}${whereOf({ ...found, address: null })} (${reason}).`;
}

function whereOf({ address, surface, account, atMs }: FoundLockout): string {
  const from = address === null ? "" : `, from ${address}`;
  const of = account === null ? "" : ` of ${account}`;
  const since = atMs === null ? "" : `, from ${new Date(atMs).toISOString()} on`;
  return `${from} on ${surface}${of}${since}`;
}

function refusal(found: FoundLockout, { principal }: ChangeContext): Problem {
  const { who, reason, remedy } = found;
  const whom = who === "you" ? "you" : "every operator who could get in";
  return previewProblem("would-lock-out", {
    detail:
      `Saved like this, the change would refuse ${whom}${whereOf(found)} (${reason}). ` +
      `${adviceOf(remedy)} Or send lockoutOverride=${LOCKOUT_OVERRIDE} to make it all the same.`,
    members: describeLockout(found, principal),
  });
}

function adviceOf(remedy: LockoutRemedy): string {
  switch (remedy.code) {
    case "allow-address":
      return `Allow ${remedy.range} first, and make the change again.`;
    case "add-to-whitelist":
      return `Put ${remedy.range} on the whitelist, and make the change again.`;
    case "set-up-second-factor":
      return "Set up a second factor first, and make the change again.";
    case "sign-in-again":
      return "Sign out and in again first, and make the change again.";
    case "set-otherwise":
      return "Set the rule so that somebody gets in.";
    default:
      return remedy satisfies never;
  }
}
