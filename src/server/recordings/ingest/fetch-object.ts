// Fetches an object that may be registered, to look at it like at an upload.
import { BlobError, isBlobKey } from "../../../platform/blob/blob-store.ts";
import type { BlobStore, OpenedBlob } from "../../../platform/blob/blob-store.ts";
import { Problem } from "../../../platform/problem/problem.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { isToBeRemoved } from "../library/blob-removals.ts";
import { findBlobUser } from "../library/recording-store.ts";
import { bodyTooLarge, recordingsProblem } from "../recordings-problem.ts";
import { spoolUpload } from "./spool-upload.ts";
import type { Spooled, SpoolFaults, SpoolLimits } from "./spool-upload.ts";

export type WantedObject = {
  readonly object: string;
  readonly filePath: string;
};

/**
 * INVARIANT: only objects below incoming/ and the account's id; everything else in the store is
 * another account's, or ours. By the id, as a code is taken again after its account is deleted.
 * Throws `object-refused` (400).
 */
export function checkObjectKey(object: string, accountId: string): void {
  const folder = `incoming/${accountId}/`;
  if (isBlobKey(object) && object.startsWith(folder)) return;
  const message =
    `The key begins with ${folder} (the account's id) and has letters a-z, digits, dots, ` +
    "hyphens, underscores and slashes only.";
  const errors = [{ path: "/object", message }];
  throw recordingsProblem("object-refused", { detail: message, errors });
}

/**
 * Before the object is fetched: a recording that goes meanwhile takes it along.
 * Throws `object-registered` (409), but not over the recording that the same request has made, and
 * `object-being-removed` (409) for one that is being removed.
 */
export async function checkObjectIsFree(
  read: ReadDatabase<Schema>,
  object: string,
  idempotencyKey: string | null,
): Promise<void> {
  const user = await findBlobUser(read, object);
  if (user !== null && (idempotencyKey === null || user.idempotencyKey !== idempotencyKey)) {
    throw recordingsProblem("object-registered");
  }
  // After the recording was looked for: when one goes, this line comes with that.
  if (await isToBeRemoved(read, object)) throw recordingsProblem("object-being-removed");
}

/**
 * Throws `object-not-found` (404), `body-too-large` (413), `object-refused` (422) for what is no
 * file, and `BlobError` unavailable when the store is away, breaks off or stands still: only then
 * is it worth to ask again.
 */
export async function fetchObject(
  blobs: BlobStore,
  { object, filePath }: WantedObject,
  limits: SpoolLimits,
): Promise<Spooled> {
  try {
    const opened = await blobs.open(object);
    try {
      if (opened.sizeBytes > limits.maxBytes) throw bodyTooLarge(limits.maxBytes);
      return await spoolOpened(opened, { object, filePath }, limits);
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (!(error instanceof BlobError) || error.fault === "unavailable") throw error;
    throw error.fault === "missing" ? objectNotFound(object) : objectUnreadable(object);
  }
}

async function spoolOpened(
  opened: OpenedBlob,
  { object, filePath }: WantedObject,
  limits: SpoolLimits,
): Promise<Spooled> {
  const body = await opened.read(null);
  // Before and after it is spooled nobody else listens, and an error nobody hears ends the process.
  body.on("error", () => {});
  try {
    return await spoolUpload(body, filePath, { ...limits, faults: faultsOfStore(object) });
  } finally {
    // Else its descriptor or connection stays open.
    body.destroy();
  }
}

/** A 4xx would be final to a switchboard, and the object lost. */
function faultsOfStore(object: string): SpoolFaults {
  return {
    stalled: () => new BlobError("unavailable", `the store stood still in ${object}`),
    cut: (error) =>
      error instanceof BlobError && error.fault === "unavailable"
        ? error
        : new BlobError("unavailable", `${object} broke off: ${error.message}`, error),
  };
}

function objectUnreadable(object: string): Problem {
  const detail =
    `${object} cannot be read: an object is a file, whole and readable, and neither a link nor ` +
    "behind one; nothing was stored.";
  const errors = [{ path: "/object", message: detail }];
  return new Problem("object-refused", 422, { title: "The object is refused", detail, errors });
}

function objectNotFound(object: string): Problem {
  return recordingsProblem("object-not-found", { detail: `There is no object ${object}.` });
}
