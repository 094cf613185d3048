// Counts all traffic by the minute in memory, within bounds, until it is written.
import { countRequest, createTrafficMinute, placesOf } from "./traffic-minute.ts";
import type { TrafficInput, TrafficMinute } from "./traffic-minute.ts";
import { createTrafficTotals } from "./traffic-totals.ts";
import type { TrafficTotal } from "./traffic-totals.ts";

const MINUTE_MS = 60_000;

export const ROLLUP_LIMITS = {
  /** Visitors of one minute that get a row each. */
  visitorsMax: 100_000,
  /** Held in memory while the store is away. */
  waitingVisitorsMax: 200_000,
  waitingMinutesMax: 60,
} as const;

export type RollupLimits = { readonly [name in keyof typeof ROLLUP_LIMITS]: number };

export type RollupCounts = {
  readonly waitingMinutes: number;
  /** Visits, since the start, that are in no row of their own. */
  readonly overflowRequests: number;
  /** Requests, since the start, of minutes that could not be written and are lost. */
  readonly lostRequests: number;
};

export type TrafficRollup = {
  readonly count: (input: TrafficInput) => void;
  /** Ends the minute that is over; `all`: also the one that is running. */
  readonly seal: (nowMs: number, all: boolean) => void;
  /** The running minute; null when nothing was counted in it. */
  readonly current: () => TrafficMinute | null;
  /** All that the store does not have yet, in `outcomes`. */
  readonly unwritten: () => readonly TrafficMinute[];
  /** Minutes that are over and not wholly written, oldest first; the writer takes from them. */
  readonly waiting: () => readonly TrafficMinute[];
  /** Called when all of the oldest waiting minute is written. */
  readonly dropOldest: () => void;
  readonly counts: () => RollupCounts;
  /** All requests since the start. */
  readonly totals: () => readonly TrafficTotal[];
};

/**
 * INVARIANT: memory is bounded. What goes over the bounds is counted, and of visits the store gets
 * a row that says how many are missing, so that a preview knows what it does not know.
 */
export function createTrafficRollup(limits: RollupLimits = ROLLUP_LIMITS): TrafficRollup {
  const waiting: TrafficMinute[] = [];
  const totals = createTrafficTotals();
  let current: TrafficMinute | null = null;
  let overflowRequests = 0;
  let lostRequests = 0;

  function count(input: TrafficInput): void {
    const minute = Math.floor(input.atMs / MINUTE_MS);
    // A clock set back counts on into the running minute.
    if (current === null || minute > current.minute) {
      sealCurrent();
      current = createTrafficMinute(minute);
    }
    countRequest(current, input, limits.visitorsMax);
  }

  function seal(nowMs: number, all: boolean): void {
    if (current === null) return;
    if (all || Math.floor(nowMs / MINUTE_MS) > current.minute) sealCurrent();
  }

  function sealCurrent(): void {
    if (current === null) return;
    overflowRequests += current.overflow.requests;
    totals.addEnded(current);
    waiting.push(current);
    current = null;
    // The oldest may be half written; folding it only takes what is left of it.
    for (const minute of waiting) {
      if (waitingVisitors() <= limits.waitingVisitorsMax) break;
      overflowRequests += foldVisitors(minute);
    }
    while (waiting.length > limits.waitingMinutesMax) {
      const lost = waiting.shift();
      if (lost !== undefined) lostRequests += requestsOf(lost);
    }
  }

  function waitingVisitors(): number {
    return waiting.reduce((sum, minute) => sum + minute.visitors, 0);
  }

  return {
    count,
    seal,
    current: () => current,
    unwritten: () => (current === null ? waiting : [...waiting, current]),
    waiting: () => waiting,
    dropOldest: () => void waiting.shift(),
    totals: () => totals.read(current),
    counts: () => ({ waitingMinutes: waiting.length, overflowRequests, lostRequests }),
  };
}

/** Puts all visitors of a minute into its overflow; returns how many requests that were. */
function foldVisitors(minute: TrafficMinute): number {
  let folded = 0;
  for (const place of placesOf(minute)) {
    for (const visitors of [place.ipv4, place.ipv6]) {
      for (const { requests, refused } of visitors.values()) {
        folded += requests;
        minute.overflow.requests += requests;
        minute.overflow.refused += refused;
      }
      visitors.clear();
    }
  }
  minute.visitors = 0;
  return folded;
}

function requestsOf(minute: TrafficMinute): number {
  let requests = 0;
  for (const place of placesOf(minute)) {
    for (const outcome of place.outcomes) requests += outcome.requests;
  }
  return requests;
}
