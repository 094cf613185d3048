// Sends the audio of a new recording, and says how much of it is there.
import type { NewRecordingQuery, RecordingAnswer } from "../../api/recordings-api.ts";
import { sendFile } from "../api/send-file.ts";

export type Upload = {
  readonly file: File;
  readonly words: NewRecordingQuery;
  /** The same one for the same file and words: what was lost on the way is not added twice. */
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
  /** @param share from 0 to 1 */
  readonly onProgress: (share: number) => void;
};

const PATH = "/postern/api/v1/recordings";

export function uploadRecording(upload: Upload): Promise<RecordingAnswer> {
  const { file, words, idempotencyKey, signal, onProgress } = upload;
  const said = Object.entries(words).map(([name, value]) => [name, String(value)]);
  return sendFile<RecordingAnswer>({
    path: `${PATH}?${new URLSearchParams(said).toString()}`,
    headers: {
      "content-type": "application/octet-stream",
      "idempotency-key": idempotencyKey,
    },
    body: file,
    onProgress,
    signal,
  });
}

const KEY_BYTES = 16;

export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
