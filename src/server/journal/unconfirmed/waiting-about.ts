// Says which waiting changes are about given rules, and refuses a change of the same.
import type { PolicyOwner } from "../../../core/accounts/account.ts";
import type { ChangeWaits } from "../../../api/unconfirmed-api.ts";
import type { Problem } from "../../../platform/problem/problem.ts";
import type { Principal } from "../../accounts/index.ts";
import { journalProblem } from "../journal-problem.ts";
import { isWithinReach } from "./unconfirmed-store.ts";
import type { WaitingChange } from "./unconfirmed-store.ts";

/** A section of an owner, `audio-download`, or `entries` for the list. */
export type RuleSubject = { readonly owner: PolicyOwner; readonly subject: string };

export type WaitingAbout = ChangeWaits & {
  /** Only of what was asked about: the change may be of more, which is not everybody's to know. */
  readonly parts: readonly (RuleSubject & { readonly account: string | null })[];
};

/** The next to go back first. */
export function findAbout(
  waiting: readonly WaitingChange[],
  isMeant: (subject: RuleSubject) => boolean,
  principal: Principal,
): readonly WaitingAbout[] {
  return waiting.flatMap((change) => {
    const parts = change.revisions
      .filter(isMeant)
      .map(({ owner, subject, account }) => ({ owner, subject, account }));
    return parts.length === 0 ? [] : [{ ...toChangeWaits(change, principal), parts }];
  });
}

/** @param principal who is told; null: nobody */
export function toChangeWaits(change: WaitingChange, principal: Principal | null): ChangeWaits {
  const { changeId, actor, goesBackAtMs } = change;
  const isTheirs = principal === null || isWithinReach(change, principal);
  const goesBackAt = new Date(goesBackAtMs).toISOString();
  return { changeId, goesBackAt, actor: isTheirs ? actor : null };
}

/** @param what was changed, such as `country of the platform` */
export function changeWaits({ changeId, goesBackAt, actor }: ChangeWaits, what = "it"): Problem {
  return journalProblem("change-waits", {
    detail:
      actor === null
        ? `A change of ${what}, with others that are not yours, waits to be confirmed by an ` +
          `operator. It goes back at ${goesBackAt} unless it is.`
        : `A change that ${actor} made of ${what} waits to be confirmed; it goes back at ` +
          `${goesBackAt}. Confirm it or take it back first.`,
    members: { changeId, goesBackAt, actor },
  });
}
