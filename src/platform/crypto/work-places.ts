// Lets so many pieces of work run at once, so many wait, and refuses the rest.
import { Problem } from "../problem/problem.ts";

export type WorkPlaces = {
  /**
   * Throws Problem `busy` (503, with Retry-After) when the queue is full.
   * @param owner whose work it is: while work of others waits, one has one place at most. Without
   * it, first come, first served.
   */
  readonly run: <T>(work: () => Promise<T>, owner?: string) => Promise<T>;
  /**
   * Keeps room for one piece of work at a time, for as long as `use` takes: what is begun there is
   * not refused half-way. Throws like `run`, before anything is done.
   */
  readonly withRoom: <T>(use: (run: Run) => Promise<T>) => Promise<T>;
};

type Run = <T>(work: () => Promise<T>) => Promise<T>;
type Waiting = { readonly owner: string | undefined; readonly begin: () => void };

export function createWorkPlaces(limits: {
  readonly placesMax: number;
  readonly queueMax: number;
  /** How much work of one owner may run and wait; by default as much as of all. */
  readonly ofOneMax?: number;
  /** How long a full queue takes to empty, about. */
  readonly retryAfterSeconds: number;
  /** What those who are refused are told. */
  readonly busyDetail: string;
}): WorkPlaces {
  const waiting: Waiting[] = [];
  /** Of owners: how much of theirs runs, and how much runs or waits. */
  const running = createCounts();
  const admitted = createCounts();
  let runningCount = 0;
  let admittedCount = 0;

  /** INVARIANT: whoever calls this has been admitted, so the queue is bounded. */
  async function runInPlace<T>(work: () => Promise<T>, owner?: string): Promise<T> {
    if (runningCount < limits.placesMax) runningCount += 1;
    // The place is handed over, so that nobody who comes meanwhile takes it.
    else await new Promise<void>((begin) => waiting.push({ owner, begin }));
    running.add(owner, 1);
    try {
      return await work();
    } finally {
      running.add(owner, -1);
      const next = takeNext();
      if (next === undefined) runningCount -= 1;
      else next.begin();
    }
  }

  /** The first of those who have no place; where all have one, the first. */
  function takeNext(): Waiting | undefined {
    const other = waiting.findIndex(({ owner }) => running.of(owner) === 0);
    return waiting.splice(Math.max(other, 0), 1)[0];
  }

  async function run<T>(work: () => Promise<T>, owner?: string): Promise<T> {
    if (admitted.of(owner) >= (limits.ofOneMax ?? Infinity)) throw busy(limits);
    admitted.add(owner, 1);
    try {
      return await withRoom(() => runInPlace(work, owner));
    } finally {
      admitted.add(owner, -1);
    }
  }

  async function withRoom<T>(use: (run: Run) => Promise<T>): Promise<T> {
    if (admittedCount >= limits.placesMax + limits.queueMax) throw busy(limits);
    admittedCount += 1;
    try {
      return await use(runInPlace);
    } finally {
      admittedCount -= 1;
    }
  }

  return { run, withRoom };
}

/** Nobody's work is counted for nobody. */
function createCounts() {
  const counts = new Map<string, number>();
  const of = (owner: string | undefined): number =>
    owner === undefined ? 0 : (counts.get(owner) ?? 0);
  return {
    of,
    add: (owner: string | undefined, by: 1 | -1): void => {
      if (owner === undefined) return;
      const count = of(owner) + by;
      if (count === 0) counts.delete(owner);
      else counts.set(owner, count);
    },
  };
}

function busy(told: { readonly busyDetail: string; readonly retryAfterSeconds: number }): Problem {
  const { busyDetail: detail, retryAfterSeconds } = told;
  return new Problem("busy", 503, { title: "Busy", detail, retryAfterSeconds });
}
