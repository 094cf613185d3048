// Puts the journal together: counting on the hot path, writing beside it, asking it afterwards.
import type { Transaction } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/database.ts";
import { createEventStreamHub } from "../../platform/http/event-stream-hub.ts";
import type { HubCounts } from "../../platform/http/event-stream-hub.ts";
import type { Schema } from "../migrations/schema.ts";
import { createAudit } from "./create-audit.ts";
import type { Audit } from "./create-audit.ts";
import { applyRetention } from "./apply-retention.ts";
import type { RetentionLimits } from "./apply-retention.ts";
import { createDecisionRecorder } from "./decision-recorder.ts";
import type { RecorderCounts } from "./decision-recorder.ts";
import type { EventCount } from "./event-counts.ts";
import type { EventCursor } from "./event-cursor.ts";
import type { EventFilter } from "./event-filter.ts";
import { findDecision, listEvents } from "./event-store.ts";
import type { EventPage, EventWithSteps } from "./event-store.ts";
import { createEventFollowers } from "./follow-events.ts";
import type { EventFollowers } from "./follow-events.ts";
import { fromStepsJson } from "./journal-event.ts";
import { createHeldVisits } from "./held-visits.ts";
import type { HeldVisits } from "./held-visits.ts";
import { createJournalFlusher } from "./journal-flusher.ts";
import type { FlushCounts } from "./journal-flusher.ts";
import { createLiveTraffic } from "./live-traffic.ts";
import type { LiveTrafficTeller } from "./live-traffic.ts";
import { createLiveTail } from "./live-tail.ts";
import type { LiveTail } from "./live-tail.ts";
import { toEvent } from "./open-row.ts";
import type { DecisionInput } from "./open-row.ts";
import { createOverviewReader } from "./overview-reader.ts";
import type { ReadOverview } from "./overview-reader.ts";
import { createEventWriter } from "./record-event.ts";
import type { NewEvent } from "./record-event.ts";
import { repeatWork } from "./repeat-work.ts";
import type { TrafficInput } from "./traffic-minute.ts";
import type { TrafficTotal } from "./traffic-totals.ts";
import { createTrafficRollup } from "./traffic-rollup.ts";
import type { RollupCounts } from "./traffic-rollup.ts";
import { createTrafficWatch } from "./traffic-watch.ts";

export type CreateJournalInput = RetentionLimits & {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  /** The file that tells where the audit's chain ended; without it that is not kept. */
  readonly anchorsPath?: string;
  /** Called when writing in the background failed; it is tried again a second later. */
  readonly onError?: (error: unknown) => void;
};

export type JournalCounts = RecorderCounts & RollupCounts & FlushCounts & HubCounts;

export type EventPageInput = { readonly after: EventCursor | null; readonly limit: number };

export type Journal = {
  /** For decisions refused or monitored. Returns the id to show. No I/O. */
  readonly recordDecision: (input: DecisionInput) => string;
  /** For every request, whatever became of it. No I/O. */
  readonly countTraffic: (input: TrafficInput) => void;
  /** Part of the caller's transaction. Returns the event's id. */
  readonly recordEvent: (trx: Transaction<Schema>, event: NewEvent) => Promise<string>;
  /** In a transaction of its own. */
  readonly recordEventAlone: (event: NewEvent) => Promise<string>;
  /** Also decisions that are not written yet. */
  readonly findDecision: (id: string) => Promise<EventWithSteps | null>;
  /** Newest first; what happened before the call is in it. */
  readonly listEvents: (filter: EventFilter, page: EventPageInput) => Promise<EventPage>;
  /** What administrators did, chained; events that are such acts go in by themselves. */
  readonly audit: Omit<Audit, "add">;
  readonly subscribe: LiveTail["subscribe"];
  /** Sends new events to a client as they are written. */
  readonly followEvents: EventFollowers["follow"];
  /** Sends a client each second what this process decided. */
  readonly followTraffic: LiveTrafficTeller["follow"];
  readonly readOverview: ReadOverview;
  readonly heldVisits: HeldVisits;
  /** Ends live streams, which would otherwise hold up the HTTP server's stop. */
  readonly endTails: () => void;
  /** Writes what is due; `start` calls it each second. Never rejects. */
  readonly flush: () => Promise<void>;
  /** Returns how many records went; `start` calls it each minute. */
  readonly applyRetention: () => Promise<number>;
  readonly counts: () => JournalCounts;
  /** Since the start, by what happened. */
  readonly totals: () => {
    readonly events: readonly EventCount[];
    readonly requests: readonly TrafficTotal[];
  };
  readonly start: () => void;
  /** Writes everything that is in memory, then stops. Before the database is closed. */
  readonly close: () => Promise<void>;
};

const FLUSH_EVERY_MS = 1_000;
const RETENTION_EVERY_MS = 60_000;
const ANCHOR_EVERY_MS = 60_000;

export function createJournal(input: CreateJournalInput): Journal {
  const { database, clock, journalDays, journalMaxMegabytes } = input;
  const onError = input.onError ?? (() => undefined);
  const recorder = createDecisionRecorder();
  const rollup = createTrafficRollup();
  const hub = createEventStreamHub({ nowMs: clock.nowMs });
  const followers = createEventFollowers(hub);
  const tail = createLiveTail(followers);
  const live = createLiveTraffic({ hub, watch: createTrafficWatch(rollup.current), clock });
  const audit = createAudit({ database, clock, anchorsPath: input.anchorsPath ?? null });
  const events = createEventWriter(database, audit);
  const parts = { database, clock, recorder, rollup, events, tail, onError };
  const flusher = createJournalFlusher(parts);
  const stops: (() => void)[] = [];
  let anchoring: Promise<void> = Promise.resolve();

  async function find(id: string): Promise<EventWithSteps | null> {
    const row = recorder.find(id);
    if (row === undefined) return await findDecision(database.kysely, id);
    return { event: toEvent(row), steps: fromStepsJson(row.stepsJson) };
  }

  async function list(filter: EventFilter, page: EventPageInput): Promise<EventPage> {
    if (page.after === null) await flusher.flush(false);
    return await listEvents(database.kysely, filter, page);
  }

  function retain(): Promise<number> {
    return applyRetention(database, { journalDays, journalMaxMegabytes, nowMs: clock.nowMs() });
  }

  function start(): void {
    if (stops.length > 0) return;
    stops.push(repeatWork(() => flusher.flush(false), { everyMs: FLUSH_EVERY_MS, onError }));
    stops.push(repeatWork(audit.anchor, { everyMs: ANCHOR_EVERY_MS, onError }));
    anchoring = audit.anchor().catch(onError);
    stops.push(repeatWork(retain, { everyMs: RETENTION_EVERY_MS, onError }));
  }

  async function close(): Promise<void> {
    for (const stop of stops.splice(0)) stop();
    hub.endAll();
    await flusher.flush(true);
    await anchoring;
    await audit.anchor().catch(onError);
  }

  return {
    recordDecision: recorder.record,
    countTraffic: rollup.count,
    recordEvent: events.recordEvent,
    recordEventAlone: (event) => database.transaction((trx) => events.recordEvent(trx, event)),
    findDecision: find,
    listEvents: list,
    audit,
    subscribe: tail.subscribe,
    followEvents: followers.follow,
    followTraffic: live.follow,
    readOverview: createOverviewReader({ database, clock, rollup, flusher, live }),
    heldVisits: createHeldVisits(rollup, flusher),
    endTails: hub.endAll,
    flush: () => flusher.flush(false),
    applyRetention: retain,
    counts: () => ({
      ...recorder.counts(),
      ...rollup.counts(),
      ...flusher.counts(),
      ...hub.counts(),
    }),
    totals: () => ({ events: events.counts(), requests: rollup.totals() }),
    start,
    close,
  };
}
