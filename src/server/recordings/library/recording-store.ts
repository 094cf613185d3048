// Keeps recordings: finding by id and link, adding, removing, counting.
import type { Transaction } from "kysely";
import type { RecordingFormat } from "../../../core/recordings/recording-format.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { RecordingTable } from "../../migrations/recordings-tables.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { FoundRecording } from "../found-recording.ts";

export type StoredRecording = FoundRecording & {
  readonly codec: string;
  readonly isMissedCall: boolean;
  readonly idempotencyKey: string | null;
  readonly createdAtMs: number;
  readonly createdBy: string;
};

export async function findRecordingByLink(
  read: ReadDatabase<Schema>,
  link: string,
): Promise<StoredRecording | null> {
  const row = await selectRecordings(read)
    .where("recordings_recording.link", "=", link)
    .executeTakeFirst();
  return row === undefined ? null : toRecording(row);
}

export async function findRecordingByKey(
  read: ReadDatabase<Schema>,
  accountId: string,
  idempotencyKey: string,
): Promise<StoredRecording | null> {
  const row = await selectRecordings(read)
    .where("recordings_recording.account_id", "=", accountId)
    .where("recordings_recording.idempotency_key", "=", idempotencyKey)
    .executeTakeFirst();
  return row === undefined ? null : toRecording(row);
}

/** Who uses a blob: there is one at most. */
export async function findBlobUser(
  read: ReadDatabase<Schema>,
  blobKey: string,
): Promise<{ readonly idempotencyKey: string | null } | null> {
  const row = await read
    .selectFrom("recordings_recording")
    .select("idempotency_key")
    .where("blob_key", "=", blobKey)
    .executeTakeFirst();
  return row === undefined ? null : { idempotencyKey: row.idempotency_key };
}

/** With its number and its account's code, which are kept by the accounts domain. */
export function selectRecordings(read: ReadDatabase<Schema>) {
  return read
    .selectFrom("recordings_recording")
    .innerJoin(
      "accounts_tracking_number",
      "accounts_tracking_number.id",
      "recordings_recording.tracking_number_id",
    )
    .innerJoin("accounts_account", "accounts_account.id", "recordings_recording.account_id")
    .selectAll("recordings_recording")
    .select([
      "accounts_account.code as account_code",
      "accounts_tracking_number.number",
      "accounts_tracking_number.label as number_label",
      "accounts_tracking_number.is_shareable",
    ]);
}

export type RecordingRow = Awaited<
  ReturnType<ReturnType<typeof selectRecordings>["execute"]>
>[number];

export async function insertRecording(
  trx: Transaction<Schema>,
  row: RecordingTable,
): Promise<void> {
  await trx.insertInto("recordings_recording").values(row).execute();
}

export function toRecording(row: RecordingRow): StoredRecording {
  return {
    id: row.id,
    link: row.link,
    accountId: row.account_id,
    accountCode: row.account_code,
    trackingNumberId: row.tracking_number_id,
    number: row.number,
    numberLabel: row.number_label,
    isNumberShareable: row.is_shareable === 1,
    caller: row.caller,
    name: row.name,
    recordedAtMs: row.recorded_at,
    durationMs: row.duration_ms,
    format: row.format as RecordingFormat,
    codec: row.codec,
    isMissedCall: row.is_missed_call === 1,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    blobKey: row.blob_key,
    idempotencyKey: row.idempotency_key,
    createdAtMs: row.created_at,
    createdBy: row.created_by,
  };
}
