// Makes the domains and joins them: what one of them tells another passes through here.

import { randomBytes } from "node:crypto";
import type { Address } from "../core/network/address.ts";
import type { Accounts } from "./accounts/index.ts";
import { createGate, createGateDoors, createOwnDoor, createSignInAddress } from "./gate/index.ts";
import type { Gate } from "./gate/index.ts";
import type { Identity } from "./identity/index.ts";
import { createNetwork } from "./network/index.ts";
import type { Network } from "./network/index.ts";
import { openAccounts } from "./open-accounts.ts";
import type { Base } from "./open-base.ts";
import type { Http } from "./open-http.ts";
import { openIdentity } from "./open-identity.ts";
import { createNetworkRecorder } from "./record-network-event.ts";

export type Domains = {
  readonly accounts: Accounts;
  readonly network: Network;
  readonly identity: Identity;
  readonly gate: Gate;
};

/** Other nodes exist only with PostgreSQL; the embedded store has one process. */
const FOLLOW_EVERY_MS = 500;

/** Resolves when the gate can decide and people can sign in; its doors are then open. */
export async function openDomains(
  base: Base,
  listener: Http,
  standIns: ReadonlyMap<string, string>,
): Promise<Domains> {
  const { clock, journal, alarms, config, onError } = base;
  const { http, clients, doors } = listener;
  const onAlarm = (address: Address, cause: string): void => alarms.raise(address, cause);
  // Each is asked only by requests, and those come when all of them are there.
  const later = { network: () => network, identity: () => identity };
  const accounts = openAccounts(base, listener, later);
  const network = await openNetwork(base, accounts, onAlarm);
  const identity = await openIdentity(base, listener, { accounts, network, standIns });
  const gate = createGate({
    network,
    journal,
    clock,
    sessions: identity.sessions,
    onAlarm,
    onError: (error) => onError(error, "deciding a request"),
  });
  const { isFromControlSocket } = http;
  const signIn = createSignInAddress(config.publicUrl, config.returnOrigins);
  doors.push(
    createGateDoors({ gate, clients, signIn }),
    createOwnDoor(gate, { clients, isFromControlSocket }),
  );
  return { accounts, network, identity, gate };
}

function openNetwork(
  base: Base,
  accounts: Accounts,
  onAlarm: (address: Address, cause: string) => void,
): Promise<Network> {
  const { database, clock, journal, alarms, known, config, onError } = base;
  return createNetwork({
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
}
