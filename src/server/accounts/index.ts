// The front door of the accounts domain.
export type { AccountsEvent } from "./accounts-event.ts";
export type { AccountsListeners } from "./accounts-parts.ts";
export { accountsProblem } from "./accounts-problem.ts";
export type {
  ApiRequest,
  Asking,
  Authentication,
  ReadSession,
  WrongToken,
} from "./authenticate.ts";
export { createAccounts } from "./create-accounts.ts";
export type { Accounts } from "./create-accounts.ts";
export { holdAccount, holdTrackingNumber } from "./hold-rows.ts";
export { cutPage, readPage } from "./page-cursor.ts";
export { describePrincipal, hasScope } from "./principal.ts";
export type { Principal, UserPrincipal } from "./principal.ts";
export { reachOf } from "./reach-of.ts";
export { registerAccountsRoutes } from "./register-accounts-routes.ts";
export { partPattern, readSearches, searchTextOf } from "./search-text.ts";
export { listGrants } from "./tracking-numbers/grant-store.ts";
export { listMemberships } from "./users/membership-store.ts";
export type { StoredMembership } from "./users/membership-store.ts";
export { findUserByEmailKey, findUserById, insertUser, updateUser } from "./users/user-store.ts";
export type { StoredUser } from "./users/user-store.ts";
export { findManagedUser, findVisibleUser } from "./users/visible-user.ts";
