// Makes the domains and joins them: what one of them tells another passes through here.

import { randomBytes } from "node:crypto";
import type { Address } from "../core/network/address.ts";
import { isPublicAddress } from "../core/network/public-address.ts";
import { COPY_BOUNDS } from "../core/network/subscription.ts";
import { createOutboundFetch } from "../platform/http/outbound-fetch.ts";
import type { Accounts } from "./accounts/index.ts";
import {
  createGate,
  createGateDoors,
  createOwnDoor,
  createRecordingDoor,
  createRecordingGate,
  createSignInAddress,
} from "./gate/index.ts";
import type { Gate, RecordingDoor } from "./gate/index.ts";
import type { Identity } from "./identity/index.ts";
import { createPolicyChanges } from "./journal/index.ts";
import type { PolicyChanges } from "./journal/index.ts";
import { createNetwork } from "./network/index.ts";
import type { Network } from "./network/index.ts";
import { openAccounts } from "./open-accounts.ts";
import type { Base } from "./open-base.ts";
import type { Http } from "./open-http.ts";
import { openIdentity } from "./open-identity.ts";
import { openRecordings } from "./open-recordings.ts";
import { createAddressTextOf } from "./place-of-request.ts";
import { createNetworkRecorder } from "./record-network-event.ts";
import { createGoBack } from "./policy/index.ts";
import type { GoBackParts } from "./policy/index.ts";
import { createConfirmJudge, createLockoutFinder, createLockoutGuard } from "./preview/index.ts";
import type { FindLockout } from "./preview/index.ts";
import type { Recordings } from "./recordings/index.ts";

export type Domains = {
  readonly accounts: Accounts;
  readonly network: Network;
  readonly identity: Identity;
  readonly recordings: Recordings;
  readonly gate: Gate;
  readonly recordingDoor: RecordingDoor;
  readonly findLockout: FindLockout;
};

/** Other nodes exist only with PostgreSQL; the embedded store has one process. */
const FOLLOW_EVERY_MS = 500;

/** Of the lists that are subscribed to. */
const LIST_LIMITS = {
  bytesMax: COPY_BOUNDS.bytesMax,
  totalMs: COPY_BOUNDS.secondsMax * 1000,
  atOncePerHost: 2,
};

/** Resolves when the gate can decide and people can sign in; its doors are then open. */
export async function openDomains(
  base: Base,
  listener: Http,
  standIns: ReadonlyMap<string, string>,
): Promise<Domains> {
  const onAlarm = (address: Address, cause: string): void => base.alarms.raise(address, cause);
  // Each is asked only by requests, and those come when all of them are there.
  const later = {
    network: () => network,
    identity: () => identity,
    recordings: () => recordings,
  };
  const accounts = openAccounts(base, listener, later);
  const changes = createPolicyChanges({
    database: base.database,
    addressOf: createAddressTextOf({
      clients: listener.clients,
      isFromControlSocket: listener.http.isFromControlSocket,
    }),
    guard: (proposed, context) => guard(proposed, context),
    clock: base.clock,
    recordEvent: base.journal.recordEvent,
    goBack: (change, made) => goBack(change, made),
    judgeConfirming: (change, address) => judgeConfirming(change, address),
    followRules: () => network.follower.follow(),
    onError: (error) => base.onError(error, "letting a change go back"),
  });
  const network = await openNetwork(base, { accounts, changes }, onAlarm);
  const identity = await openIdentity(base, listener, { accounts, network, changes, standIns });
  const given = { accounts, network, identity, changes };
  const recordings = await openRecordings(base, listener, given);
  const { journal } = base;
  const watched = { network, journal, publicUrl: base.config.publicUrl };
  const findLockout = createLockoutFinder({ ...watched, accounts, identity });
  const guard = createLockoutGuard(findLockout);
  const judgeConfirming = createConfirmJudge(watched);
  const goBack = createGoBack({
    accounts,
    network,
    identity,
    recordings,
    changes,
    recordKept: createKeptRecorder(base),
  });
  // Which changes wait, and those whose time ran out while this process was not there.
  await changes.unconfirmed.load();
  await changes.unconfirmed.settle().catch((error: unknown) => {
    // The gate has gone back; whatever asks the store tries it again.
    base.onError(error, "letting a change go back");
  });
  const { gate, recordingDoor } = openDoors(base, listener, { network, identity, recordings });
  return { accounts, network, identity, recordings, gate, recordingDoor, findLockout };
}

function openDoors(
  { clock, journal, alarms, config, onError }: Base,
  { http, clients, doors }: Http,
  given: Pick<Domains, "network" | "identity" | "recordings">,
): Pick<Domains, "gate" | "recordingDoor"> {
  const { network, recordings } = given;
  const { sessions } = given.identity;
  const { publicUrl, returnOrigins } = config;
  const gateParts = {
    network,
    journal,
    clock,
    sessions,
    onAlarm: (address: Address, cause: string) => alarms.raise(address, cause),
    onError: (error: unknown) => onError(error, "deciding a request"),
  };
  const gate = createGate(gateParts);
  const signIn = createSignInAddress(publicUrl, returnOrigins);
  const recordingDoor = createRecordingDoor({
    gate: createRecordingGate({ ...gateParts, count: gate.count, recordings }),
    clients,
    cookies: sessions.cookies,
    signIn,
    publicUrl,
    http,
    recordings,
    onError: (error) => onError(error, "handing out a recording"),
  });
  const { isFromControlSocket } = http;
  doors.push(
    createGateDoors({ gate, clients, signIn }),
    // Before the own door, which would decide and count these requests a second time.
    recordingDoor.handle,
    createOwnDoor(gate, { clients, isFromControlSocket }),
  );
  return { gate, recordingDoor };
}

/** Nobody waits for an answer where a change cannot go back: an operator has to look at it. */
function createKeptRecorder({ alarms, journal, clock }: Base): GoBackParts["recordKept"] {
  return async (trx, { changeId }, kept) => {
    alarms.note();
    const subjects = kept.map(({ subject }) => subject);
    const why = kept.map((part) => `${part.subject}: ${part.why}`).join(" ");
    const meaning = `Not all of a change that nobody confirmed can go back. ${why}`;
    const detail = { meaning, changeId, subjects };
    await journal.recordEvent(trx, {
      kind: "alarm",
      atMs: clock.nowMs(),
      reason: "change-kept",
      detail,
    });
  };
}

function openNetwork(
  base: Base,
  { accounts, changes }: { readonly accounts: Accounts; readonly changes: PolicyChanges },
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
    changes,
    onAlarm,
    onMonitored: (address, cause) => alarms.noteMonitored(address, cause),
    onError,
    countryDirectory: config.dataDir,
    countryUrl: config.countryDatabaseUrl,
    outbound: createOutboundFetch({ isPublicAddress, limits: LIST_LIMITS }),
    subscriptionDirectory: config.subscriptionDir,
    followEveryMs: database.engine === "postgres" ? FOLLOW_EVERY_MS : null,
  });
}
