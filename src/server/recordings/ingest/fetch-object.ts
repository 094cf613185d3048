// Fetches an object that may be registered, to look at it like at an upload.
import { BlobError, isBlobKey } from "../../../platform/blob/blob-store.ts";
import type { BlobStore } from "../../../platform/blob/blob-store.ts";
import { Problem } from "../../../platform/problem/problem.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { isToBeRemoved } from "../library/blob-removals.ts";
import { findBlobUser } from "../library/recording-store.ts";
import { bodyTooLarge, recordingsProblem } from "../recordings-problem.ts";
import { spoolUpload } from "./spool-upload.ts";
import type { Spooled, SpoolLimits } from "./spool-upload.ts";

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
 * `object-not-found` (404) for one that is being removed.
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
  if (await isToBeRemoved(read, object)) throw objectNotFound(object);
}

/**
 * Throws `object-not-found` (404), `body-too-large` (413), `object-refused` (422) for what is no
 * file, and what the store throws when it is away: only then is it worth to ask again.
 */
export async function fetchObject(
  blobs: BlobStore,
  { object, filePath }: WantedObject,
  limits: SpoolLimits,
): Promise<Spooled> {
  try {
    const opened = await blobs.open(object);
    if (opened.sizeBytes > limits.maxBytes) {
      await opened.close();
      throw bodyTooLarge(limits.maxBytes);
    }
    return await spoolUpload(await opened.read(null), filePath, limits);
  } catch (error) {
    if (!(error instanceof BlobError) || error.fault === "unavailable") throw error;
    throw error.fault === "missing" ? objectNotFound(object) : objectUnreadable(object);
  }
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
