// Sends a file or a long text to the API and tells how far it has come, which `fetch` cannot.
import { toApiProblem, unreachableProblem } from "./api-problem.ts";
import { sendSessionSignal } from "./session-signals.ts";

export type SentFile = {
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Blob | string;
  /** From 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
};

/** Rejects with an `ApiProblem`, also when it was aborted or nothing answered. */
export function sendFile<Answer>(file: SentFile): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", file.path);
    request.responseType = "json";
    for (const [name, value] of Object.entries(file.headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", ({ loaded, total }) =>
      file.onProgress(loaded / total),
    );
    request.addEventListener("load", () => {
      if (request.status < 300) return resolve(request.response as Answer);
      const problem = toApiProblem(request.status, request.response);
      const { code, message } = problem;
      if (problem.status === 401) sendSessionSignal({ kind: "ended", code, message });
      return reject(problem);
    });
    for (const name of ["error", "abort"]) {
      request.addEventListener(name, () => reject(unreachableProblem()));
    }
    file.signal.addEventListener("abort", () => request.abort());
    request.send(file.body);
  });
}
