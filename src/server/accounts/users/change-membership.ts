// Makes users members of accounts, changes their roles, and ends memberships.
import type { Transaction } from "kysely";
import type { MemberRole } from "../../../core/accounts/role.ts";
import type { Schema } from "../../migrations/schema.ts";
import { findAccountWithin } from "../account-store.ts";
import type { StoredAccount } from "../account-store.ts";
import { accountsProblem } from "../accounts-problem.ts";
import type { AccountsParts } from "../accounts-parts.ts";
import { holdAccount, holdUser } from "../hold-rows.ts";
import { describePrincipal } from "../principal.ts";
import type { Principal } from "../principal.ts";
import { reachOf } from "../reach-of.ts";
import { deleteMembership, insertMembership, updateRole } from "./membership-store.ts";
import { updateUser } from "./user-store.ts";
import { findVisibleUser } from "./visible-user.ts";
import type { UserWithMemberships } from "./visible-user.ts";

export type MembershipChange = {
  readonly principal: Principal;
  readonly userId: string;
  readonly accountCode: string;
  /** Null ends the membership and takes the grants of the account's numbers. */
  readonly role: MemberRole | null;
};

type Standing = UserWithMemberships & {
  readonly account: StoredAccount;
  readonly roleBefore: MemberRole | null;
};

/**
 * An admin may do so in an own account with every user who is visible, also one whose rules come
 * from another account. A first membership becomes primary.
 */
export async function changeMembership(
  parts: AccountsParts,
  change: MembershipChange,
): Promise<void> {
  const { principal, userId, role } = change;
  await parts.database.transaction(async (trx) => {
    const standing = await holdStanding(trx, change);
    const { account, roleBefore } = standing;
    if (roleBefore === role) {
      if (role === null) throw accountsProblem("membership-not-found");
      return;
    }
    refuseOwnLoss(principal, standing);
    const grantsRemoved = await store(trx, standing, { role, nowMs: parts.clock.nowMs() });
    await parts.recordEvent(trx, {
      kind: "membership-changed",
      atMs: parts.clock.nowMs(),
      actor: describePrincipal(principal),
      account: account.code,
      userId,
      detail: { email: standing.user.email, role, roleBefore, grantsRemoved },
    });
    await parts.onUserChanged(trx, userId);
  });
}

async function holdStanding(
  trx: Transaction<Schema>,
  { principal, userId, accountCode }: MembershipChange,
): Promise<Standing> {
  const account = await findAccountWithin(trx, accountCode, reachOf(principal));
  if (account === null || !(await holdAccount(trx, account.id))) {
    throw accountsProblem("account-not-found");
  }
  await holdUser(trx, userId);
  const found = await findVisibleUser(trx, principal, userId);
  const membership = found.memberships.find(({ accountId }) => accountId === account.id);
  return { ...found, account, roleBefore: membership?.role ?? null };
}

async function store(
  trx: Transaction<Schema>,
  { user, memberships, account, roleBefore }: Standing,
  { role, nowMs }: { readonly role: MemberRole | null; readonly nowMs: number },
): Promise<number> {
  const ids = { userId: user.id, accountId: account.id };
  if (role === null) {
    const grantsRemoved = await deleteMembership(trx, user.id, account.id);
    // From now on the strictest rules of the other accounts hold (attack row 75).
    if (user.primaryAccountId === account.id) {
      await updateUser(trx, { id: user.id, primaryAccountId: null });
    }
    return grantsRemoved;
  }
  if (roleBefore !== null) {
    await updateRole(trx, { ...ids, role });
    return 0;
  }
  await insertMembership(trx, { ...ids, role, createdAtMs: nowMs });
  if (memberships.length === 0) {
    await updateUser(trx, { id: user.id, primaryAccountId: account.id });
  }
  return 0;
}

/** An admin who becomes less by a slip cannot undo it; operators stay operators. */
function refuseOwnLoss(principal: Principal, { user, roleBefore }: Standing): void {
  if (principal.kind !== "user" || principal.userId !== user.id || principal.isOperator) return;
  if (roleBefore === "admin") throw accountsProblem("own-user");
}
