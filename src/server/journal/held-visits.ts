// Tells of the visits that this process still holds in memory, for whoever reads the store's too.
import { hexWord, storeKeyOfUnits } from "./client-network.ts";
import type { JournalFlusher } from "./journal-flusher.ts";
import { placesOf } from "./traffic-minute.ts";
import type { TrafficMinute } from "./traffic-minute.ts";
import type { TrafficRollup } from "./traffic-rollup.ts";

export type HeldVisit = {
  readonly minute: number;
  /** As the store has it; empty for requests that are of no visitor's row. */
  readonly key: string;
  readonly surface: string;
  readonly account: string;
  readonly requests: number;
};

export type HeldVisits = {
  /** Resolves when nothing is being written that was begun before the call. */
  readonly settled: () => Promise<void>;
  /** Changes whenever visits begin to move from memory to the store. */
  readonly writes: () => number;
  /** From this minute on some may be in memory; Infinity: none is. */
  readonly firstMinute: () => number;
  /** May be read bit by bit, and tells the truth where `writes` stayed as it was. */
  readonly each: () => Generator<HeldVisit>;
};

export function createHeldVisits(rollup: TrafficRollup, flusher: JournalFlusher): HeldVisits {
  return {
    settled: flusher.settled,
    writes: flusher.trafficWrites,
    firstMinute: () => Math.min(...rollup.unwritten().map(({ minute }) => minute)),
    *each() {
      for (const minute of rollup.unwritten().slice()) yield* visitsOf(minute);
    },
  };
}

function* visitsOf(of: TrafficMinute): Generator<HeldVisit> {
  const { minute, overflow } = of;
  if (overflow.requests > 0) {
    yield { minute, key: "", surface: "", account: "", requests: overflow.requests };
  }
  for (const { surface, account, ipv4, ipv6 } of placesOf(of)) {
    for (const [word, { requests }] of ipv4) {
      yield { minute, key: hexWord(word >>> 0), surface, account, requests };
    }
    for (const [units, { requests }] of ipv6) {
      yield { minute, key: storeKeyOfUnits(units), surface, account, requests };
    }
  }
}
