// Finds users as far as a principal may see and manage them.
import { mayManageUser } from "../../../core/accounts/manage-user.ts";
import { canReach } from "../../../core/accounts/reach.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { accountsProblem } from "../accounts-problem.ts";
import type { Principal } from "../principal.ts";
import { managerOf, mayManageOperators, reachOf } from "../reach-of.ts";
import { listMemberships } from "./membership-store.ts";
import type { StoredMembership } from "./membership-store.ts";
import { findUserWithin } from "./user-store.ts";
import type { StoredUser } from "./user-store.ts";

/** All memberships, also those that the principal may not see. */
export type UserWithMemberships = {
  readonly user: StoredUser;
  readonly memberships: readonly StoredMembership[];
};

/** Throws `user-not-found` (404) also for a user of others' accounts only. */
export async function findVisibleUser(
  read: ReadDatabase<Schema>,
  principal: Principal,
  userId: string,
): Promise<UserWithMemberships> {
  const user = await findUserWithin(read, userId, reachOf(principal));
  if (user === null) throw accountsProblem("user-not-found");
  return { user, memberships: await listMemberships(read, userId) };
}

/** Throws `operator-required` or `user-not-managed` (403) too, for a user who is only visible. */
export async function findManagedUser(
  read: ReadDatabase<Schema>,
  principal: Principal,
  userId: string,
): Promise<UserWithMemberships> {
  const found = await findVisibleUser(read, principal, userId);
  if (isManagedBy(principal, found)) return found;
  throw accountsProblem(found.user.isOperator ? "operator-required" : "user-not-managed");
}

export function isManagedBy(
  principal: Principal,
  { user, memberships }: UserWithMemberships,
): boolean {
  if (user.isOperator && !mayManageOperators(principal)) return false;
  return mayManageUser(managerOf(principal), {
    isOperator: user.isOperator,
    accountIds: memberships.map(({ accountId }) => accountId),
  });
}

export function visibleMemberships(
  principal: Principal,
  memberships: readonly StoredMembership[],
): readonly StoredMembership[] {
  const reach = reachOf(principal);
  return memberships.filter(({ accountId }) => canReach(reach, accountId));
}
