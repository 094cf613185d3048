// Makes a recording of a file that is whole: looked at, stored, then written down; or nothing.
import type { RecordingFormat } from "../../../core/recordings/recording-format.ts";
import { MEDIA_TYPES } from "../../../core/recordings/recording-format.ts";
import { parsePhoneNumber } from "../../../core/accounts/phone-number.ts";
import { readAudioFile } from "../../../platform/audio/read-audio-file.ts";
import { BlobError } from "../../../platform/blob/blob-store.ts";
import { randomId, randomToken } from "../../../platform/crypto/random.ts";
import { describeStoreError } from "../../../platform/database/describe-store-error.ts";
import { Problem } from "../../../platform/problem/problem.ts";
import { describePrincipal, searchTextOf } from "../../accounts/index.ts";
import type { Principal } from "../../accounts/index.ts";
import type { RecordingTable } from "../../migrations/recordings-tables.ts";
import { askForBlobRemoval, expectBlob, removeBlobs } from "../library/blob-removals.ts";
import { takeRecordingBack } from "../library/delete-recording.ts";
import { findRecordingWithin } from "../library/list-recordings.ts";
import { toRecordingAnswer } from "../library/recording-answer.ts";
import { managedBy } from "../library/recording-reach.ts";
import { findBlobUser, findRecordingByKey } from "../library/recording-store.ts";
import type { StoredRecording } from "../library/recording-store.ts";
import { recordingsProblem } from "../recordings-problem.ts";
import type { RecordingsParts } from "../recordings-parts.ts";
import type { Added } from "./create-ingest.ts";
import type { NumberOfRecording } from "./find-number.ts";
import type { Spooled } from "./spool-upload.ts";
import { writeRecording } from "./write-recording.ts";

/** What is said of a recording beside its audio. */
type Words = {
  readonly caller?: string;
  readonly name?: string;
  readonly recordedAt?: string;
  readonly sha256?: string;
  readonly missedCall?: boolean;
};

export type NewRecording = {
  readonly principal: Principal;
  readonly at: NumberOfRecording;
  readonly words: Words;
  readonly idempotencyKey: string | null;
  readonly file: Spooled & { readonly filePath: string };
  /** The key of the object that is registered; null: the file is put as a blob. */
  readonly object: string | null;
};

/** 128 bits. */
const LINK_BYTES = 16;

/**
 * INVARIANT: the blob is whole before the row is there; a blob of an upload without a row is one
 * that is written down to go.
 * Throws `checksum-mismatch`, `audio-refused` (422), `idempotency-key-reused` and
 * `object-registered` and `object-being-removed` (409), `number-not-found` and `object-not-found`
 * (404), and what the blob store throws.
 */
export async function addRecording(parts: RecordingsParts, given: NewRecording): Promise<Added> {
  const { words, file } = given;
  if (words.sha256 !== undefined && words.sha256 !== file.sha256) throw checksumMismatch(file);
  const before = await findReplayed(parts, given);
  if (before !== null) return answer(parts, given, { id: before.id, isReplayed: true });
  const audio = await readAudioFile(file.filePath, given.at.accountId);
  if (!audio.ok) throw recordingsProblem("audio-refused", { detail: audio.message });
  const row = rowOf(parts, given, audio);
  if (given.object === null) await putBlob(parts, file, row);
  try {
    const isObject = given.object !== null;
    await writeRecording(parts, { row, at: given.at, isObject });
  } catch (error) {
    if (given.object === null && isSurelyUnwritten(error)) await removeUnused(parts, row.blob_key);
    const first = isKeyTaken(error) ? await findReplayed(parts, given) : null;
    if (first === null) throw await sayRegistered(parts, given, error);
    return answer(parts, given, { id: first.id, isReplayed: true });
  }
  if (given.object !== null) await checkObjectStayed(parts, given, row);
  return answer(parts, given, { id: row.id, isReplayed: false });
}

/**
 * A recording of the same object may have been deleted while this one copied it, with all that was
 * written down of the removal: then the row came after its file went. Throws `object-not-found`.
 */
async function checkObjectStayed(
  parts: RecordingsParts,
  { principal }: NewRecording,
  { id, blob_key: key }: RecordingTable,
): Promise<void> {
  try {
    await parts.blobs.size(key);
  } catch (error) {
    // It was there a moment ago: of a store that is away now, that still holds.
    if (!(error instanceof BlobError) || error.fault !== "missing") return;
    await takeRecordingBack(parts, principal, id);
    throw recordingsProblem("object-not-found", { detail: `There is no object ${key}.` });
  }
}

async function answer(
  { database, publicUrl }: RecordingsParts,
  { principal }: NewRecording,
  { id, isReplayed }: { readonly id: string; readonly isReplayed: boolean },
): Promise<Added> {
  const found = await findRecordingWithin(database.kysely, id, managedBy(principal));
  // Somebody has deleted it since it was written.
  if (found === null) throw recordingsProblem("recording-not-found");
  return { answer: toRecordingAnswer(found, publicUrl), isReplayed };
}

/** Null: nothing was added with the key. Throws `idempotency-key-reused` for another recording. */
async function findReplayed(
  { database }: RecordingsParts,
  given: NewRecording,
): Promise<StoredRecording | null> {
  const { at, idempotencyKey } = given;
  if (idempotencyKey === null) return null;
  const found = await findRecordingByKey(database.kysely, at.accountId, idempotencyKey);
  if (found !== null && !isSame(found, given)) throw recordingsProblem("idempotency-key-reused");
  return found;
}

function isSame(found: StoredRecording, { at, words, file, object }: NewRecording): boolean {
  const { recordedAt } = words;
  return (
    found.sha256 === file.sha256 &&
    found.trackingNumberId === at.trackingNumberId &&
    found.caller === readCaller(words.caller) &&
    found.name === (words.name ?? "") &&
    found.isMissedCall === (words.missedCall === true) &&
    // Without it the time of the first attempt holds.
    (recordedAt === undefined || found.recordedAtMs === Date.parse(recordedAt)) &&
    found.blobKey === (object ?? uploadKey(found))
  );
}

function rowOf(
  { clock }: RecordingsParts,
  { principal, at, words, idempotencyKey, file, object }: NewRecording,
  audio: { readonly format: RecordingFormat; readonly codec: string; readonly durationMs: number },
): RecordingTable {
  const id = randomId();
  const nowMs = clock.nowMs();
  const { name = "", recordedAt } = words;
  const caller = readCaller(words.caller);
  return {
    id,
    link: randomToken(LINK_BYTES),
    account_id: at.accountId,
    tracking_number_id: at.trackingNumberId,
    name,
    caller,
    search_text: recordingSearchText(name, caller),
    recorded_at: recordedAt === undefined ? nowMs : Date.parse(recordedAt),
    duration_ms: audio.durationMs,
    format: audio.format,
    codec: audio.codec,
    size_bytes: file.sizeBytes,
    sha256: file.sha256,
    blob_key: object ?? uploadKey({ accountId: at.accountId, id, format: audio.format }),
    is_missed_call: words.missedCall === true ? 1 : 0,
    idempotency_key: idempotencyKey,
    created_at: nowMs,
    created_by: describePrincipal(principal),
  };
}

/** Where the audio of an upload is put. Objects that are registered are below incoming/. */
function uploadKey({
  accountId,
  id,
  format,
}: Pick<StoredRecording, "accountId" | "id" | "format">): string {
  return `${accountId}/${id}.${format}`;
}

/** The caller stands behind the line break, so that it can be searched alone. */
function recordingSearchText(name: string, caller: string): string {
  return `${searchTextOf([name])}\n${searchTextOf([caller])}`;
}

/** Numbers in one form, so that they are found; systems also send words such as Anonymous. */
function readCaller(caller = ""): string {
  const text = caller.trim();
  const parsed = parsePhoneNumber(text);
  return parsed.ok ? parsed.number : text;
}

async function putBlob(
  parts: RecordingsParts,
  { filePath, sizeBytes, sha256 }: NewRecording["file"],
  row: RecordingTable,
): Promise<void> {
  const contentType = MEDIA_TYPES[row.format as RecordingFormat];
  await expectBlob(parts, row.blob_key);
  try {
    await parts.blobs.put(row.blob_key, filePath, { sizeBytes, sha256, contentType });
  } catch (error) {
    // A store that did not answer may finish later, after a removal: the sweep comes in an hour.
    if (!isUnknown(error)) await removeUnused(parts, row.blob_key);
    throw error;
  }
}

function isUnknown(error: unknown): boolean {
  return error instanceof BlobError && error.fault === "unavailable";
}

/**
 * With a connection that broke the row may be there all the same, and must not be without its
 * blob; where it is not, the blob is written down to go, and the sweep removes it.
 */
function isSurelyUnwritten(error: unknown): boolean {
  return error instanceof Problem || isKeyTaken(error);
}

function isKeyTaken(error: unknown): boolean {
  return describeStoreError(error).kind === "unique-violation";
}

/** Never rejects: what cannot be removed now is written down, and the sweep removes it. */
async function removeUnused(parts: RecordingsParts, blobKey: string): Promise<void> {
  const { database, clock, onError } = parts;
  try {
    await database.transaction((trx) => askForBlobRemoval(trx, [blobKey], clock.nowMs()));
  } catch (error) {
    onError(error, "removing the file of a recording that was not added");
    return;
  }
  await removeBlobs(parts, [blobKey]);
}

/** What to throw when the row could not be written: another may have the object since. */
async function sayRegistered(
  { database }: RecordingsParts,
  { object }: NewRecording,
  error: unknown,
): Promise<unknown> {
  if (object === null || !isKeyTaken(error)) return error;
  const user = await findBlobUser(database.kysely, object);
  return user === null ? error : recordingsProblem("object-registered");
}

function checksumMismatch({ sha256 }: Spooled): Problem {
  const detail = `The audio that came has the SHA-256 ${sha256}; nothing was stored.`;
  const errors = [{ path: "/sha256", message: detail }];
  return recordingsProblem("checksum-mismatch", { detail, errors });
}
