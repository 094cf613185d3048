// Which events somebody asks for, as conditions of the store and for events in memory.
import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from "kysely";
import { readAddressFilter } from "../../api/address-filter.ts";
import type { AddressFilter } from "../../api/address-filter.ts";
import type { EventExportQuery, EventQuery, TailQuery } from "../../api/journal-api.ts";
import type { Schema } from "../migrations/schema.ts";
import type { JournalEvent } from "./journal-event.ts";
import { journalProblem } from "./journal-problem.ts";

export type EventFilter = {
  readonly kind?: string;
  readonly verdict?: string;
  readonly reason?: string;
  readonly surface?: string;
  readonly account?: string;
  readonly userId?: string;
  readonly address?: AddressFilter;
  /** By when it last happened; both included. */
  readonly sinceMs?: number;
  readonly untilMs?: number;
};

const TEXT_FIELDS = ["kind", "verdict", "reason", "surface", "account", "userId"] as const;

/** Throws `address-malformed` or `time-malformed` (400). */
export function readEventFilter(query: TailQuery | EventQuery | EventExportQuery): EventFilter {
  const { address, kind, verdict, reason, surface, account, user: userId } = query;
  const texts = { kind, verdict, reason, surface, account, userId };
  const given = Object.entries(texts).filter(([, value]) => value !== undefined);
  const since = "since" in query ? query.since : undefined;
  const until = "until" in query ? query.until : undefined;
  return {
    ...Object.fromEntries(given),
    ...(address === undefined ? {} : { address: readAddress(address) }),
    ...(since === undefined ? {} : { sinceMs: readTime("since", since) }),
    ...(until === undefined ? {} : { untilMs: readTime("until", until) }),
  };
}

function readAddress(text: string): AddressFilter {
  const reading = readAddressFilter(text);
  if (reading.ok) return reading.filter;
  const errors = [{ path: "/address", message: reading.why }];
  throw journalProblem("address-malformed", { detail: `address: ${reading.why}.`, errors });
}

function readTime(name: string, text: string): number {
  const atMs = Date.parse(text);
  if (!Number.isNaN(atMs)) return atMs;
  const detail = `${name} must be a time such as 2026-01-31T12:00:00Z.`;
  throw journalProblem("time-malformed", { detail });
}

type EventExpression = ExpressionBuilder<Schema, "journal_event">;

/**
 * An address also finds the events that a flood put together for its network: those name no
 * address, so whoever looks for one offender must see them too.
 */
export function filterConditions(
  eb: EventExpression,
  filter: EventFilter,
): ExpressionWrapper<Schema, "journal_event", SqlBool> {
  const conditions = TEXT_FIELDS.flatMap((field) => {
    const wanted = filter[field];
    const column = field === "userId" ? "user_id" : field;
    return wanted === undefined ? [] : [eb(column, "=", wanted)];
  });
  const { address, sinceMs, untilMs } = filter;
  if (sinceMs !== undefined) conditions.push(eb("last_at", ">=", sinceMs));
  if (untilMs !== undefined) conditions.push(eb("last_at", "<=", untilMs));
  if (address !== undefined) {
    conditions.push(
      eb("family", "=", address.family),
      eb("address_start", ">=", address.networkKey),
      eb("address_start", "<=", address.endKey),
    );
    const isAt = eb.or([eb("address", "is", null), eb("address_start", ">=", address.startKey)]);
    return eb.and([...conditions, isAt]);
  }
  return eb.and(conditions);
}

/** The same question put to an event in memory. */
export function matchesFilter(event: JournalEvent, filter: EventFilter): boolean {
  for (const field of TEXT_FIELDS) {
    const wanted = filter[field];
    if (wanted !== undefined && event[field] !== wanted) return false;
  }
  if (filter.sinceMs !== undefined && event.lastAtMs < filter.sinceMs) return false;
  if (filter.untilMs !== undefined && event.lastAtMs > filter.untilMs) return false;
  const { address } = filter;
  if (address === undefined) return true;
  const { family, addressStart } = event;
  if (family !== address.family || addressStart === null) return false;
  const startKey = event.address === null ? address.networkKey : address.startKey;
  return addressStart >= startKey && addressStart <= address.endKey;
}
