// Answers questions for the traffic of a period, each read once however many ask at a time.
import type { OverviewAnswer } from "../../api/overview-api.ts";
import type { Period } from "../../api/journal-api.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import type { JournalFlusher } from "./journal-flusher.ts";
import type { JournalReach } from "./journal-reach.ts";
import type { LiveTrafficTeller } from "./live-traffic.ts";
import { cutPeriod } from "./cut-period.ts";
import { readOverview } from "./read-overview.ts";
import type { TrafficRollup } from "./traffic-rollup.ts";

export type OverviewAsked = { readonly period: Period; readonly reach: JournalReach };
export type ReadOverview = (asked: OverviewAsked) => Promise<OverviewAnswer>;

/** Minutes are written once each, so the second reading nearly always succeeds. */
const READINGS_MAX = 4;

export function createOverviewReader(parts: {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  readonly rollup: TrafficRollup;
  readonly flusher: JournalFlusher;
  readonly live: Pick<LiveTrafficTeller, "tellNow">;
}): ReadOverview {
  const { database, clock, rollup, flusher, live } = parts;
  const reading = new Map<string, Promise<OverviewAnswer>>();

  /**
   * A minute that moves from memory to the store between the two looks would count twice or not
   * at all: then both are looked at again.
   */
  async function read({ period, reach }: OverviewAsked): Promise<OverviewAnswer> {
    for (let left = READINGS_MAX; ; left -= 1) {
      await flusher.settled();
      const writes = flusher.trafficWrites();
      const asked = { cut: cutPeriod(period, clock.nowMs()), reach };
      const overview = await readOverview(database.kysely, asked, () => {
        return { told: live.tellNow(), minutes: rollup.unwritten() };
      });
      if (writes === flusher.trafficWrites() || left <= 1) return overview;
    }
  }

  return function readShared(asked) {
    const key = JSON.stringify(asked);
    const running = reading.get(key);
    if (running !== undefined) return running;
    const started = read(asked).finally(() => reading.delete(key));
    reading.set(key, started);
    return started;
  };
}
