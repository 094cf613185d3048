// One security event: its shape in memory and its row in the store.
import type { EventAnswer, EventKind, Verdict } from "../../api/journal-api.ts";
import type { Step } from "../../core/decision.ts";
import type { JournalEventTable } from "../migrations/journal-tables.ts";

/** Facts by name; units are in the names. */
export type EventDetail = { readonly [name: string]: unknown };

export type JournalEvent = {
  readonly id: string;
  readonly kind: EventKind;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly count: number;
  /** `platform`, or the id of the account whose policy it was. */
  readonly owner: string;
  readonly family: 4 | 6 | null;
  /** Fixed-width lower-case hex; the start of the range where it is more than one address. */
  readonly addressStart: string | null;
  /** Null where it is about a whole network; then the detail names it. */
  readonly address: string | null;
  readonly surface: string | null;
  /** The account's code. */
  readonly account: string | null;
  readonly country: string | null;
  readonly verdict: Verdict | null;
  readonly status: number | null;
  readonly reason: string | null;
  readonly actor: string | null;
  /** Whose event it is; the actor may be somebody else. */
  readonly userId: string | null;
  readonly detail: EventDetail;
};

export type EventColumns = Omit<JournalEventTable, "steps_json">;

export function toEventRow(event: JournalEvent, stepsJson: string | null): JournalEventTable {
  return {
    id: event.id,
    kind: event.kind,
    first_at: event.firstAtMs,
    last_at: event.lastAtMs,
    count: event.count,
    owner: event.owner,
    family: event.family,
    address_start: event.addressStart,
    address: event.address,
    surface: event.surface,
    account: event.account,
    country: event.country,
    verdict: event.verdict,
    status: event.status,
    reason: event.reason,
    actor: event.actor,
    user_id: event.userId,
    steps_json: stepsJson,
    detail_json: JSON.stringify(event.detail),
  };
}

export function fromEventRow(row: EventColumns): JournalEvent {
  return {
    id: row.id,
    kind: row.kind as EventKind,
    firstAtMs: row.first_at,
    lastAtMs: row.last_at,
    count: row.count,
    owner: row.owner,
    family: row.family as 4 | 6 | null,
    addressStart: row.address_start,
    address: row.address,
    surface: row.surface,
    account: row.account,
    country: row.country,
    verdict: row.verdict as Verdict | null,
    status: row.status,
    reason: row.reason,
    actor: row.actor,
    userId: row.user_id,
    detail: JSON.parse(row.detail_json) as EventDetail,
  };
}

export function fromStepsJson(stepsJson: string | null): readonly Step[] {
  return stepsJson === null ? [] : (JSON.parse(stepsJson) as readonly Step[]);
}

export function toEventAnswer(event: JournalEvent): EventAnswer {
  const { family: _family, addressStart: _start, firstAtMs, lastAtMs, ...told } = event;
  return {
    ...told,
    firstAt: new Date(firstAtMs).toISOString(),
    lastAt: new Date(lastAtMs).toISOString(),
  };
}
