// All requests since the start by surface and verdict, added up as minutes end.
import { placesOf } from "./traffic-minute.ts";
import type { TrafficMinute } from "./traffic-minute.ts";

export type TrafficTotal = {
  readonly surface: string;
  readonly verdict: string;
  readonly requests: number;
};

export type TrafficTotals = {
  /** Before anything of the minute is written, which takes it out. */
  readonly addEnded: (minute: TrafficMinute) => void;
  /** With what `running` has counted so far. */
  readonly read: (running: TrafficMinute | null) => readonly TrafficTotal[];
};

type Sums = Map<string, Map<string, number>>;

/** The hot path counts nothing for this: the minute's own counts are read. */
export function createTrafficTotals(): TrafficTotals {
  const ended: Sums = new Map();

  function read(running: TrafficMinute | null): readonly TrafficTotal[] {
    const sums: Sums = new Map([...ended].map(([surface, sum]) => [surface, new Map(sum)]));
    if (running !== null) addMinute(sums, running);
    return [...sums].flatMap(([surface, byVerdict]) =>
      Array.from(byVerdict, ([verdict, requests]) => ({ surface, verdict, requests })),
    );
  }

  return { addEnded: (minute) => addMinute(ended, minute), read };
}

function addMinute(sums: Sums, minute: TrafficMinute): void {
  for (const { surface, outcomes } of placesOf(minute)) {
    const byVerdict = sums.get(surface) ?? new Map<string, number>();
    sums.set(surface, byVerdict);
    for (const { verdict, requests } of outcomes) {
      byVerdict.set(verdict, (byVerdict.get(verdict) ?? 0) + requests);
    }
  }
}
