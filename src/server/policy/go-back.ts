// Lets a change that nobody confirmed go back: all of it in one step, as it was before.
import type { Transaction } from "kysely";
import { Problem } from "../../platform/problem/problem.ts";
import type { Account } from "../../core/accounts/account.ts";
import type { GoBack, StoredRevision, WaitingChange } from "../journal/index.ts";
import type { Schema } from "../migrations/schema.ts";
import { applyWith } from "./apply-changes.ts";
import type { AppliedChange, ApplyParts } from "./apply-changes.ts";
import { findChangesBack } from "./changes-back.ts";

export type GoBackParts = ApplyParts & {
  /** What was before cannot be any more, such as routes to an account that is gone. */
  readonly recordKept: (
    trx: Transaction<Schema>,
    change: WaitingChange,
    why: string,
  ) => Promise<void>;
};

export function createGoBack(parts: GoBackParts): GoBack {
  return async (change, { context, claim }) => {
    try {
      const back = await findAllBack(parts, change);
      await applyWith(parts, back, { context, first: claim });
      return "went-back";
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const why = error.detail ?? error.message;
      await parts.network.database.transaction(async (trx) => {
        await claim(trx);
        await parts.recordKept(trx, change, why);
      });
      return "kept";
    }
  };
}

/** Of a list the first revision says all that the change did to it. */
function isSaidBefore(
  revisions: WaitingChange["revisions"],
  { number, owner, subject }: StoredRevision,
) {
  return revisions.some(
    (other) => other.number < number && other.owner === owner && other.subject === subject,
  );
}

/** The last that was done is undone first. */
async function findAllBack(
  parts: GoBackParts,
  { revisions }: WaitingChange,
): Promise<readonly AppliedChange[]> {
  const { accounts, network } = parts;
  const read = network.database.kysely;
  const nowMs = network.clock.nowMs();
  const changes: AppliedChange[] = [];
  for (const revision of revisions.toReversed()) {
    let account: Account | null = null;
    if (revision.owner !== "platform") {
      const code = network.accountCodeOf(revision.owner);
      account = code === null ? null : await accounts.findAccount(code);
      // With the account went its rules.
      if (account === null) continue;
    }
    if (isSaidBefore(revisions, revision)) continue;
    const back = { revision, to: "before", account, nowMs, isAlone: true } as const;
    changes.push(...(await findChangesBack(read, back)));
  }
  return changes;
}
