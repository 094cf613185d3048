// Asks the thread that assesses passwords, starts it when it is first needed and ends it.
import { Worker } from "node:worker_threads";
import { sourceThreadFile } from "../database/source-thread-file.ts";
import type { PasswordAssessment } from "./assess-password.ts";
import type { AssessorReply, AssessorRequest } from "./assessor-message.ts";
import { createWorkPlaces } from "./work-places.ts";

export type PasswordJudge = {
  /** One that everybody tries first, also with a few digits or marks behind it. */
  readonly isCommon: (password: string) => Promise<boolean>;
  /** `words`: the user's own, such as name and address. */
  readonly assess: (password: string, words: readonly string[]) => Promise<PasswordAssessment>;
  readonly close: () => Promise<void>;
};

/** An assessment takes some 20 ms: who comes behind so many is better told to come again. */
const ASSESSMENTS_WAITING_MAX = 20;
/** The other question takes microseconds, and asks who has passed the door of a link or session. */
const COMMON_WAITING_MAX = 1000;
const RETRY_AFTER_SECONDS = 2;
const ANSWER_MS_MAX = 10_000;
const HEAP_MEGABYTES_MAX = 192;

type Waiting = { resolve(reply: AssessorReply): void; reject(error: Error): void };
type Thread = { readonly worker: Worker; readonly waiting: Map<number, Waiting> };

/** Of a judge that was closed: its word lists take half a second to load. */
let spare: Worker | null = null;

/**
 * Both questions throw Problem `busy` (503) when too many ask at once.
 * INVARIANT: whether a password is common is never asked behind more than one assessment: anybody
 * may ask for those, and nobody could choose a password while somebody does.
 */
export function createPasswordJudge(): PasswordJudge {
  const assessments = createWorkPlaces(placesFor(ASSESSMENTS_WAITING_MAX, "strength"));
  const commons = createWorkPlaces(placesFor(COMMON_WAITING_MAX, "choice"));
  let thread: Thread | null = null;
  let idNext = 1;

  function openThread(): Thread {
    const waiting = new Map<number, Waiting>();
    const worker = spare ?? startWorker();
    spare = null;
    worker.removeAllListeners();
    worker.on("message", (reply: AssessorReply) => waiting.get(reply.id)?.resolve(reply));
    worker.on("error", (error) => failAll(waiting, error));
    worker.on("exit", () => {
      failAll(waiting, new Error("the thread that assesses passwords has ended"));
      if (thread?.worker === worker) thread = null;
    });
    return { worker, waiting };
  }

  async function ask(password: string, words: readonly string[] | null): Promise<AssessorReply> {
    thread ??= openThread();
    const { worker, waiting } = thread;
    const request: AssessorRequest = { id: idNext, password, words };
    idNext += 1;
    // Ending it ends the question too, and the next one starts a new thread.
    const timer = setTimeout(() => void worker.terminate(), ANSWER_MS_MAX);
    try {
      return await new Promise<AssessorReply>((resolve, reject) => {
        waiting.set(request.id, { resolve, reject });
        worker.postMessage(request);
      });
    } finally {
      clearTimeout(timer);
      waiting.delete(request.id);
    }
  }

  return {
    isCommon: async (password) => {
      const reply = await commons.run(() => ask(password, null));
      if (reply.kind !== "common") throw new Error("the thread answered another question");
      return reply.isCommon;
    },
    assess: async (password, words) => {
      const reply = await assessments.run(() => ask(password, words));
      if (reply.kind !== "assessment") throw new Error("the thread answered another question");
      return reply.assessment;
    },
    close: async () => {
      if (thread === null) return;
      const { worker, waiting } = thread;
      thread = null;
      const isIdle = waiting.size === 0 && spare === null;
      if (!isIdle) {
        await worker.terminate();
        return;
      }
      spare = worker;
      worker.once("exit", () => {
        if (spare === worker) spare = null;
      });
    },
  };
}

function startWorker(): Worker {
  const worker = new Worker(threadFile(), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES_MAX },
  });
  // It holds nothing that must be finished before the process ends.
  worker.unref();
  return worker;
}

const BUSY_DETAILS = {
  strength: "The strength of the password cannot be assessed at the moment.",
  choice: "Too many people are choosing a password at this moment. Try again in a few seconds.",
};

/** One at a time, in a queue of its own. */
function placesFor(queueMax: number, question: keyof typeof BUSY_DETAILS) {
  const busyDetail = BUSY_DETAILS[question];
  return { placesMax: 1, queueMax, retryAfterSeconds: RETRY_AFTER_SECONDS, busyDetail };
}

function failAll(waiting: ReadonlyMap<number, Waiting>, error: Error): void {
  for (const entry of waiting.values()) entry.reject(error);
}

let compiled: URL | null = null;

/** The thread runs what this file is: compiled beside compiled, source beside source. */
function threadFile(): URL {
  compiled ??= import.meta.url.endsWith(".ts")
    ? sourceThreadFile(new URL("./assess-password-worker.ts", import.meta.url))
    : new URL("./assess-password-worker.js", import.meta.url);
  return compiled;
}
