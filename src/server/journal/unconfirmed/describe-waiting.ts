// Turns a change that waits to be confirmed into what the API answers.
import type { UnconfirmedChange } from "../../../api/unconfirmed-api.ts";
import type { StoredRevision } from "../revision-store.ts";
import type { WaitingChange } from "./unconfirmed-store.ts";

/** @param at.isOperator to others it is not told from where a change was made */
export function describeWaiting(
  change: WaitingChange,
  at: { readonly nowMs: number; readonly isOperator: boolean },
): UnconfirmedChange {
  const { changeId, madeAtMs, goesBackAtMs, actor, address, revisions } = change;
  return {
    changeId,
    madeAt: new Date(madeAtMs).toISOString(),
    goesBackAt: new Date(goesBackAtMs).toISOString(),
    secondsLeft: Math.max(0, Math.ceil((goesBackAtMs - at.nowMs) / 1000)),
    actor,
    address: at.isOperator ? address : null,
    parts: describeRevisions(revisions),
  };
}

/** What one change changed. */
export function describeRevisions(
  revisions: readonly StoredRevision[],
): UnconfirmedChange["parts"] {
  return revisions.map(({ number, subject, account, entries }) => {
    return { revision: number, subject, account, entries };
  });
}
