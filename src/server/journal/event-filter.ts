// Which events somebody asks for, as conditions of the store and for events in memory.
import { sql } from "kysely";
import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from "kysely";
import { readAddressFilter } from "../../api/address-filter.ts";
import type { AddressFilter } from "../../api/address-filter.ts";
import { kindsOfGroup, PERIOD_SECONDS } from "../../api/journal-api.ts";
import type { EventExportQuery, EventQuery, TailQuery } from "../../api/journal-api.ts";
import type { Schema } from "../migrations/schema.ts";
import type { JournalEvent } from "./journal-event.ts";
import { journalProblem } from "./journal-problem.ts";
import type { AccountReach, JournalReach } from "./journal-reach.ts";

export type EventFilter = {
  readonly kind?: string;
  /** Any of these. */
  readonly kinds?: readonly string[];
  readonly verdict?: string;
  readonly reason?: string;
  readonly surface?: string;
  readonly country?: string;
  readonly userId?: string;
  readonly address?: AddressFilter;
  /** About any of these accounts, or of their own rules. */
  readonly accounts?: readonly AccountReach[];
  /** By when it last happened; both included. */
  readonly sinceMs?: number;
  readonly untilMs?: number;
};

const TEXT_FIELDS = ["kind", "verdict", "reason", "surface", "country", "userId"] as const;

type Asker = { readonly reach: JournalReach; readonly nowMs: number };

/** Throws `address-malformed` or `time-malformed` (400). */
export function readEventFilter(
  query: TailQuery | EventQuery | EventExportQuery,
  { reach, nowMs }: Asker,
): EventFilter {
  const { address, kind, group, verdict, reason, surface, country, user: userId } = query;
  const texts = { kind, verdict, reason, surface, country, userId };
  const given = Object.entries(texts).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(given),
    ...(group === undefined ? {} : { kinds: kindsOfGroup(group) }),
    ...(address === undefined ? {} : { address: readAddress(address) }),
    ...(reach === null ? {} : { accounts: reach }),
    ...("since" in query || "until" in query || "period" in query ? readTimes(query, nowMs) : {}),
  };
}

function readTimes(
  { period, since, until }: EventQuery | EventExportQuery,
  nowMs: number,
): Pick<EventFilter, "sinceMs" | "untilMs"> {
  if (period !== undefined) {
    if (since === undefined && until === undefined) {
      return { sinceMs: nowMs - PERIOD_SECONDS[period] * 1_000 };
    }
    const detail = "Say either period, or since and until.";
    throw journalProblem("time-malformed", { detail });
  }
  return {
    ...(since === undefined ? {} : { sinceMs: readTime("since", since) }),
    ...(until === undefined ? {} : { untilMs: readTime("until", until) }),
  };
}

function readAddress(text: string): AddressFilter {
  const reading = readAddressFilter(text);
  if (reading.ok) return reading.filter;
  const errors = [{ path: "/address", message: reading.why }];
  throw journalProblem("address-malformed", { detail: reading.why, errors });
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
  const { address, accounts, kinds, sinceMs, untilMs } = filter;
  if (kinds !== undefined) conditions.push(eb("kind", "in", kinds));
  if (accounts !== undefined) conditions.push(accountConditions(eb, accounts));
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

/** Nested, as SQLite parses a thousand links of one chain at the most. */
function accountConditions(
  eb: EventExpression,
  accounts: readonly AccountReach[],
): ExpressionWrapper<Schema, "journal_event", SqlBool> {
  // With many of them both engines had rather sort all their events than read the newest first;
  // what is no plain column they leave alone.
  const isFew = accounts.length <= FEW_ACCOUNTS;
  const account = isFew ? eb.ref("account") : eb.fn.coalesce("account", sql.lit(""));
  const owner = isFew ? eb.ref("owner") : eb.fn.coalesce("owner", sql.lit(""));
  const ownerIds = accounts.flatMap(({ ownerId }) => ownerId ?? []);
  const chains = [];
  for (let at = 0; at < accounts.length; at += CHAIN_LINKS) {
    const some = accounts.slice(at, at + CHAIN_LINKS);
    chains.push(
      eb.or(
        some.map(({ code, sinceMs }) => eb.and({ account: code }).and("first_at", ">=", sinceMs)),
      ),
    );
  }
  const codes = accounts.map(({ code }) => code);
  const isTheirs =
    codes.length === 0 ? eb.or([]) : eb.and([eb(account, "in", codes), eb.or(chains)]);
  return ownerIds.length === 0 ? isTheirs : eb.or([eb(owner, "in", ownerIds), isTheirs]);
}

const CHAIN_LINKS = 100;
const FEW_ACCOUNTS = 4;

/** The same question put to an event in memory. */
export function matchesFilter(event: JournalEvent, filter: EventFilter): boolean {
  for (const field of TEXT_FIELDS) {
    const wanted = filter[field];
    if (wanted !== undefined && event[field] !== wanted) return false;
  }
  if (filter.sinceMs !== undefined && event.lastAtMs < filter.sinceMs) return false;
  if (filter.untilMs !== undefined && event.lastAtMs > filter.untilMs) return false;
  const { address, accounts, kinds } = filter;
  if (kinds !== undefined && !kinds.includes(event.kind)) return false;
  if (accounts !== undefined && !isAboutAny(event, accounts)) return false;
  if (address === undefined) return true;
  const { family, addressStart } = event;
  if (family !== address.family || addressStart === null) return false;
  const startKey = event.address === null ? address.networkKey : address.startKey;
  return addressStart >= startKey && addressStart <= address.endKey;
}

/** Whether it is about one of the accounts, or of their own rules. */
export function isAboutAny(event: JournalEvent, accounts: readonly AccountReach[]): boolean {
  return accounts.some(
    ({ code, ownerId, sinceMs }) =>
      event.owner === ownerId || (event.account === code && event.firstAtMs >= sinceMs),
  );
}
