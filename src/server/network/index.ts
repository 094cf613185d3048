// The front door of the network domain.

import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import type { Accounts } from "../accounts/index.ts";
import { registerBanRoutes } from "./ban-routes.ts";
import type { Network } from "./create-network.ts";
import { registerEntryRoutes } from "./entry-routes.ts";
import { registerGeoRoutes } from "./geo-routes.ts";
import { registerImportRoutes } from "./import-routes.ts";
import { registerPolicyRoutes } from "./policy-routes.ts";
import { registerReportRoutes } from "./report-routes.ts";

export { recordChanges } from "./change-feed.ts";
export { createNetwork } from "./create-network.ts";
export type { Network } from "./create-network.ts";
export { findEntries } from "./entry-store.ts";
export { rangeTextOf } from "./export-entries.ts";
export { describeCountries } from "./geo-routes.ts";
export { countRulesOfAccount, forgetAccount } from "./forget-account.ts";
export type { RecordEvent } from "./network-events.ts";
export { waitUntilStored } from "./wait-until-stored.ts";

export function registerNetworkRoutes(
  app: FastifyApp,
  parts: { readonly network: Network; readonly accounts: Accounts },
): void {
  registerPolicyRoutes(app, parts);
  registerEntryRoutes(app, parts);
  registerImportRoutes(app, parts);
  registerBanRoutes(app, parts);
  registerReportRoutes(app, parts);
  registerGeoRoutes(app, parts);
}
