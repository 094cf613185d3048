// Sends the audio of a new recording, and says how much of it is there.
import type { NewRecordingQuery, RecordingAnswer } from "../../api/recordings-api.ts";
import { toApiProblem, unreachableProblem } from "../api/api-problem.ts";
import { sendSessionSignal } from "../api/session-signals.ts";

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

/** Not `fetch`, which cannot say how much was sent. */
export function uploadRecording(upload: Upload): Promise<RecordingAnswer> {
  const { file, words, idempotencyKey, signal, onProgress } = upload;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const said = Object.entries(words).map(([name, value]) => [name, String(value)]);
    request.open("POST", `${PATH}?${new URLSearchParams(said).toString()}`);
    request.responseType = "json";
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("idempotency-key", idempotencyKey);
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded / total));
    request.addEventListener("load", () => {
      if (request.status < 300) return resolve(request.response as RecordingAnswer);
      const problem = toApiProblem(request.status, request.response);
      const { code, message } = problem;
      if (problem.status === 401) sendSessionSignal({ kind: "ended", code, message });
      return reject(problem);
    });
    for (const name of ["error", "abort"]) {
      request.addEventListener(name, () => reject(unreachableProblem()));
    }
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

const KEY_BYTES = 16;

export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
