// The front door of the accounts domain.
export type { StoredAccount } from "./account-store.ts";
export type { AccountsEvent, RecordAccountsEvent } from "./accounts-event.ts";
export { registerAccountsRoutes } from "./accounts-routes.ts";
export type { ApiRequest, Authentication, WrongToken } from "./authenticate.ts";
export { createAccounts } from "./create-accounts.ts";
export type { Accounts, AddAccountOutcome, CreateAccountsInput } from "./create-accounts.ts";
export { describePrincipal, hasScope, HOST_SHELL } from "./principal.ts";
export type { Principal } from "./principal.ts";
export type { StoredToken } from "./token-store.ts";
