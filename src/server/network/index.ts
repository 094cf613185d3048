// The front door of the network domain.

import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import type { Accounts } from "../accounts/index.ts";
import { registerBanRoutes } from "./ban-routes.ts";
import type { Network } from "./create-network.ts";
import { registerCounterRoutes } from "./counter-routes.ts";
import { registerEntryRoutes } from "./entry-routes.ts";
import { registerGeoRoutes } from "./geo-routes.ts";
import { registerImportRoutes } from "./import-routes.ts";
import { registerPolicyRoutes } from "./policy-routes.ts";
import { registerReportRoutes } from "./report-routes.ts";
import { registerSubscriptionRoutes } from "./subscriptions/subscription-routes.ts";

export { streamBansSince } from "./ban-store.ts";
export { recordChanges } from "./change-feed.ts";
export { createNetwork } from "./create-network.ts";
export type { Network } from "./create-network.ts";
export { entryNotFound, readFutureExpiry, readRule } from "./edit-entries.ts";
export { prepareEntryList } from "./edit-entry-list.ts";
export { checkPolicyEdits, preparePolicyEdits } from "./edit-policy.ts";
export { countByAction, findEntries, findEntryOfRange, streamEntriesById } from "./entry-store.ts";
export { rangeTextOf } from "./export-entries.ts";
export { describeCountries } from "./geo-routes.ts";
export { countRulesOfAccount, forgetAccount } from "./forget-account.ts";
export type { RecordNamedEvent } from "./network-events.ts";
export { ownerFor, ownersFor } from "./owner-of-principal.ts";
export { readSection } from "./policy-store.ts";
export { loadListsInModes } from "./subscriptions/edit-subscriptions.ts";
export { listAsGuarded } from "./subscriptions/guard-list.ts";
export { stateOfSubscription } from "./subscriptions/subscription-answer.ts";
export { readWhatGoesBack } from "./what-goes-back.ts";
export type { GoingBack } from "./what-goes-back.ts";
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
  registerCounterRoutes(app, parts);
  registerSubscriptionRoutes(app, parts);
}
