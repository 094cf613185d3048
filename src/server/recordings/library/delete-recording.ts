// Deletes a recording: first its row, so that nobody is let in any more, then its blob.
import type { Transaction } from "kysely";
import { describePrincipal } from "../../accounts/index.ts";
import type { Principal } from "../../accounts/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { RecordingsParts } from "../recordings-parts.ts";
import { recordingsProblem } from "../recordings-problem.ts";
import type { LibraryParts } from "./create-library.ts";
import { askForBlobRemoval, removeBlobs } from "./blob-removals.ts";
import { findRecordingWithin } from "./list-recordings.ts";
import { managedBy } from "./recording-reach.ts";
import type { StoredRecording } from "./recording-store.ts";

/** Throws `recording-not-found` (404). A blob that cannot be removed now is removed later. */
export async function deleteRecording(
  parts: LibraryParts,
  principal: Principal,
  id: string,
): Promise<void> {
  const { database, links } = parts;
  const deleted = await database.transaction(async (trx) => {
    const found = await findRecordingWithin(trx, id, managedBy(principal));
    if (found === null || !(await deleteWithin(trx, parts, { found, principal }))) {
      throw recordingsProblem("recording-not-found");
    }
    return found;
  });
  links.forget({ link: deleted.link });
  await removeBlobs(parts, [deleted.blobKey]);
}

/**
 * A recording that was added a moment ago and whose object is not there: nobody has its link yet.
 * Harmless where somebody else has deleted it.
 */
export async function takeRecordingBack(
  parts: RecordingsParts,
  principal: Principal,
  id: string,
): Promise<void> {
  const found = await parts.database.transaction(async (trx) => {
    const added = await findRecordingWithin(trx, id, managedBy(principal));
    const isDeleted =
      added !== null && (await deleteWithin(trx, parts, { found: added, principal }));
    return isDeleted ? added : null;
  });
  if (found !== null) await removeBlobs(parts, [found.blobKey]);
}

/** Row, line of its blob and event. False: somebody else has deleted it meanwhile. */
async function deleteWithin(
  trx: Transaction<Schema>,
  { journal, clock }: RecordingsParts,
  { found, principal }: { readonly found: StoredRecording; readonly principal: Principal },
): Promise<boolean> {
  if (!(await deleteRows(trx, found))) return false;
  const nowMs = clock.nowMs();
  await askForBlobRemoval(trx, [found.blobKey], nowMs);
  await journal.recordEvent(trx, {
    kind: "recording-deleted",
    atMs: nowMs,
    actor: describePrincipal(principal),
    account: found.accountCode,
    detail: describeRecording(found),
  });
  return true;
}

/** What events tell of a recording. */
function describeRecording(recording: StoredRecording): Readonly<Record<string, unknown>> {
  return {
    recordingId: recording.id,
    number: recording.number,
    recordedAt: new Date(recording.recordedAtMs).toISOString(),
    sizeBytes: recording.sizeBytes,
    sha256: recording.sha256,
  };
}

/** False: somebody else has deleted it meanwhile. */
async function deleteRows(trx: Transaction<Schema>, { id }: StoredRecording): Promise<boolean> {
  const deleted = await trx
    .deleteFrom("recordings_recording")
    .where("id", "=", id)
    .executeTakeFirst();
  if (deleted.numDeletedRows === 0n) return false;
  await trx.deleteFrom("recordings_play").where("recording_id", "=", id).execute();
  return true;
}
