// Which role a user has where an account is concerned, and whether it is enough.
import { ROLES } from "./role.ts";
import type { MemberRole, Role } from "./role.ts";

export type RoleHolder = {
  readonly isOperator: boolean;
  readonly memberships: readonly { readonly code: string; readonly role: MemberRole }[];
};

/**
 * The highest role towards the account with this code, null for none. Where no account is asked
 * for, the highest role anywhere.
 */
export function roleTowards(user: RoleHolder, accountCode: string | null): Role | null {
  if (user.isOperator) return "operator";
  const roles = user.memberships
    .filter(({ code }) => accountCode === null || code === accountCode)
    .map(({ role }) => role);
  return ROLES.find((role) => (roles as readonly Role[]).includes(role)) ?? null;
}

/** Operators may what admins may, and admins what agents may. */
export function isAtLeast(role: Role | null, needed: Role): boolean {
  return role !== null && ROLES.indexOf(role) <= ROLES.indexOf(needed);
}
