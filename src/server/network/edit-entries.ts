// Adds, changes and deletes address-list entries; every change is in force on return.

import type { PolicyOwner } from "../../core/accounts/account.ts";
import { findAllCovering } from "../../core/network/address-set.ts";
import { isVeryWide, rangeFromKeys } from "../../core/network/address-range.ts";
import { parseRule } from "../../core/network/address-rule.ts";
import type { AcceptedRule } from "../../core/network/address-rule.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import { findLayer } from "./apply-delta.ts";
import { recordChanges } from "./change-feed.ts";
import type { NetworkDelta } from "./change-feed.ts";
import type { Network } from "./create-network.ts";
import { deleteEntries, findEntryOfRange, insertEntry, updateEntry } from "./entry-store.ts";
import type { StoredEntry } from "./entry-store.ts";
import { EXPIRY_ACCEPTED, describeRefusal, readExpiry } from "./import-entries.ts";
import { networkProblem } from "./network-problem.ts";
import { isOverruledByAllow } from "./overruled-by-allow.ts";

export type EntryOrder = {
  readonly owner: PolicyOwner;
  readonly range: unknown;
  readonly action: ListAction;
  readonly note: string;
  readonly expiresAt: string | null;
  readonly confirmWide: boolean;
  readonly author: string;
};

export type SavedEntry = { readonly entry: StoredEntry; readonly warnings: readonly string[] };

/** Above this many, memory is built anew from the record instead of change by change. */
const DELTAS_MAX = 500;

/** Throws `address-refused`, `range-very-wide`, `expiry-refused`, `entry-exists`. */
export async function addEntryToList(network: Network, order: EntryOrder): Promise<SavedEntry> {
  const rule = readRule(order.range);
  if (isVeryWide(rule.range) && !order.confirmWide) {
    throw networkProblem("range-very-wide", {
      detail: `${rule.canonical} holds very many addresses; send confirmWide: true to save it.`,
    });
  }
  const expiresAtMs = readFutureExpiry(order.expiresAt, network.clock.nowMs());
  const nowMs = network.clock.nowMs();
  const entry = await network.database.transaction(async (trx) => {
    const standing = await findEntryOfRange(trx, order.owner, rule.range);
    // An entry that has ended makes room for a new one of the same range.
    const hasEnded = standing !== undefined && (standing.expires_at ?? Infinity) <= nowMs;
    if (standing !== undefined && !hasEnded) throw entryExists(standing, rule.canonical);
    const deltas: NetworkDelta[] = [];
    if (standing !== undefined) {
      await deleteEntries(trx, order.owner, [standing.id]);
      deltas.push(removedDelta(standing));
    }
    const { owner, action, note, author } = order;
    const { range } = rule;
    const fields = { owner, range, action, note, author, createdAtMs: nowMs, expiresAtMs };
    const inserted = await insertEntry(trx, fields);
    if (inserted === null) throw entryExists(null, rule.canonical);
    await recordChanges(trx, [...deltas, savedDelta(inserted)], nowMs);
    await recordEntryEvent(network, { trx, change: "added", entry: inserted, actor: author });
    return inserted;
  });
  await network.follower.follow();
  return { entry, warnings: warningsFor(network, rule, order) };
}

export function readRule(range: unknown): AcceptedRule {
  const rule = parseRule(range);
  if (rule.ok) return rule;
  throw networkProblem("address-refused", {
    detail: describeRefusal(rule.reason, rule.suggest),
    errors: [{ path: "/range", message: describeRefusal(rule.reason, rule.suggest) }],
    members: { reason: rule.reason, reasonCode: rule.code, suggest: rule.suggest },
  });
}

function readFutureExpiry(expiresAt: string | null, nowMs: number): number | null {
  const expiresAtMs = readExpiry(expiresAt);
  if (Number.isNaN(expiresAtMs))
    throw networkProblem("expiry-refused", { detail: EXPIRY_ACCEPTED });
  if (expiresAtMs !== null && expiresAtMs <= nowMs) {
    throw networkProblem("expiry-refused", { detail: "The expiry must lie in the future." });
  }
  return expiresAtMs;
}

function entryExists(standing: StoredEntry | null, canonical: string): Error {
  const named = standing === null ? "" : ` as entry ${standing.id} (${standing.action})`;
  return networkProblem("entry-exists", {
    detail: `${canonical} is on the list already${named}; edit or delete that entry.`,
    members: { entryId: standing?.id ?? null },
  });
}

function warningsFor(network: Network, rule: AcceptedRule, order: EntryOrder): readonly string[] {
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

async function recordEntryEvent(
  network: Network,
  event: {
    readonly trx: Transaction;
    readonly change: "added" | "changed" | "removed";
    readonly entry: StoredEntry;
    readonly actor: string;
  },
): Promise<void> {
  const { entry } = event;
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
    },
  });
}

function savedDelta(entry: StoredEntry): NetworkDelta {
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

function removedDelta(entry: StoredEntry): NetworkDelta {
  return {
    kind: "entry-removed",
    owner: entry.owner,
    id: entry.id,
    family: entry.family,
    start: entry.range_start,
    end: entry.range_end,
  };
}

/** Throws `entry-not-found`, `expiry-refused`. */
export async function changeEntry(
  network: Network,
  at: { readonly owner: PolicyOwner; readonly id: number; readonly actor: string },
  change: {
    readonly action?: ListAction | undefined;
    readonly note?: string | undefined;
    readonly expiresAt?: string | null | undefined;
  },
): Promise<StoredEntry> {
  const nowMs = network.clock.nowMs();
  const { action, note, expiresAt } = change;
  const columns = {
    ...(action === undefined ? {} : { action }),
    ...(note === undefined ? {} : { note }),
    ...(expiresAt === undefined ? {} : { expires_at: readFutureExpiry(expiresAt, nowMs) }),
  };
  const entry = await network.database.transaction(async (trx) => {
    const updated = await updateEntry(trx, at, columns);
    if (updated === null) throw entryNotFound(at.id);
    await recordChanges(trx, [savedDelta(updated)], nowMs);
    await recordEntryEvent(network, {
      trx,
      change: "changed",
      entry: updated,
      actor: at.actor,
    });
    return updated;
  });
  await network.follower.follow();
  return entry;
}

/** All or nothing. Throws `entry-not-found` when one of the ids is not there. */
export async function removeEntries(
  network: Network,
  order: { readonly owner: PolicyOwner; readonly ids: readonly number[]; readonly actor: string },
): Promise<readonly StoredEntry[]> {
  const ids = [...new Set(order.ids)];
  const nowMs = network.clock.nowMs();
  const removed = await network.database.transaction(async (trx) => {
    const deleted = await deleteEntries(trx, order.owner, ids);
    const missing = ids.find((id) => !deleted.some((entry) => entry.id === id));
    if (deleted.length < ids.length) throw entryNotFound(missing!);
    const deltas: readonly NetworkDelta[] =
      deleted.length > DELTAS_MAX
        ? [{ kind: "entries-reloaded", owner: order.owner }]
        : deleted.map(removedDelta);
    await recordChanges(trx, deltas, nowMs);
    for (const entry of deleted) {
      await recordEntryEvent(network, { trx, change: "removed", entry, actor: order.actor });
    }
    return deleted;
  });
  await network.follower.follow();
  return removed;
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

function entryNotFound(id: number): Error {
  return networkProblem("entry-not-found", { detail: `There is no entry ${id} here.` });
}
