// Puts the domains together into one server that is not listening yet.

import { randomBytes } from "node:crypto";
import { systemClock } from "../platform/clock.ts";
import type { Clock } from "../platform/clock.ts";
import type { Config } from "../platform/config.ts";
import { createFastify } from "../platform/http/create-fastify.ts";
import { createHttpServer } from "../platform/http/create-http-server.ts";
import type { HttpServer, RawHandler } from "../platform/http/create-http-server.ts";
import { registerApiDocs } from "../platform/http/register-api-docs.ts";
import type { Logger } from "../platform/log/create-logger.ts";
import { PROGRAM_VERSION } from "../platform/program-version.ts";
import { parseHop } from "../core/network/hop-address.ts";
import { createAccounts, registerAccountsRoutes } from "./accounts/index.ts";
import { checkReadiness } from "./check-readiness.ts";
import { createClientReader, createGate, createGateDoors, createOwnDoor } from "./gate/index.ts";
import { registerExplainRoutes, waitUntilStored } from "./gate/index.ts";
import { createJournal, registerJournalRoutes } from "./journal/index.ts";
import { createNetwork, recordChanges, registerNetworkRoutes } from "./network/index.ts";
import type { Network } from "./network/index.ts";
import { openStore } from "./open-store.ts";
import { createMetrics } from "./process-metrics.ts";
import { knowAddresses } from "./protected-addresses.ts";
import { createAlarms } from "./raise-alarms.ts";
import { createNetworkRecorder } from "./record-network-event.ts";
import { registerSystemRoutes } from "./system-routes.ts";

export type Server = {
  readonly http: HttpServer;
  readonly network: Network;
  /** Lets requests finish, writes what is in memory, frees the store. */
  close(): Promise<void>;
};

/** Other nodes exist only with PostgreSQL; the embedded store has one process. */
const FOLLOW_EVERY_MS = 500;

/** @param given.clock for tests, which turn it by hand */
export async function assembleServer(
  config: Config,
  logger: Logger,
  given: { readonly clock?: Clock } = {},
): Promise<Server> {
  const clock = given.clock ?? systemClock;
  const onError = (error: unknown, doing = "working in the background"): void => {
    logger.error({ err: error }, `failed while ${doing}`);
  };
  const database = await openStore(config, (error) => {
    // What was confirmed is on disk; going on without a store would confirm what is not.
    logger.fatal({ err: error }, "the store is lost; ending, so that a new start can recover it");
    process.exit(1);
  });
  const known = knowAddresses(config.trustedProxies);
  const journal = createJournal({
    database,
    clock,
    journalDays: config.journalDays,
    journalMaxMegabytes: config.journalMaxMegabytes,
    onError: (error) => onError(error, "writing the journal"),
  });
  const alarms = createAlarms({
    journal,
    clock,
    onError: (error) => onError(error, "raising an alarm"),
  });

  const doors: RawHandler[] = [answerHealth];
  const http = createHttpServer({
    // The doors need the domains, which need the server: they are put in below.
    rawHandlers: doors,
    ...(config.clientAddressHeader === "PROXY"
      ? {
          proxyProtocol: {
            isTrustedPeer: (text: string) => {
              const peer = parseHop(text, "socket");
              return peer.ok && known.isTrustedProxy(peer.address);
            },
            onMalformed: (peer: string, why: string) =>
              logger.warn({ peer, why }, "malformed PROXY preface"),
          },
        }
      : {}),
    onRefused: (code, request) =>
      logger.info({ code, peer: request.socket.remoteAddress }, "request refused unread"),
    onError: (error) => onError(error, "answering a request"),
  });
  const clients = createClientReader({
    header: config.clientAddressHeader,
    isTrusted: known.isTrustedProxy,
    proxiedClientOf: http.proxiedClientOf,
  });

  const accounts = createAccounts({
    database,
    clock,
    recordEvent: async (trx, event) => {
      await journal.recordEvent(trx, event);
      // An account is a layer of policy: every node has to hear of it.
      if (event.kind === "account-created") {
        await recordChanges(trx, [{ kind: "accounts" }], event.atMs);
      }
    },
    onAccountAdded: () => network.follower.follow(),
    isFromControlSocket: http.isFromControlSocket,
    onWrongToken: async ({ request, fingerprint: attempt }) => {
      const client = clients.read(request);
      if (!client.ok) return;
      const { address } = client;
      const offence = { address, kind: "api-token", attempt, surface: "api" } as const;
      await waitUntilStored(network.reportOffence(offence).stored);
    },
    onError: (error) => onError(error, "writing last uses of tokens"),
  });
  const network: Network = await createNetwork({
    database,
    clock,
    seed: randomBytes(4).readUInt32LE(),
    isProtected: known.isProtected,
    listAccounts: accounts.listAccounts,
    recordEvent: createNetworkRecorder(journal),
    onAlarm: alarms.raise,
    onError,
    countryDirectory: config.dataDir,
    countryUrl: config.countryDatabaseUrl,
    followEveryMs: database.engine === "postgres" ? FOLLOW_EVERY_MS : null,
  });
  const gate = createGate({
    network,
    journal,
    clock,
    onAlarm: alarms.raise,
    onError: (error) => onError(error, "deciding a request"),
  });
  doors.push(
    createGateDoors(gate, clients),
    createOwnDoor(gate, { clients, isFromControlSocket: http.isFromControlSocket }),
  );

  const app = createFastify({ http, logger });
  await registerApiDocs(app, {
    title: "Postern",
    version: PROGRAM_VERSION,
    description: "Who may reach the portal, and why.",
  });
  await app.register(async () => {
    registerAccountsRoutes(app, accounts);
    registerNetworkRoutes(app, { network, accounts });
    registerJournalRoutes(app, journal, accounts);
    registerExplainRoutes(app, { network, accounts });
    registerSystemRoutes(app, {
      accounts,
      database,
      clock,
      metrics: createMetrics({ gate, clients, network, journal }),
      checkReadiness: () => checkReadiness({ database, network, journal, alarms, clock }),
    });
  });
  await app.ready();
  journal.start();
  accounts.start();

  return {
    http,
    network,
    close: async () => {
      journal.endTails();
      await http.close();
      await app.close();
      await network.close();
      await accounts.close();
      await journal.close();
      await database.close();
    },
  };
}

function answerHealth(
  request: Parameters<RawHandler>[0],
  response: Parameters<RawHandler>[1],
): boolean {
  if (request.url !== "/healthz") return false;
  response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" });
  response.end('{"status":"ok"}');
  return true;
}
