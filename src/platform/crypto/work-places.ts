// Lets so many pieces of work run at once, so many wait, and refuses the rest.
import { Problem } from "../problem/problem.ts";

export type WorkPlaces = {
  /** Throws Problem `busy` (503, with Retry-After) when the queue is full. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
  /**
   * Keeps room for one piece of work at a time, for as long as `use` takes: what is begun there is
   * not refused half-way. Throws like `run`, before anything is done.
   */
  readonly withRoom: <T>(use: (run: WorkPlaces["run"]) => Promise<T>) => Promise<T>;
};

export function createWorkPlaces(limits: {
  readonly placesMax: number;
  readonly queueMax: number;
  /** How long a full queue takes to empty, about. */
  readonly retryAfterSeconds: number;
  /** What those who are refused are told. */
  readonly busyDetail: string;
}): WorkPlaces {
  const waiting: (() => void)[] = [];
  let runningCount = 0;
  let admittedCount = 0;

  /** INVARIANT: whoever calls this has been admitted, so the queue is bounded. */
  async function runInPlace<T>(work: () => Promise<T>): Promise<T> {
    if (runningCount < limits.placesMax) runningCount += 1;
    // The place is handed over, so that nobody who comes meanwhile takes it.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) runningCount -= 1;
      else next();
    }
  }

  async function withRoom<T>(use: (run: WorkPlaces["run"]) => Promise<T>): Promise<T> {
    if (admittedCount >= limits.placesMax + limits.queueMax) throw busy(limits);
    admittedCount += 1;
    try {
      return await use(runInPlace);
    } finally {
      admittedCount -= 1;
    }
  }

  return { run: (work) => withRoom((run) => run(work)), withRoom };
}

function busy(told: { readonly busyDetail: string; readonly retryAfterSeconds: number }): Problem {
  const { busyDetail: detail, retryAfterSeconds } = told;
  return new Problem("busy", 503, { title: "Busy", detail, retryAfterSeconds });
}
