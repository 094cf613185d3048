// Decides who may change, release or sign out a user.
import type { AccountId } from "./account.ts";

export type UserManager = {
  readonly isOperator: boolean;
  readonly adminOf: readonly AccountId[];
};

export type ManagedUser = {
  readonly isOperator: boolean;
  /** The accounts the user is a member of. */
  readonly accountIds: readonly AccountId[];
};

/**
 * Operators may manage everybody; admins those who are members of their accounts only. Whoever may
 * change a user's e-mail address may become that user by a password link, so the primary account
 * alone does not suffice: its admin would get into the user's other accounts. Operators are managed
 * by operators.
 */
export function mayManageUser(manager: UserManager, user: ManagedUser): boolean {
  if (manager.isOperator) return true;
  if (user.isOperator || user.accountIds.length === 0) return false;
  return user.accountIds.every((accountId) => manager.adminOf.includes(accountId));
}
