// Tells what the guard found as the API has it: who would be out, by which steps, and what helps.
import { LOCKOUT_OVERRIDE } from "../../../api/change-safety-api.ts";
import type { LockoutAnswer } from "../../../api/lockout-api.ts";
import { stepsForAdmins } from "../../../core/gate/steps-for-admins.ts";
import { reachOf } from "../../accounts/index.ts";
import type { Principal } from "../../accounts/index.ts";
import type { FoundLockout } from "./found-lockout.ts";

/** @param principal who is told; null: the system itself */
export function describeLockout(found: FoundLockout, principal: Principal | null) {
  const { who, address, surface, account, atMs, reason, steps, remedy } = found;
  const isAdmin = principal !== null && reachOf(principal).kind !== "platform";
  return {
    who,
    address,
    surface,
    account,
    at: atMs === null ? null : new Date(atMs).toISOString(),
    decision: {
      verdict: "refuse",
      reason,
      steps: [...(isAdmin ? stepsForAdmins(steps) : steps)],
    },
    remedy,
    phrase: LOCKOUT_OVERRIDE,
  } satisfies LockoutAnswer;
}
