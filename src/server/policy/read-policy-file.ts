// Reads a policy file in a thread: a list of 100,000 entries takes seconds of a processor.
import { Worker } from "node:worker_threads";
import { createWorkPlaces } from "../../platform/crypto/work-places.ts";
import { sourceThreadFile } from "../../platform/database/source-thread-file.ts";
import { policyFileProblem } from "./policy-file-problem.ts";
import { FAULTS_TOLD_MAX } from "./policy-file-reading.ts";
import type { FileFault, PolicyFileReading } from "./policy-file-reading.ts";

/** The reader needs some 500 MB for 100,000 entries; a text made to need more ends its thread. */
const HEAP_MEGABYTES_MAX = 1024;
const READING_MS_MAX = 60_000;
const KEPT_CHARACTERS_MAX = 1_000_000;
const PLACES = createWorkPlaces({
  placesMax: 1,
  queueMax: 10,
  retryAfterSeconds: 10,
  busyDetail: "Too many policy files are read at this moment.",
});

/**
 * Throws `policy-file-refused` (400) with every fault and its place, `policy-file-too-costly`
 * (400) and `busy` (503).
 */
export async function readPolicyFile(
  text: string,
): Promise<Extract<PolicyFileReading, { ok: true }>> {
  const reading = await PLACES.run(() => readInThread(text));
  if (reading.ok) return reading;
  refuseFaults(reading.faults, reading.faultCount);
  throw new Error("a policy file was refused without a fault");
}

/** Throws `policy-file-refused` where there is any. */
export function refuseFaults(faults: readonly FileFault[], faultCount = faults.length): void {
  if (faultCount === 0) return;
  throw policyFileProblem("policy-file-refused", {
    detail:
      `${faultCount} ${faultCount === 1 ? "place is" : "places are"} not accepted; nothing was ` +
      "changed.",
    errors: faults.slice(0, FAULTS_TOLD_MAX),
    members: { errorCount: faultCount },
  });
}

/** One that has read a short file waits for the next: a thread begins in a fifth of a second. */
let idle: Worker | null = null;

function readInThread(text: string): Promise<PolicyFileReading> {
  return new Promise((resolve, reject) => {
    const worker = idle ?? openThread();
    worker.removeAllListeners();
    idle = null;
    const tooCostly = (): void => reject(policyFileProblem("policy-file-too-costly"));
    const timer = setTimeout(() => {
      tooCostly();
      void worker.terminate();
    }, READING_MS_MAX);
    worker.once("message", (reading: PolicyFileReading) => {
      clearTimeout(timer);
      worker.removeAllListeners("error").removeAllListeners("exit");
      // Only the end of the thread gives the memory of a long one back.
      if (text.length > KEPT_CHARACTERS_MAX) void worker.terminate();
      else {
        worker.on("error", forgetIdle);
        worker.on("exit", forgetIdle);
        idle = worker;
      }
      resolve(reading);
    });
    worker.on("error", (error) => {
      if ((error as NodeJS.ErrnoException).code === "ERR_WORKER_OUT_OF_MEMORY") tooCostly();
      else reject(error);
    });
    worker.on("exit", () => {
      clearTimeout(timer);
      reject(new Error("the thread that reads policy files has ended"));
    });
    worker.postMessage(text);
  });
}

function forgetIdle(): void {
  idle = null;
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
    ? sourceThreadFile(new URL("./policy-file-worker.ts", import.meta.url))
    : new URL("./policy-file-worker.js", import.meta.url);
  return entry;
}
