// A refusal by what is asked after the network rules: who is signed in, whose recording it is.

import type { IdentityReason } from "../../core/gate/decide-identity.ts";
import type { RequestReason } from "../../core/gate/decide-request.ts";
import type { Step } from "../../core/decision.ts";
import type { IdentityOutcome } from "./identity-at-gate.ts";

export type LaterRefusal = {
  /** 302 to the sign-in page; 401 where no person looks. */
  readonly status: 302 | 401 | 403 | 404;
  readonly reason: RequestReason;
  /** Written down, with an id for the visitor. */
  readonly isRecorded: boolean;
  /** Whose rule it was: `platform` or an account's id. */
  readonly owner: string;
  /** Refusals of one address that differ in it are different ones. */
  readonly ruleId: number;
  readonly steps: readonly Step[];
  readonly detail: Readonly<Record<string, string | null>>;
};

/** Null: let in. */
export function identityRefusalOf(outcome: IdentityOutcome): LaterRefusal | null {
  const { verdict, reason, isNavigation, steps, userId } = outcome;
  if (verdict === "pass") return null;
  // The core never refuses for these two.
  if (reason === "session-not-asked" || reason === "session-open") {
    throw new Error(`refused for ${reason}`);
  }
  return {
    status: verdict === "forbid" ? 403 : isNavigation ? 302 : 401,
    reason,
    isRecorded: !ORDINARY.has(reason),
    owner: "platform",
    ruleId: 0,
    steps,
    detail: { userId },
  };
}

/** Whoever has to sign in (again) is nothing to write down; every visit begins so. */
const ORDINARY: ReadonlySet<IdentityReason> = new Set<IdentityReason>([
  "session-missing",
  "session-idle",
  "half-sign-in-ended",
  "sign-in-unfinished",
  "password-expired",
  "password-must-change",
]);
