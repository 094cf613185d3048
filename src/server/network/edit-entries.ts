// Adds, changes and deletes address-list entries; every change is in force on return.

import type { PolicyOwner } from "../../core/accounts/account.ts";
import { findAllCovering } from "../../core/network/address-set.ts";
import { isVeryWide, rangeFromKeys } from "../../core/network/address-range.ts";
import { parseRule } from "../../core/network/address-rule.ts";
import { describeRuleRefusal } from "../../core/network/describe-rule-refusal.ts";
import type { AcceptedRule } from "../../core/network/address-rule.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import { findLayer } from "./apply-delta.ts";
import type { ChangeContext } from "../journal/index.ts";
import { recordChanges } from "./change-feed.ts";
import type { NetworkDelta } from "./change-feed.ts";
import type { Network } from "./create-network.ts";
import { deleteEndedEntry, deleteEntries, findEntryOfRange, insertEntry } from "./entry-store.ts";
import type { StoredEntry } from "./entry-store.ts";
import { rangeTextOf } from "./export-entries.ts";
import { EXPIRY_ACCEPTED, readExpiry } from "./import-entries.ts";
import { networkProblem } from "./network-problem.ts";
import { makeEntryChange } from "./make-entry-change.ts";
import { isOverruledByAllow } from "./overruled-by-allow.ts";
import { reviseEntries } from "./revise-entries.ts";

export type EntryOrder = {
  readonly owner: PolicyOwner;
  readonly range: unknown;
  readonly action: ListAction;
  readonly note: string;
  readonly expiresAt: string | null;
  readonly confirmWide: boolean;
  readonly context: ChangeContext;
};

export type SavedEntry = { readonly entry: StoredEntry; readonly warnings: readonly string[] };

/** Of many entries deleted at once so many are named in the event. */
const NAMED_MAX = 100;

/**
 * Throws `address-refused`, `range-very-wide`, `expiry-refused`, `entry-exists`, and what the guard
 * throws.
 */
export async function addEntryToList(network: Network, order: EntryOrder): Promise<SavedEntry> {
  const { context } = order;
  refuseUnconfirmedWidth(readRule(order.range), order.confirmWide);
  const [entry] = await makeEntryChange(network, {
    change: { owner: order.owner, add: [order], remove: [] },
    context,
    work: async (trx, making) => {
      const stored = await storeEntry(network, { trx, ...making }, order);
      await recordChanges(trx, stored.deltas, network.clock.nowMs());
      return [stored.entry];
    },
  });
  return { entry: entry!, warnings: warningsFor(network, order) };
}

/** Part of a transaction, whose end records the deltas. Throws as `addEntryToList`. */
export async function storeEntry(
  network: Network,
  { trx, overrode }: { readonly trx: Transaction; readonly overrode: string | null },
  order: EntryOrder,
): Promise<{ readonly entry: StoredEntry; readonly deltas: readonly NetworkDelta[] }> {
  const { owner, action, note, context } = order;
  const rule = readRule(order.range);
  refuseUnconfirmedWidth(rule, order.confirmWide);
  const nowMs = network.clock.nowMs();
  const expiresAtMs = readFutureExpiry(order.expiresAt, nowMs);
  const removed = await makeRoom(trx, { owner, rule, nowMs });
  const { range } = rule;
  const { actor } = context;
  const fields = { owner, range, action, note, author: actor, createdAtMs: nowMs, expiresAtMs };
  const entry = await insertEntry(trx, fields);
  if (entry === null) throw entryExists(null, rule.canonical);
  await recordEntryEvent(network, { trx, change: "added", entry, actor, overrode });
  await reviseEntries(network, { trx, context, overrode }, [{ before: null, after: entry }]);
  return { entry, deltas: [...removed, savedDelta(entry)] };
}

/** An entry that has ended makes room for one of the same range; another one does not. */
export async function makeRoom(
  trx: Transaction,
  at: { readonly owner: PolicyOwner; readonly rule: AcceptedRule; readonly nowMs: number },
): Promise<readonly NetworkDelta[]> {
  const { owner, rule, nowMs } = at;
  const ended = await deleteEndedEntry(trx, { owner, range: rule.range, nowMs });
  const standing = await findEntryOfRange(trx, owner, rule.range);
  if (standing !== undefined) throw entryExists(standing, rule.canonical);
  return ended === null ? [] : [removedDelta(ended)];
}

export function refuseUnconfirmedWidth(rule: AcceptedRule, confirmWide: boolean): void {
  if (!isVeryWide(rule.range) || confirmWide) return;
  throw networkProblem("range-very-wide", {
    detail: `${rule.canonical} holds very many addresses; send confirmWide: true to save it.`,
  });
}

export function readRule(range: unknown): AcceptedRule {
  const rule = parseRule(range);
  if (rule.ok) return rule;
  const detail = describeRuleRefusal(range, rule);
  throw networkProblem("address-refused", {
    detail,
    errors: [{ path: "/range", message: detail }],
    members: { reason: rule.reason, reasonCode: rule.code, suggest: rule.suggest },
  });
}

export function readFutureExpiry(expiresAt: string | null, nowMs: number): number | null {
  const expiresAtMs = readExpiry(expiresAt);
  if (Number.isNaN(expiresAtMs))
    throw networkProblem("expiry-refused", { detail: EXPIRY_ACCEPTED });
  if (expiresAtMs !== null && expiresAtMs <= nowMs) {
    throw networkProblem("expiry-refused", { detail: "The expiry must lie in the future." });
  }
  return expiresAtMs;
}

export function entryExists(standing: StoredEntry | null, canonical: string): Error {
  const named = standing === null ? "" : ` as entry ${standing.id} (${standing.action})`;
  return networkProblem("entry-exists", {
    detail: `${canonical} is on the list already${named}; edit or delete that entry.`,
    members: { entryId: standing?.id ?? null },
  });
}

/** Of an entry that holds already. */
export function warningsFor(network: Network, order: EntryOrder): readonly string[] {
  const rule = readRule(order.range);
  const warnings = rule.warn === null ? [] : [rule.warn];
  const layer = findLayer(network.state, order.owner);
  if (order.action !== "deny" || layer === null) return warnings;
  const allowing = findAllCovering(layer.allow, rule.range.start, network.clock.nowMs(), 1);
  if (allowing.length > 0) {
    return [...warnings, `An allow entry (${allowing[0]}) covers it; allow wins.`];
  }
  if (!isOverruledByAllow(network, order.owner, rule.range)) return warnings;
  return [...warnings, "It takes in addresses of allow entries; allow wins there."];
}

type Transaction = Parameters<Parameters<Network["database"]["transaction"]>[0]>[0];

export async function recordEntryEvent(
  network: Network,
  event: {
    readonly trx: Transaction;
    readonly change: "added" | "changed" | "removed";
    readonly entry: StoredEntry;
    /** What it was, where it was changed. */
    readonly before?: StoredEntry;
    readonly actor: string;
    readonly overrode: string | null;
  },
): Promise<void> {
  const { entry, before, overrode } = event;
  await network.recordEvent(event.trx, {
    kind: "entries-changed",
    atMs: network.clock.nowMs(),
    owner: entry.owner,
    range: rangeFromKeys(entry.family, entry.range_start, entry.range_end),
    reason: entry.action,
    actor: event.actor,
    detail: {
      change: event.change,
      entryId: entry.id,
      note: entry.note,
      expiresAtMs: entry.expires_at,
      ...(before === undefined ? {} : { before: valuesOf(before) }),
      ...(overrode === null ? {} : { overrode }),
    },
  });
}

function valuesOf(entry: StoredEntry) {
  const { action, note, expires_at: expiresAtMs } = entry;
  return { range: rangeTextOf(entry), action, note, expiresAtMs };
}

/** One event, however many they are; the first of them are named. */
async function recordRemoval(
  network: Network,
  trx: Transaction,
  removal: {
    readonly entries: readonly StoredEntry[];
    readonly actor: string;
    readonly overrode: string | null;
  },
): Promise<void> {
  const { entries, actor, overrode } = removal;
  const [entry, ...others] = entries;
  if (entry === undefined) return;
  if (others.length === 0) {
    await recordEntryEvent(network, { trx, change: "removed", entry, actor, overrode });
    return;
  }
  const named = entries.slice(0, NAMED_MAX);
  await network.recordEvent(trx, {
    kind: "entries-changed",
    atMs: network.clock.nowMs(),
    owner: entry.owner,
    range: null,
    reason: others.every(({ action }) => action === entry.action) ? entry.action : null,
    actor,
    detail: {
      change: "removed",
      count: entries.length,
      ids: named.map(({ id }) => id),
      ranges: named.map(rangeTextOf),
      ...(overrode === null ? {} : { overrode }),
    },
  });
}

export function savedDelta(entry: StoredEntry): NetworkDelta {
  return {
    kind: "entry-saved",
    owner: entry.owner,
    id: entry.id,
    action: entry.action,
    family: entry.family,
    start: entry.range_start,
    end: entry.range_end,
    expiresAtMs: entry.expires_at,
  };
}

/** Above this many, memory is built anew from the record instead of change by change. */
const DELTAS_MAX = 500;

function removedDeltas(
  owner: PolicyOwner,
  entries: readonly StoredEntry[],
): readonly NetworkDelta[] {
  if (entries.length > DELTAS_MAX) return [{ kind: "entries-reloaded", owner }];
  return entries.map(removedDelta);
}

export function removedDelta(entry: StoredEntry): NetworkDelta {
  return {
    kind: "entry-removed",
    owner: entry.owner,
    id: entry.id,
    family: entry.family,
    start: entry.range_start,
    end: entry.range_end,
  };
}

/**
 * All or nothing. Throws `entry-not-found` when one of the ids is not there, and what the guard
 * throws.
 */
export async function removeEntries(
  network: Network,
  order: {
    readonly owner: PolicyOwner;
    readonly ids: readonly number[];
    readonly context: ChangeContext;
  },
): Promise<readonly StoredEntry[]> {
  const { owner, context } = order;
  const ids = [...new Set(order.ids)];
  return makeEntryChange(network, {
    change: { owner, add: [], remove: ids },
    context,
    work: async (trx, making) => {
      const deleted = await deleteEntries(trx, owner, ids);
      const found = new Set(deleted.map(({ id }) => id));
      const missing = ids.find((id) => !found.has(id));
      if (missing !== undefined) throw entryNotFound(missing);
      const { overrode } = making;
      await recordRemoval(network, trx, { entries: deleted, actor: context.actor, overrode });
      const pairs = deleted.map((before) => ({ before, after: null }));
      await reviseEntries(network, { trx, ...making }, pairs);
      await recordChanges(trx, removedDeltas(owner, deleted), network.clock.nowMs());
      return deleted;
    },
  });
}

/** The entry of exactly this range. Throws `address-refused`, `entry-not-found`. */
export async function findEntryByRange(
  network: Network,
  owner: PolicyOwner,
  range: unknown,
): Promise<StoredEntry> {
  const rule = readRule(range);
  const entry = await findEntryOfRange(network.database.kysely, owner, rule.range);
  if (entry !== undefined) return entry;
  throw networkProblem("entry-not-found", { detail: `${rule.canonical} is on no list here.` });
}

export function entryNotFound(id: number): Error {
  return networkProblem("entry-not-found", { detail: `There is no entry ${id} here.` });
}
