// What every part of the recordings domain is given.
import type { IncomingMessage } from "node:http";
import type { Address } from "../../core/network/address.ts";
import type { BlobStore } from "../../platform/blob/blob-store.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/database.ts";
import type { Accounts } from "../accounts/index.ts";
import type { PersonPlace } from "../identity/index.ts";
import type { Journal, PolicyChanges } from "../journal/index.ts";
import type { Schema } from "../migrations/schema.ts";

export type RecordingsParts = {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly changes: PolicyChanges;
  readonly accounts: Accounts;
  readonly blobs: BlobStore;
  /** Absolute; uploads are kept here until they are whole and known to be audio. */
  readonly incomingDirectory: string;
  /** The largest recording that is taken. */
  readonly recordingMaxBytes: number;
  /** How long an upload may stand still. */
  readonly uploadStallMs: number;
  /** Where nginx finds the files of a directory store; null: they are sent from here. */
  readonly blobAccelPrefix: string | null;
  /** Scheme, host and port; links are built from it. */
  readonly publicUrl: string;
  readonly placeOf: (request: IncomingMessage) => PersonPlace;
  /** The address or network that the gate counts for a client. */
  readonly countedAs: (address: Address) => Address;
  /** Mails that were queued are sent at once. */
  readonly wakeMails: () => void;
  /** Who listened is kept as long as the journal's events. */
  readonly playsKeptDays: number;
  /** How old what is in memory may be; null: no other process writes. */
  readonly maxAgeMs: number | null;
  /** For what fails where nobody waits for an answer. */
  readonly onError: (error: unknown, doing: string) => void;
};
