// Whose data a principal may look at and change.
import type { UserManager } from "../../core/accounts/manage-user.ts";
import type { Reach } from "../../core/accounts/reach.ts";
import type { Principal, UserPrincipal } from "./principal.ts";

/** Operators, and admins of at least one account. */
export function isManager(user: UserPrincipal): boolean {
  return user.isOperator || adminOf(user).length > 0;
}

/** The ids of the accounts that a user is an admin of. */
function adminOf(user: UserPrincipal): readonly string[] {
  return user.memberships.flatMap(({ role, accountId }) => (role === "admin" ? [accountId] : []));
}

/** Tokens are the platform's: their scopes, not accounts, bound them. An agent reaches nothing. */
export function reachOf(principal: Principal): Reach {
  if (principal.kind !== "user" || principal.isOperator) return { kind: "platform" };
  return { kind: "accounts", accountIds: adminOf(principal) };
}

/** Who may make operators, and change them: a token must not, or it could outgrow its scopes. */
export function mayManageOperators(principal: Principal): boolean {
  return principal.kind === "host-shell" || (principal.kind === "user" && principal.isOperator);
}

export function managerOf(principal: Principal): UserManager {
  if (principal.kind !== "user") return { isOperator: true, adminOf: [] };
  return { isOperator: principal.isOperator, adminOf: adminOf(principal) };
}
