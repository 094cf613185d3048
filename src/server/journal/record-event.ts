// Writes single events at once, inside the transaction that made them happen.
import type { Transaction } from "kysely";
import type { EventKind, Verdict } from "../../api/journal-api.ts";
import { randomId } from "../../platform/crypto/random.ts";
import type { Database } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import type { Audit } from "./create-audit.ts";
import { createEventCounts } from "./event-counts.ts";
import type { EventCount } from "./event-counts.ts";
import { findEvents, insertEvent } from "./event-store.ts";
import type { EventDetail, JournalEvent } from "./journal-event.ts";

/** Decisions are counted by the recorder; everything else that happens is one of these. */
export type NewEvent = {
  readonly kind: Exclude<EventKind, "decision">;
  readonly atMs: number;
  /** Default `platform`. */
  readonly owner?: string;
  readonly actor?: string | null;
  /** Whose event it is; the actor may be somebody else. */
  readonly userId?: string | null;
  /** With its family and key, or none of the three. */
  readonly address?: {
    readonly text: string;
    readonly family: 4 | 6;
    /** Hex of the address, or of the range's start. */
    readonly startKey: string;
  } | null;
  readonly surface?: string | null;
  readonly account?: string | null;
  readonly country?: string | null;
  readonly verdict?: Verdict | null;
  readonly status?: number | null;
  readonly reason?: string | null;
  readonly detail?: EventDetail;
};

export type EventWriter = {
  /** Part of the caller's transaction: it happened exactly when that is committed. */
  readonly recordEvent: (trx: Transaction<Schema>, event: NewEvent) => Promise<string>;
  /** Since the start; what was rolled back after it was written is in it. */
  readonly counts: () => readonly EventCount[];
  /** Those of the events written here lately that are committed by now, each once. */
  readonly takeCommitted: (nowMs: number) => Promise<readonly JournalEvent[]>;
};

/** A transaction that takes longer is not told live; its events are in the list all the same. */
const UNCOMMITTED_MS = 60_000;
const UNCOMMITTED_MAX = 5_000;
const IDS_PER_STATEMENT = 500;

export function createEventWriter(
  database: Database<Schema>,
  audit: Pick<Audit, "add">,
): EventWriter {
  const counts = createEventCounts();
  /** Ids and when they were written; whether that was committed only the store knows. */
  const uncommitted = new Map<string, number>();

  async function recordEvent(trx: Transaction<Schema>, event: NewEvent): Promise<string> {
    const complete = completeEvent(event);
    await insertEvent(trx, complete);
    audit.add(trx, complete);
    counts.add(complete);
    if (uncommitted.size < UNCOMMITTED_MAX) uncommitted.set(complete.id, event.atMs);
    return complete.id;
  }

  async function takeCommitted(nowMs: number): Promise<readonly JournalEvent[]> {
    if (uncommitted.size === 0) return [];
    const ids = [...uncommitted.keys()];
    const events: JournalEvent[] = [];
    for (let at = 0; at < ids.length; at += IDS_PER_STATEMENT) {
      const some = ids.slice(at, at + IDS_PER_STATEMENT);
      events.push(...(await findEvents(database.kysely, some)));
    }
    for (const event of events) uncommitted.delete(event.id);
    for (const [id, atMs] of uncommitted) {
      if (nowMs - atMs >= UNCOMMITTED_MS) uncommitted.delete(id);
    }
    return events;
  }

  return { recordEvent, takeCommitted, counts: counts.read };
}

export function completeEvent(event: NewEvent): JournalEvent {
  return {
    id: randomId(),
    kind: event.kind,
    firstAtMs: event.atMs,
    lastAtMs: event.atMs,
    count: 1,
    owner: event.owner ?? "platform",
    family: event.address?.family ?? null,
    addressStart: event.address?.startKey ?? null,
    address: event.address?.text ?? null,
    surface: event.surface ?? null,
    account: event.account ?? null,
    country: event.country ?? null,
    verdict: event.verdict ?? null,
    status: event.status ?? null,
    reason: event.reason ?? null,
    actor: event.actor ?? null,
    userId: event.userId ?? null,
    detail: event.detail ?? {},
  };
}
