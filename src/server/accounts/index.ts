// The front door of the accounts domain.
export type { AccountsEvent } from "./accounts-event.ts";
export { registerAccountsRoutes } from "./accounts-routes.ts";
export type { Authentication, WrongToken } from "./authenticate.ts";
export { createAccounts } from "./create-accounts.ts";
export type { Accounts } from "./create-accounts.ts";
export { describePrincipal, hasScope } from "./principal.ts";
