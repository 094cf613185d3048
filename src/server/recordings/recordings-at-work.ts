// What the parts of this domain are to each other and to the gate.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Transaction } from "kysely";
import type { RecordingReason } from "../../core/recordings/decide-recording.ts";
import type { Address } from "../../core/network/address.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import type { FoundRecording } from "./found-recording.ts";

/** One listening; requests that continue it are noted in it. */
export type Play = {
  readonly id: string;
  /** `bytesSent`: by this request. `isCut`: a fault of the file ended it. */
  readonly note: (sent: { readonly bytesSent: number; readonly isCut: boolean }) => void;
};

export type PlayTracker = {
  readonly begin: (listening: {
    readonly recording: FoundRecording;
    /** Null: nobody is signed in. */
    readonly userId: string | null;
    readonly email: string | null;
    readonly address: Address;
    /** ISO 3166-1 code, `unknown` or `private`. */
    readonly country: string;
    readonly userAgent: string;
    readonly reason: RecordingReason;
  }) => Play;
  /** Who asked, and with what end; no I/O. */
  readonly noteVisit: (visit: {
    readonly recording: FoundRecording;
    readonly userId: string | null;
    readonly address: Address;
    readonly reason: RecordingReason;
  }) => void;
  readonly flush: () => Promise<void>;
};

export type SendAudio = (
  exchange: { readonly request: IncomingMessage; readonly response: ServerResponse },
  what: {
    readonly recording: FoundRecording;
    /** Null: no play, as of HEAD and link previews. */
    readonly play: Play | null;
    readonly isTrustedPeer: boolean;
  },
) => void;

/** What the accounts domain asks and tells. */
export type RecordingsListeners = {
  readonly countOfNumber: (read: ReadDatabase<Schema>, numberId: string) => Promise<number>;
  readonly countOfAccount: (
    read: ReadDatabase<Schema>,
    accountId: string,
  ) => Promise<{ readonly recordings: number; readonly policies: number }>;
  /** Their blobs are removed by the sweep, within the hour. */
  readonly onAccountDeleted: (trx: Transaction<Schema>, accountId: string) => Promise<void>;
  /** What was committed of them holds here from now on. */
  readonly followNumberChange: (numberId: string) => void;
  readonly followAccountDeletion: () => void;
};
