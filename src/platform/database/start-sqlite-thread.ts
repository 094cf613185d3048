// Starts an SQLite thread and talks to it.
import { Worker } from "node:worker_threads";
import { sourceThreadFile } from "./source-thread-file.ts";
import type { OpenProblem, SqliteEnvelope, SqliteFault, SqliteOpening } from "./sqlite-message.ts";
import type { SqliteReply, SqliteRequest, SqliteThreadData } from "./sqlite-message.ts";

/** An error that SQLite gave, as its thread reported it. */
class SqliteError extends Error {
  readonly code: string | null;
  readonly errcode: number | null;

  constructor(fault: SqliteFault) {
    super(fault.message);
    this.name = "SqliteError";
    this.code = fault.code;
    this.errcode = fault.errcode;
  }
}

export type SqliteThread = {
  readonly version: string;
  /** Rejects with SqliteError; with code `ERR_STORE_LOST` when the thread is gone. */
  request<T>(request: SqliteRequest): Promise<T>;
  close(): Promise<void>;
};

export type SqliteThreadOutcome =
  | { readonly ok: true; readonly thread: SqliteThread }
  | { readonly ok: false; readonly problem: OpenProblem };

type Waiting = { resolve(value: unknown): void; reject(error: Error): void };

/** `onLost` hears once, when the thread ends without having been closed. */
export async function startSqliteThread(
  data: SqliteThreadData,
  onLost: (error: Error) => void,
): Promise<SqliteThreadOutcome> {
  const worker = new Worker(...workerArguments(data));
  const waiting = new Map<number, Waiting>();
  let idNext = 1;
  let isClosing = false;
  let lost: SqliteError | null = null;

  const opening = await new Promise<SqliteOpening>((resolve) => {
    worker.once("message", resolve);
    worker.on("error", (error: Error) => {
      const message = `The SQLite thread failed: ${error.message}`;
      lost ??= new SqliteError({ message, code: "ERR_STORE_LOST", errcode: null });
      resolve({ ok: false, problem: { kind: "unusable", message } });
    });
    worker.once("exit", () => {
      const message = "The SQLite thread has ended.";
      lost ??= new SqliteError({ message, code: "ERR_STORE_LOST", errcode: null });
      resolve({ ok: false, problem: { kind: "unusable", message } });
      for (const entry of waiting.values()) entry.reject(lost);
      waiting.clear();
      if (!isClosing) onLost(lost);
    });
  });
  if (!opening.ok) {
    isClosing = true;
    await worker.terminate();
    return { ok: false, problem: opening.problem };
  }

  worker.on("message", (reply: SqliteReply) => {
    const entry = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.ok) entry?.resolve(reply.value);
    else entry?.reject(new SqliteError(reply.fault));
  });

  function request<T>(content: SqliteRequest): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (lost !== null) return reject(lost);
      const envelope: SqliteEnvelope = { id: idNext, request: content };
      idNext += 1;
      waiting.set(envelope.id, { resolve: (value) => resolve(value as T), reject });
      try {
        worker.postMessage(envelope);
      } catch (error) {
        waiting.delete(envelope.id);
        reject(error);
      }
    });
  }

  async function close(): Promise<void> {
    if (isClosing || lost !== null) return;
    isClosing = true;
    const exit = new Promise((resolve) => worker.once("exit", resolve));
    await request({ kind: "close" });
    await exit;
  }

  return { ok: true, thread: { version: opening.version, request, close } };
}

let threadFile: URL | null = null;

/** The thread runs what this file is: compiled beside compiled, source beside source. */
function workerArguments(data: SqliteThreadData): ConstructorParameters<typeof Worker> {
  threadFile ??= import.meta.url.endsWith(".ts")
    ? sourceThreadFile(new URL("./sqlite-worker.ts", import.meta.url))
    : new URL("./sqlite-worker.js", import.meta.url);
  const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 };
  return [threadFile, { workerData: data, resourceLimits, execArgv: [] }];
}
