// Reads what a file is: which audio it holds and how long it is, or that it holds none.
import { Worker } from "node:worker_threads";
import { createWorkPlaces } from "../crypto/work-places.ts";
import { sourceThreadFile } from "../database/source-thread-file.ts";
import { Problem } from "../problem/problem.ts";
import { ACCEPTED } from "./audio-reading.ts";
import type { AudioReading } from "./audio-reading.ts";

const HEAP_MEGABYTES_MAX = 128;
/** 500 MB that are audio take a second. */
const READING_MS_MAX = 15_000;
const RETRY_AFTER_SECONDS = 10;
const PLACES = createWorkPlaces({
  placesMax: 2,
  queueMax: 200,
  ofOneMax: 100,
  retryAfterSeconds: RETRY_AFTER_SECONDS,
  busyDetail: "Too many recordings come in at this moment.",
});

/** Threads that have nothing to do; they begin in a fifth of a second, and answer in less. */
const idle = new Set<Worker>();

/**
 * In a thread: what a parser of other people's files never comes back from ends with it. Throws
 * Problem `busy` (503) when too many wait, and when this machine did not get through it in time.
 * @param owner whose file it is: while others wait, theirs come first, and one is read at a time
 */
export function readAudioFile(path: string, owner: string): Promise<AudioReading> {
  return PLACES.run(() => readInThread(path), owner);
}

function readInThread(path: string): Promise<AudioReading> {
  return new Promise((resolve, reject) => {
    const [worker = openThread()] = idle;
    idle.delete(worker);
    const refuse = (): void =>
      resolve({ ok: false, message: `The file takes too much to be read; ${ACCEPTED}.` });
    // Ending it ends the reading too, and the next one starts a new thread.
    const timer = setTimeout(() => {
      // A disk or processor with too much to do is slow with any file: no word against this one.
      reject(tooSlow());
      void worker.terminate();
    }, READING_MS_MAX);
    worker.once("message", (reading: AudioReading) => {
      clearTimeout(timer);
      worker.removeAllListeners("error").removeAllListeners("exit");
      worker.on("error", () => idle.delete(worker));
      worker.on("exit", () => idle.delete(worker));
      idle.add(worker);
      resolve(reading);
    });
    worker.on("error", (error) => {
      // A parser that needs so much for one file has met a file made for that.
      if ((error as NodeJS.ErrnoException).code === "ERR_WORKER_OUT_OF_MEMORY") refuse();
      else reject(error);
    });
    worker.on("exit", () => {
      clearTimeout(timer);
      reject(new Error("the thread that reads audio files has ended"));
    });
    worker.postMessage(path);
  });
}

function tooSlow(): Problem {
  return new Problem("busy", 503, {
    title: "Busy",
    detail: `The file was not read within ${READING_MS_MAX / 1000} seconds; nothing was stored.`,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

function openThread(): Worker {
  const worker = new Worker(threadFile(), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES_MAX },
  });
  // It holds nothing that must be finished before the process ends.
  worker.unref();
  return worker;
}

let entry: URL | null = null;

/** The thread runs what this file is: compiled beside compiled, source beside source. */
function threadFile(): URL {
  entry ??= import.meta.url.endsWith(".ts")
    ? sourceThreadFile(new URL("./audio-file-worker.ts", import.meta.url))
    : new URL("./audio-file-worker.js", import.meta.url);
  return entry;
}
