// Of whose visits a preview speaks: everybody's, or those of the accounts that are changed.

import type { AccountId } from "../../core/accounts/account.ts";
import type { CandidateChange } from "../../core/preview/candidate.ts";
import type { VisitScope } from "../../core/preview/visit-places.ts";
import { reachOf } from "../accounts/index.ts";
import type { Accounts, Principal } from "../accounts/index.ts";

export type PreviewScope = {
  readonly places: VisitScope;
  /** Of which accounts users are named; null: of all. */
  readonly members: readonly AccountId[] | null;
};

const MINUTE_MS = 60_000;

/**
 * An account's rules decide visits of that account only. INVARIANT: to admins nothing is told of
 * other accounts, nor of a former one that had the code.
 */
export async function findScope(
  { accounts }: { readonly accounts: Pick<Accounts, "findAccount"> },
  asked: { readonly changes: readonly CandidateChange[]; readonly principal: Principal | null },
): Promise<PreviewScope> {
  const { changes, principal } = asked;
  const codes = [...new Set(changes.map(({ account }) => account))];
  const isOperator = principal === null || reachOf(principal).kind === "platform";
  if (codes.includes(undefined)) {
    if (!isOperator) throw new Error("an admin cannot change the platform's rules");
    return { places: null, members: null };
  }
  const found = await Promise.all(codes.map((code) => accounts.findAccount(code!)));
  const known = found.filter((account) => account !== null);
  const places = known.map(({ code, createdAtMs }) => {
    return { code, sinceMinute: isOperator ? 0 : Math.floor(createdAtMs / MINUTE_MS) };
  });
  return { places, members: isOperator ? null : known.map(({ id }) => id) };
}
