// Makes the domains and joins them: what one of them tells another passes through here.

import { randomBytes } from "node:crypto";
import type { Address } from "../core/network/address.ts";
import { createAccounts } from "./accounts/index.ts";
import type { Accounts } from "./accounts/index.ts";
import { createGate, createGateDoors, createOwnDoor } from "./gate/index.ts";
import type { Gate } from "./gate/index.ts";
import { createNetwork, recordChanges, waitUntilStored } from "./network/index.ts";
import type { Network } from "./network/index.ts";
import type { Base } from "./open-base.ts";
import type { Http } from "./open-http.ts";
import { createNetworkRecorder } from "./record-network-event.ts";

export type Domains = {
  readonly accounts: Accounts;
  readonly network: Network;
  readonly gate: Gate;
};

/** Other nodes exist only with PostgreSQL; the embedded store has one process. */
const FOLLOW_EVERY_MS = 500;

/** Resolves when the gate can decide; its doors are then open. */
export async function openDomains(base: Base, { http, clients, doors }: Http): Promise<Domains> {
  const { database, clock, journal, alarms, known, config, onError } = base;
  const onAlarm = (address: Address, cause: string): void => alarms.raise(address, cause);
  const accounts = createAccounts({
    database,
    clock,
    recordEvent: async (trx, event) => {
      await journal.recordEvent(trx, event);
      // An account is a layer of policy: every node has to hear of it.
      if (event.kind !== "account-created") return;
      await recordChanges(trx, [{ kind: "accounts" }], event.atMs);
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
    onAlarm,
    onMonitored: (address, cause) => alarms.noteMonitored(address, cause),
    onError,
    countryDirectory: config.dataDir,
    countryUrl: config.countryDatabaseUrl,
    followEveryMs: database.engine === "postgres" ? FOLLOW_EVERY_MS : null,
  });
  const gate = createGate({
    network,
    journal,
    clock,
    onAlarm,
    onError: (error) => onError(error, "deciding a request"),
  });
  const { isFromControlSocket } = http;
  doors.push(createGateDoors(gate, clients), createOwnDoor(gate, { clients, isFromControlSocket }));
  return { accounts, network, gate };
}
