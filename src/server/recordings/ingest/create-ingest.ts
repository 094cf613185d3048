// Takes recordings in: uploads and registrations, whole and known to be audio, or not at all.
import type { Readable } from "node:stream";
import type {
  NewRecordingQuery,
  RecordingAnswer,
  RecordingRegistration,
} from "../../../api/recordings-api.ts";
import { BlobError } from "../../../platform/blob/blob-store.ts";
import type { Principal } from "../../accounts/index.ts";
import { bodyTooLarge, recordingsProblem } from "../recordings-problem.ts";
import type { RecordingsParts } from "../recordings-parts.ts";
import { addRecording } from "./add-recording.ts";
import { checkObjectIsFree, checkObjectKey, fetchObject } from "./fetch-object.ts";
import { findNumberForRecording } from "./find-number.ts";
import { createIncomingFiles } from "./incoming-files.ts";
import { discardRest, spoolUpload } from "./spool-upload.ts";

export type Upload = {
  readonly words: NewRecordingQuery;
  readonly idempotencyKey: string | null;
  readonly body: Readable;
  /** Null: it is not known how much will come. */
  readonly declaredBytes: number | null;
};

export type Registration = {
  readonly words: RecordingRegistration;
  readonly idempotencyKey: string | null;
};

export type Added = { readonly answer: RecordingAnswer; readonly isReplayed: boolean };

/** Both throw the Problem to answer with; then nothing is left of what came. */
export type Ingest = {
  readonly upload: (principal: Principal, upload: Upload) => Promise<Added>;
  readonly register: (principal: Principal, registration: Registration) => Promise<Added>;
};

export function createIngest(parts: RecordingsParts): Ingest {
  const { database, recordingMaxBytes: maxBytes, uploadStallMs: stallMs } = parts;
  const incoming = createIncomingFiles(parts.incomingDirectory);

  async function upload(principal: Principal, given: Upload): Promise<Added> {
    const { words, idempotencyKey, body } = given;
    const { account, number } = words;
    if (account === undefined || number === undefined) {
      throw recordingsProblem("recording-words-missing");
    }
    // Before the body is read: whoever is refused need not send it.
    const at = await findNumberForRecording(database.kysely, principal, { account, number });
    if ((given.declaredBytes ?? 0) > maxBytes) throw bodyTooLarge(maxBytes);
    return await incoming.withFile(async (filePath) => {
      const spooled = await spoolUpload(body, filePath, { maxBytes, stallMs });
      const file = { filePath, ...spooled };
      return await addRecording(parts, {
        principal,
        at,
        words,
        idempotencyKey,
        file,
        object: null,
      });
    });
  }

  async function register(principal: Principal, given: Registration): Promise<Added> {
    const { words, idempotencyKey } = given;
    const { account, number, object } = words;
    const at = await findNumberForRecording(database.kysely, principal, { account, number });
    checkObjectKey(object, at.accountId);
    await checkObjectIsFree(database.kysely, object, idempotencyKey);
    return await incoming.withFile(async (filePath) => {
      const wanted = { object, filePath };
      const fetched = await fetchObject(parts.blobs, wanted, { maxBytes, stallMs });
      const file = { filePath, ...fetched };
      return await addRecording(parts, { principal, at, words, idempotencyKey, file, object });
    });
  }

  /** Disk and blob store may be full or away: that is nobody's mistake who sends a recording. */
  async function sayStorage(adding: Promise<Added>): Promise<Added> {
    try {
      return await adding;
    } catch (error) {
      if (!isOfStorage(error)) throw error;
      parts.onError(error, "taking a recording in");
      throw recordingsProblem("storage-away");
    }
  }

  return {
    upload: async (principal, given) => {
      try {
        return await sayStorage(upload(principal, given));
      } catch (error) {
        discardRest(given.body);
        throw error;
      }
    },
    register: (principal, given) => sayStorage(register(principal, given)),
  };
}

function isOfStorage(error: unknown): boolean {
  if (error instanceof BlobError) return true;
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === "string" && STORAGE_CODES.has(code);
}

const STORAGE_CODES = new Set(["ENOSPC", "EDQUOT", "EIO", "EROFS", "EACCES", "EMFILE", "ENFILE"]);
