// Makes the recordings domain from the configuration, and opens where its files are.
import { join } from "node:path";
import { countingAddress } from "../core/network/network-state.ts";
import { openBlobStore } from "../platform/blob/open-blob-store.ts";
import type { Accounts } from "./accounts/index.ts";
import type { Identity } from "./identity/index.ts";
import type { PolicyChanges } from "./journal/index.ts";
import type { Network } from "./network/index.ts";
import type { Base } from "./open-base.ts";
import type { Http } from "./open-http.ts";
import { createPlaceOf } from "./place-of-request.ts";
import { createRecordings } from "./recordings/index.ts";
import type { Recordings } from "./recordings/index.ts";

/** Other nodes exist only with PostgreSQL; what they wrote is known here this much later. */
const MAX_AGE_MS = 500;
const MEGABYTE = 1_000_000;
const UPLOAD_STALL_MS = 30_000;

/** Rejects with words for the operator when the blob store cannot be used. */
export async function openRecordings(
  base: Base,
  { http, clients }: Http,
  given: {
    readonly accounts: Accounts;
    readonly network: Network;
    readonly identity: Identity;
    readonly changes: PolicyChanges;
  },
): Promise<Recordings> {
  const { database, clock, journal, config, onError } = base;
  const { accounts, network, identity, changes } = given;
  const { isFromControlSocket } = http;
  return createRecordings({
    database,
    clock,
    journal,
    changes,
    accounts,
    blobs: await openBlobStore(config.blobStore),
    incomingDirectory: join(config.dataDir, "recordings-incoming"),
    recordingMaxBytes: config.recordingMaxMegabytes * MEGABYTE,
    uploadStallMs: UPLOAD_STALL_MS,
    blobAccelPrefix: config.blobAccelPrefix,
    playsKeptDays: config.journalDays,
    publicUrl: config.publicUrl,
    placeOf: createPlaceOf({ clients, network, isFromControlSocket }),
    countedAs: (address) => countingAddress(network.state, address),
    wakeMails: identity.mails.wake,
    maxAgeMs: database.engine === "postgres" ? MAX_AGE_MS : null,
    onError,
  });
}
