// The front door of the accounts domain.
export type { AccountsEvent } from "./accounts-event.ts";
export type { AccountsListeners } from "./accounts-parts.ts";
export { accountsProblem } from "./accounts-problem.ts";
export type { ApiRequest, Authentication, ReadSession, WrongToken } from "./authenticate.ts";
export { createAccounts } from "./create-accounts.ts";
export type { Accounts } from "./create-accounts.ts";
export { holdAccount } from "./hold-rows.ts";
export { describePrincipal, hasScope } from "./principal.ts";
export type { Principal, UserPrincipal } from "./principal.ts";
export { reachOf } from "./reach-of.ts";
export { registerAccountsRoutes } from "./register-accounts-routes.ts";
export { listMemberships } from "./users/membership-store.ts";
export type { StoredMembership } from "./users/membership-store.ts";
export { findUserByEmailKey, findUserById, insertUser, updateUser } from "./users/user-store.ts";
export type { StoredUser } from "./users/user-store.ts";
export { findManagedUser } from "./users/visible-user.ts";
