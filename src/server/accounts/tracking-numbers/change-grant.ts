// Grants a tracking number's recordings to users, and takes the grants back.
import { accountsProblem } from "../accounts-problem.ts";
import type { AccountsParts } from "../accounts-parts.ts";
import { holdMembership } from "../hold-rows.ts";
import { describePrincipal } from "../principal.ts";
import type { Principal } from "../principal.ts";
import { findUserById } from "../users/user-store.ts";
import { findVisibleUser } from "../users/visible-user.ts";
import { findManagedNumber, holdManagedNumber } from "./change-tracking-number.ts";
import { deleteGrant, insertGrant } from "./grant-store.ts";

export type GrantChange = {
  readonly principal: Principal;
  readonly trackingNumberId: string;
  readonly userId: string;
};

/**
 * Only to members of the number's account: throws `membership-missing` (409) for others. Granted
 * before: nothing is changed.
 */
export async function grantNumber(parts: AccountsParts, change: GrantChange): Promise<void> {
  const { principal, trackingNumberId, userId } = change;
  await parts.database.transaction(async (trx) => {
    const { user } = await findVisibleUser(trx, principal, userId);
    const { accountId } = await findManagedNumber(trx, principal, trackingNumberId);
    // The membership first: one that ends meanwhile takes its grants in the same order.
    const isMember = await holdMembership(trx, userId, accountId);
    const number = await holdManagedNumber(trx, principal, trackingNumberId);
    if (!isMember) {
      const detail =
        "Numbers are granted to members of their account; " +
        `make the user a member of ${number.accountCode} first.`;
      throw accountsProblem("membership-missing", { detail });
    }
    const atMs = parts.clock.nowMs();
    const actor = describePrincipal(principal);
    const grant = { userId, trackingNumberId, createdAtMs: atMs, createdBy: actor };
    if (!(await insertGrant(trx, grant))) return;
    await parts.recordEvent(trx, {
      kind: "grant-changed",
      atMs,
      actor,
      account: number.accountCode,
      userId,
      detail: { change: "granted", number: number.number, email: user.email },
    });
    await parts.onUserChanged(trx, userId);
  });
  await parts.followUserChanges();
}

/** Throws `grant-not-found` (404) when there is none. */
export async function revokeGrant(parts: AccountsParts, change: GrantChange): Promise<void> {
  const { principal, trackingNumberId, userId } = change;
  await parts.database.transaction(async (trx) => {
    const number = await holdManagedNumber(trx, principal, trackingNumberId);
    const isRevoked = await deleteGrant(trx, userId, trackingNumberId);
    if (!isRevoked) throw accountsProblem("grant-not-found");
    const user = await findUserById(trx, userId);
    await parts.recordEvent(trx, {
      kind: "grant-changed",
      atMs: parts.clock.nowMs(),
      actor: describePrincipal(principal),
      account: number.accountCode,
      userId,
      detail: { change: "revoked", number: number.number, email: user?.email ?? null },
    });
    await parts.onUserChanged(trx, userId);
  });
  await parts.followUserChanges();
}
