// Puts the domains together into one server that is not listening yet.

import { hostname } from "node:os";
import { CHANGE_HEADER } from "../api/unconfirmed-api.ts";
import { stepsForAdmins } from "../core/gate/steps-for-admins.ts";
import type { Clock } from "../platform/clock.ts";
import type { Config } from "../platform/config.ts";
import type { Argon2Parameters } from "../platform/crypto/password-hasher.ts";
import { createFastify } from "../platform/http/create-fastify.ts";
import type { HttpServer } from "../platform/http/create-http-server.ts";
import { registerApiDocs } from "../platform/http/register-api-docs.ts";
import type { Logger } from "../platform/log/create-logger.ts";
import { PROGRAM_VERSION } from "../platform/program-version.ts";
import { registerAccountsRoutes } from "./accounts/index.ts";
import { checkHealth } from "./check-health.ts";
import { checkReadiness } from "./check-readiness.ts";
import { followNodes } from "./follow-nodes.ts";
import { registerExplainRoutes, registerRecordingLinkRoutes } from "./gate/index.ts";
import { registerHealthRoutes } from "./health-routes.ts";
import { registerIdentityRoutes } from "./identity/index.ts";
import type { Identity } from "./identity/index.ts";
import {
  registerAuditRoutes,
  registerJournalRoutes,
  registerUnconfirmedRoutes,
  registerWebhookRoutes,
} from "./journal/index.ts";
import { registerNetworkRoutes } from "./network/index.ts";
import type { Network } from "./network/index.ts";
import { openBase } from "./open-base.ts";
import { openDomains } from "./open-domains.ts";
import { openHttp } from "./open-http.ts";
import { openSending } from "./open-sending.ts";
import { registerPolicyFileRoutes, registerRevisionRoutes } from "./policy/index.ts";
import {
  createPreviewChanges,
  createPreviewer,
  createReadEffects,
  registerPreviewRoutes,
  registerTouchesRoutes,
  registerTrafficRoutes,
} from "./preview/index.ts";
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
 * @param given.argon2 for tests that are about something else than hashes, never by configuration
 * @param given.standIns origins of providers, and the local ones that are asked in their place:
 * for tests and the demo, never by configuration
 */
export async function assembleServer(
  config: Config,
  logger: Logger,
  given: {
    readonly clock?: Clock;
    readonly argon2?: Argon2Parameters;
    readonly standIns?: ReadonlyMap<string, string>;
  } = {},
): Promise<Server> {
  const base = await openBase(config, logger, given);
  const { database, journal, alarms, clock } = base;
  const startedAtMs = clock.nowMs();
  const sending = openSending(base);
  const listener = openHttp(base);
  const { http, clients } = listener;
  const domains = await openDomains(base, listener, given.standIns ?? new Map());
  const { accounts, network, identity, recordings, gate, recordingDoor } = domains;

  const nodes = followNodes({
    database,
    clock,
    name: hostname(),
    onError: (error) => base.onError(error, "telling of this node"),
  });
  const lookAtHealth = () =>
    checkHealth({ ...base, sending, network, identity, nodes, startedAtMs });
  const app = createFastify({ http, logger, rewriteUrl: routeOfUrl });
  registerApiDocs(app, {
    title: "Postern",
    version: PROGRAM_VERSION,
    description: "Who may reach the portal, and why.",
    onRequest: accounts.requireKnown,
  });
  const { unconfirmed, changeIdOf } = network.changes;
  app.addHook("onRequest", async ({ url }) => {
    // INVARIANT: nobody reads or changes rules by a change whose time to be confirmed is over.
    if (url.startsWith("/api/")) await unconfirmed.settle();
  });
  app.addHook("onSend", async ({ raw }, reply) => {
    const changeId = changeIdOf(raw);
    if (changeId !== null && reply.statusCode < 300) reply.header(CHANGE_HEADER, changeId);
  });
  await app.register(async () => {
    registerAccountsRoutes(app, accounts);
    registerNetworkRoutes(app, { network, accounts });
    registerTouchesRoutes(app, { network, accounts, placeOf: identity.parts.placeOf });
    const { protectedSet } = base.known;
    const previewChanges = createPreviewChanges({
      network,
      previewer: createPreviewer({ network, journal, accounts, protectedSet }),
      readEffects: createReadEffects({ accounts, identity, recordings }),
      findLockout: domains.findLockout,
    });
    registerPreviewRoutes(app, { network, accounts, previewChanges });
    const ruled = { accounts, network, identity, recordings, changes: network.changes };
    registerPolicyFileRoutes(app, { ...ruled, previewChanges });
    registerRevisionRoutes(app, {
      network,
      accounts,
      identity,
      recordings,
      changes: network.changes,
    });
    registerUnconfirmedRoutes(app, { unconfirmed, accounts });
    registerTrafficRoutes(app, { network, accounts, journal });
    registerJournalRoutes(app, { journal, accounts, stepsForAdmins, nowMs: clock.nowMs });
    registerAuditRoutes(app, journal.audit, accounts);
    registerWebhookRoutes(app, { sending, accounts });
    registerExplainRoutes(app, { network, accounts, recordings });
    registerIdentityRoutes(app, identity);
    registerRecordingsRoutes(app, recordings);
    registerRecordingLinkRoutes(app, recordingDoor);
    await registerWebRoutes(app, { webDirectory: WEB_DIRECTORY });
    registerHealthRoutes(app, { accounts, checkHealth: lookAtHealth });
    registerSystemRoutes(app, {
      accounts,
      database,
      clock,
      metrics: createMetrics({
        ...base,
        gate,
        clients,
        network,
        identity,
        sending,
        checkHealth: lookAtHealth,
      }),
      checkReadiness: () =>
        checkReadiness({ database, network, journal, alarms, clock, keys: identity.keys }),
    });
  });
  await app.ready();
  await nodes.start();
  journal.start();
  sending.start();
  accounts.start();
  identity.start();
  recordings.start();
  unconfirmed.start();

  return {
    http,
    network,
    identity,
    close: async () => {
      journal.endTails();
      unconfirmed.close();
      await http.close();
      await app.close();
      await recordings.close();
      await identity.close();
      await network.close();
      await accounts.close();
      await nodes.close();
      await journal.close();
      await sending.close();
      await database.close();
    },
  };
}
