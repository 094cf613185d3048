// Takes what is done for one user one after the other, and what is for others beside it.
import { Problem } from "../../../platform/problem/problem.ts";

export type UserTurns = {
  /** Throws Problem `busy` (503) when too many wait for the same key. */
  readonly inTurn: <T>(key: string, work: () => Promise<T>) => Promise<T>;
};

const RETRY_AFTER_SECONDS = 2;

export function createUserTurns(waitingMax: number): UserTurns {
  const queues = new Map<string, (() => void)[]>();

  async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const queue = queues.get(key);
    if (queue === undefined) queues.set(key, []);
    else if (queue.length < waitingMax) await new Promise<void>((resolve) => queue.push(resolve));
    else throw busy();
    try {
      return await work();
    } finally {
      const next = queues.get(key)?.shift();
      if (next === undefined) queues.delete(key);
      else next();
    }
  }

  return { inTurn };
}

function busy(): Problem {
  const detail = "Too many sign-ins with this address at once. Try again in a few seconds.";
  const retryAfterSeconds = RETRY_AFTER_SECONDS;
  return new Problem("busy", 503, { title: "Busy", detail, retryAfterSeconds });
}
