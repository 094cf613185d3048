// Writes a recording down, with its event and the mails about a missed call: all of it or nothing.
import type { Transaction } from "kysely";
import { accountsProblem, holdTrackingNumber, listGrants } from "../../accounts/index.ts";
import { queueMissedCallMails } from "../../identity/index.ts";
import type { RecordingTable } from "../../migrations/recordings-tables.ts";
import type { Schema } from "../../migrations/schema.ts";
import { isToBeRemoved, keepBlob } from "../library/blob-removals.ts";
import { recordingUrl } from "../library/recording-answer.ts";
import { insertRecording } from "../library/recording-store.ts";
import type { RecordingsParts } from "../recordings-parts.ts";
import { recordingsProblem } from "../recordings-problem.ts";
import type { NumberOfRecording } from "./find-number.ts";

type Writing = {
  readonly row: RecordingTable;
  readonly at: NumberOfRecording;
  /** Registered: not put by us, but where the row says already. */
  readonly isObject: boolean;
};

/**
 * Throws `number-not-found` when the number went meanwhile, with its account or alone;
 * `storage-away` or `object-being-removed` when the blob was decided to go.
 */
export async function writeRecording(parts: RecordingsParts, writing: Writing): Promise<void> {
  const { row, at, isObject } = writing;
  const isMissedCall = row.is_missed_call === 1;
  await parts.database.transaction(async (trx) => {
    // Held, so that neither number nor account goes while a recording of theirs comes.
    if (!(await holdTrackingNumber(trx, at.trackingNumberId))) {
      throw accountsProblem("number-not-found");
    }
    await insertRecording(trx, row);
    // After the row, whose key waits for a deletion that is under way.
    if (isObject) {
      if (await isToBeRemoved(trx, row.blob_key)) throw recordingsProblem("object-being-removed");
    } else if (!(await keepBlob(trx, row.blob_key))) throw recordingsProblem("storage-away");
    await parts.journal.recordEvent(trx, {
      kind: "recording-added",
      atMs: row.created_at,
      actor: row.created_by,
      account: at.accountCode,
      detail: {
        recordingId: row.id,
        number: at.number,
        recordedAt: new Date(row.recorded_at).toISOString(),
        sizeBytes: row.size_bytes,
        sha256: row.sha256,
        ...(isObject ? { object: row.blob_key } : {}),
      },
    });
    if (isMissedCall) await mailEverybodyGranted(trx, parts, writing);
  });
  if (isMissedCall) parts.wakeMails();
}

/** Mails hold no audio: the link asks each listener who they are. */
async function mailEverybodyGranted(
  trx: Transaction<Schema>,
  { publicUrl }: RecordingsParts,
  { row, at }: Writing,
): Promise<void> {
  await queueMissedCallMails(trx, {
    recording: {
      number: at.number,
      label: at.label,
      caller: row.caller,
      recordedAtMs: row.recorded_at,
      durationMs: row.duration_ms,
      url: recordingUrl(publicUrl, row.link),
    },
    users: await listGrants(trx, at.trackingNumberId),
    nowMs: row.created_at,
  });
}
