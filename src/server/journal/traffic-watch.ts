// Looks again and again at what is counted anyway, and says what came in between.
import { eachOutcome } from "./traffic-minute.ts";
import type { TrafficMinute } from "./traffic-minute.ts";
import type { Tally } from "./traffic-tally.ts";

/** By the account's code; '' where none is known. */
export type TrafficSince = ReadonlyMap<string, readonly Tally[]>;

export type TrafficWatch = {
  /** From now on; what was counted before is not told. */
  readonly begin: () => void;
  /** What was counted since the look before. */
  readonly look: () => TrafficSince;
};

/** Counting goes on as ever: the last number told stands beside each count. */
export function createTrafficWatch(current: () => TrafficMinute | null): TrafficWatch {
  let watched: TrafficMinute | null = null;

  function begin(): void {
    watched = current();
    if (watched !== null)
      for (const { outcome } of eachOutcome(watched)) outcome.told = outcome.requests;
  }

  function look(): TrafficSince {
    const since = new Map<string, Tally[]>();
    // The minute that was running may be over by now; it is read to its end.
    const minutes = new Set([watched, current()]);
    for (const minute of minutes) if (minute !== null) tellOf(minute, since);
    watched = current();
    return since;
  }

  return { begin, look };
}

function tellOf(minute: TrafficMinute, into: Map<string, Tally[]>): void {
  for (const { account, outcome } of eachOutcome(minute)) {
    const requests = outcome.requests - outcome.told;
    if (requests === 0) continue;
    outcome.told = outcome.requests;
    const { country, verdict, reason } = outcome;
    const tallies = into.get(account) ?? [];
    into.set(account, tallies);
    tallies.push({ country, verdict, reason, requests });
  }
}
