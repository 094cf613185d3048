// All routes of this domain: accounts, tokens, users, tracking numbers.
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import { registerAccountRoutes } from "./account-routes.ts";
import type { Accounts } from "./create-accounts.ts";
import { registerTokenRoutes } from "./token-routes.ts";
import { registerTrackingNumberRoutes } from "./tracking-numbers/tracking-number-routes.ts";
import { registerUserRoutes } from "./users/user-routes.ts";

export function registerAccountsRoutes(app: FastifyApp, accounts: Accounts): void {
  registerAccountRoutes(app, accounts);
  registerTokenRoutes(app, accounts);
  registerUserRoutes(app, accounts);
  registerTrackingNumberRoutes(app, accounts);
}
