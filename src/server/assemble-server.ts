// Puts the domains together into one server that is not listening yet.

import type { Clock } from "../platform/clock.ts";
import type { Config } from "../platform/config.ts";
import { createFastify } from "../platform/http/create-fastify.ts";
import type { HttpServer } from "../platform/http/create-http-server.ts";
import { registerApiDocs } from "../platform/http/register-api-docs.ts";
import type { Logger } from "../platform/log/create-logger.ts";
import { PROGRAM_VERSION } from "../platform/program-version.ts";
import { registerAccountsRoutes } from "./accounts/index.ts";
import { checkReadiness } from "./check-readiness.ts";
import { registerExplainRoutes, registerRecordingLinkRoutes } from "./gate/index.ts";
import { registerIdentityRoutes } from "./identity/index.ts";
import type { Identity } from "./identity/index.ts";
import { registerJournalRoutes } from "./journal/index.ts";
import { registerNetworkRoutes } from "./network/index.ts";
import type { Network } from "./network/index.ts";
import { openBase } from "./open-base.ts";
import { openDomains } from "./open-domains.ts";
import { openHttp } from "./open-http.ts";
import { createMetrics } from "./process-metrics.ts";
import { registerRecordingsRoutes } from "./recordings/index.ts";
import { registerSystemRoutes } from "./system-routes.ts";
import { registerWebRoutes, routeOfUrl, WEB_DIRECTORY } from "./web-routes.ts";

export type Server = {
  readonly http: HttpServer;
  readonly network: Network;
  readonly identity: Identity;
  /** Lets requests finish, writes what is in memory, frees the store. */
  close(): Promise<void>;
};

/**
 * @param given.clock for tests, which turn it by hand
 * @param given.standIns origins of providers, and the local ones that are asked in their place:
 * for tests and the demo, never by configuration
 */
export async function assembleServer(
  config: Config,
  logger: Logger,
  given: {
    readonly clock?: Clock;
    readonly standIns?: ReadonlyMap<string, string>;
  } = {},
): Promise<Server> {
  const base = await openBase(config, logger, given);
  const { database, journal, alarms, clock } = base;
  const listener = openHttp(base);
  const { http, clients } = listener;
  const { accounts, network, identity, recordings, gate, recordingDoor } = await openDomains(
    base,
    listener,
    given.standIns ?? new Map(),
  );

  const app = createFastify({ http, logger, rewriteUrl: routeOfUrl });
  registerApiDocs(app, {
    title: "Postern",
    version: PROGRAM_VERSION,
    description: "Who may reach the portal, and why.",
  });
  await app.register(async () => {
    registerAccountsRoutes(app, accounts);
    registerNetworkRoutes(app, { network, accounts });
    registerJournalRoutes(app, journal, accounts);
    registerExplainRoutes(app, { network, accounts, recordings });
    registerIdentityRoutes(app, identity);
    registerRecordingsRoutes(app, recordings);
    registerRecordingLinkRoutes(app, recordingDoor);
    await registerWebRoutes(app, { webDirectory: WEB_DIRECTORY });
    registerSystemRoutes(app, {
      accounts,
      database,
      clock,
      metrics: createMetrics({ gate, clients, network, journal }),
      checkReadiness: () =>
        checkReadiness({ database, network, journal, alarms, clock, keys: identity.keys }),
    });
  });
  await app.ready();
  journal.start();
  accounts.start();
  identity.start();
  recordings.start();

  return {
    http,
    network,
    identity,
    close: async () => {
      journal.endTails();
      await http.close();
      await app.close();
      await recordings.close();
      await identity.close();
      await network.close();
      await accounts.close();
      await journal.close();
      await database.close();
    },
  };
}
