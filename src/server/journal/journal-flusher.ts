// Writes what the journal holds in memory, one flush after the other, and tells the live tail.
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import type { DecisionRecorder, DueRow } from "./decision-recorder.ts";
import { createDecisionUpsert } from "./event-store.ts";
import { toEventRow } from "./journal-event.ts";
import type { LiveTail } from "./live-tail.ts";
import { toEvent } from "./open-row.ts";
import type { EventWriter } from "./record-event.ts";
import type { TrafficRollup } from "./traffic-rollup.ts";
import { createTrafficWriter } from "./write-traffic.ts";

export type FlushCounts = {
  /** Milliseconds since what is in memory was last written without an error. */
  readonly flushLagMs: number;
  readonly failedFlushes: number;
};

export type JournalFlusher = {
  /** Never rejects; what could not be written stays for the next time. */
  readonly flush: (all: boolean) => Promise<void>;
  /** Resolves when nothing is being written that was begun before the call. */
  readonly settled: () => Promise<void>;
  /** Changes whenever traffic begins to move from memory to the store. */
  readonly trafficWrites: () => number;
  readonly counts: () => FlushCounts;
};

const BATCH_ROWS = 500;

export function createJournalFlusher(parts: {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  readonly recorder: DecisionRecorder;
  readonly rollup: TrafficRollup;
  readonly events: EventWriter;
  readonly tail: LiveTail;
  readonly onError: (error: unknown) => void;
}): JournalFlusher {
  const { database, clock, recorder, rollup, events, tail } = parts;
  const upsertDecisions = createDecisionUpsert();
  const traffic = createTrafficWriter(database, rollup);
  let lastFlushAtMs = clock.nowMs();
  let failedFlushes = 0;
  let running: Promise<void> = Promise.resolve();

  async function writeDecisions(due: readonly DueRow[]): Promise<void> {
    for (let at = 0; at < due.length; at += BATCH_ROWS) {
      // The counts as they are written: the rows count on while the store is at work.
      const part = due.slice(at, at + BATCH_ROWS).map(({ row }) => ({ row, count: row.count }));
      const rows = part.map(({ row }) => toEventRow(toEvent(row), row.stepsJson));
      await database.transaction((trx) => upsertDecisions(trx, rows));
      recorder.markWritten(part, clock.nowMs());
    }
  }

  /** Also while the store is away: whoever watches should see an attack all the same. */
  function tell(due: readonly DueRow[]): void {
    const untold = due.filter(({ row }) => row.toldCount !== row.count);
    const again = new Set(untold.filter(({ row }) => row.toldCount > 0).map(({ row }) => row.id));
    for (const { row } of untold) row.toldCount = row.count;
    if (tail.isHeard())
      tail.publish(
        untold.map(({ row }) => toEvent(row)),
        again,
      );
  }

  async function flushOnce(all: boolean): Promise<void> {
    const nowMs = clock.nowMs();
    const due = recorder.takeDue(nowMs, all);
    tell(due);
    rollup.seal(nowMs, all);
    try {
      await writeDecisions(due);
      recorder.dropPassed(nowMs);
      await traffic.write();
      tail.publish(await events.takeCommitted(nowMs));
      lastFlushAtMs = nowMs;
    } catch (error) {
      failedFlushes += 1;
      parts.onError(error);
    }
  }

  return {
    // One after the other: two at once would write the same rows.
    flush: (all) => {
      running = running.then(() => flushOnce(all));
      return running;
    },
    settled: () => running,
    trafficWrites: traffic.writes,
    counts: () => ({
      flushLagMs: Math.max(0, clock.nowMs() - lastFlushAtMs),
      failedFlushes,
    }),
  };
}
