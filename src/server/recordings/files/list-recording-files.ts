// Lists where the files of all recordings are, for whoever looks whether they are whole.
import type {
  RecordingFilesAnswer,
  RecordingFilesQuery,
} from "../../../api/recording-files-api.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

const LIMIT = 1000;

/** In the order of ids, so that what is added or removed meanwhile moves no page. */
export async function listRecordingFiles(
  read: ReadDatabase<Schema>,
  { after = "", limit = LIMIT }: RecordingFilesQuery,
): Promise<RecordingFilesAnswer> {
  const rows = await read
    .selectFrom("recordings_recording as recording")
    .innerJoin("accounts_account as account", "account.id", "recording.account_id")
    .select([
      "recording.id as recordingId",
      "account.code as account",
      "recording.blob_key as key",
      "recording.size_bytes as sizeBytes",
      "recording.sha256",
    ])
    .where("recording.id", ">", after)
    .orderBy("recording.id")
    .limit(limit + 1)
    .execute();
  const files = rows.slice(0, limit);
  const next = rows.length > limit ? (files.at(-1)?.recordingId ?? null) : null;
  return { files, next };
}
