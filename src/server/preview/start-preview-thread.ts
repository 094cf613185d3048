// Starts the thread of one preview and feeds it no faster than it takes things in.

import { Worker } from "node:worker_threads";
import type { PreviewFindings } from "../../core/preview/preview-findings.ts";
import { sourceThreadFile } from "../../platform/database/source-thread-file.ts";
import type { PreviewOrderMessage, PreviewReply, PreviewThreadData } from "./preview-message.ts";

export type PreviewThread = {
  /** Resolves with the rows of visits there are, once few enough pages wait to be taken. */
  readonly send: (order: Exclude<PreviewOrderMessage, { kind: "find" }>) => Promise<number>;
  readonly find: () => Promise<PreviewFindings>;
  /** Gives its memory back, whatever it was at. */
  readonly end: () => Promise<void>;
};

/** Pages on the way: enough that reading and taking go on side by side. */
const WAITING_MAX = 4;
const HEAP_MEGABYTES_MAX = 512;
const YOUNG_HEAP_MEGABYTES_MAX = 16;

/** All that is waited for rejects when the signal is given, and then the thread ends. */
export function startPreviewThread(data: PreviewThreadData, signal: AbortSignal): PreviewThread {
  const worker = new Worker(threadFile(), {
    workerData: data,
    execArgv: [],
    resourceLimits: {
      maxOldGenerationSizeMb: HEAP_MEGABYTES_MAX,
      maxYoungGenerationSizeMb: YOUNG_HEAP_MEGABYTES_MAX,
    },
  });
  const found = createLater<PreviewFindings>();
  const lost = createLater<never>();
  let sent = 0;
  let taken = 0;
  let rows = 0;
  let wake = (): void => undefined;

  worker.on("message", (reply: PreviewReply) => {
    if (reply.kind === "found") return found.resolve(reply.findings);
    taken += 1;
    rows = reply.rows;
    wake();
  });
  worker.once("error", (error) => lost.reject(error));
  worker.once("exit", () => lost.reject(new Error("the thread of a preview ended early")));
  const leave = (): void => lost.reject(signal.reason);
  signal.addEventListener("abort", leave, { once: true });
  // Whoever waits hears of it; when nobody does any more, nobody need.
  lost.promise.catch(() => undefined);

  async function send(order: PreviewOrderMessage): Promise<number> {
    signal.throwIfAborted();
    worker.postMessage(order);
    sent += 1;
    for (;;) {
      if (sent - taken < WAITING_MAX) return rows;
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await Promise.race([woken, lost.promise]);
    }
  }

  return {
    send,
    find: () => {
      worker.postMessage({ kind: "find" } satisfies PreviewOrderMessage);
      return Promise.race([found.promise, lost.promise]);
    },
    end: async () => {
      signal.removeEventListener("abort", leave);
      await worker.terminate();
    },
  };
}

type Later<T> = {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
};

function createLater<T>(): Later<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((resolveIt, rejectIt) => {
    resolve = resolveIt;
    reject = rejectIt;
  });
  return { promise, resolve, reject };
}

let file: URL | null = null;

/** The thread runs what this file is: compiled beside compiled, source beside source. */
function threadFile(): URL {
  file ??= import.meta.url.endsWith(".ts")
    ? sourceThreadFile(new URL("./preview-worker.ts", import.meta.url))
    : new URL("./preview-worker.js", import.meta.url);
  return file;
}
