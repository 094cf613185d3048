// Changes many entries of one list as one step: removed, added, one event, one revision.
import type { Transaction } from "kysely";
import type { PolicyOwner } from "../../core/accounts/account.ts";
import { rangeKeys } from "../../core/network/address-range.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import { describeStoreError } from "../../platform/database/describe-store-error.ts";
import { insertMany } from "../../platform/database/insert-many.ts";
import type { PreparedChange } from "../journal/index.ts";
import type { Schema } from "../migrations/schema.ts";
import { recordChanges } from "./change-feed.ts";
import type { Network } from "./create-network.ts";
import { entryNotFound, readFutureExpiry, readRule } from "./edit-entries.ts";
import { deleteEntries, listEndedEntries } from "./entry-store.ts";
import type { StoredEntry } from "./entry-store.ts";
import type { Making } from "./make-entry-change.ts";
import { networkProblem } from "./network-problem.ts";
import { reviseEntries } from "./revise-entries.ts";
import type { EntryPair } from "./revise-entries.ts";

export type EntryListEdit = {
  readonly owner: PolicyOwner;
  /** What is very wide is meant. */
  readonly add: readonly {
    readonly range: unknown;
    readonly action: ListAction;
    readonly note: string;
    readonly expiresAt: string | null;
  }[];
  /** Ids. An entry that is changed is removed and added. */
  readonly remove: readonly number[];
  /** Of those that are removed, in their order, as they were read; absent: any will do. */
  readonly versions?: readonly number[];
};

const ROWS_PER_INSERT = 2000;

const COLUMNS = [
  { name: "owner", type: "text" },
  { name: "action", type: "text" },
  { name: "family", type: "integer" },
  { name: "range_start", type: "text" },
  { name: "range_end", type: "text" },
  { name: "note", type: "text" },
  { name: "author", type: "text" },
  { name: "created_at", type: "integer" },
  { name: "expires_at", type: "integer" },
] as const;

/**
 * Storing throws `address-refused`, `expiry-refused`, `entry-exists` where another entry has the
 * range, `entry-not-found` where one to be removed is gone, and `list-moved-on` where it has
 * another version.
 */
export function prepareEntryList(
  network: Network,
  edit: EntryListEdit,
  making: Making,
): PreparedChange {
  return {
    store: (trx) => storeEntryList(network, trx, { ...edit, ...making }),
    follow: () => network.follower.follow(),
  };
}

async function storeEntryList(
  network: Network,
  trx: Transaction<Schema>,
  edit: EntryListEdit & Making,
): Promise<void> {
  const { owner, context, overrode } = edit;
  const removed = await removeAsRead(trx, edit);
  const added = await addAll(trx, edit, network.clock.nowMs());
  const pairs = pairUp(removed, added);
  if (pairs.length === 0) return;
  await reviseEntries(network, { trx, context, overrode }, pairs);
  const nowMs = network.clock.nowMs();
  await network.recordEvent(trx, {
    kind: "entries-changed",
    atMs: nowMs,
    owner,
    range: null,
    reason: null,
    actor: context.actor,
    detail: {
      change: "changed",
      removed: removed.length,
      added: added.length,
      ...(overrode === null ? {} : { overrode }),
    },
  });
  await recordChanges(trx, [{ kind: "entries-reloaded", owner }], nowMs);
}

async function removeAsRead(
  trx: Transaction<Schema>,
  { owner, remove, versions }: EntryListEdit,
): Promise<readonly StoredEntry[]> {
  const removed = await deleteEntries(trx, owner, remove);
  const versionOf = new Map(removed.map(({ id, version }) => [id, version]));
  for (const [index, id] of remove.entries()) {
    const version = versionOf.get(id);
    if (version === undefined) throw entryNotFound(id);
    if (version !== (versions?.[index] ?? version)) throw networkProblem("list-moved-on");
  }
  return removed;
}

/** By few statements: a policy file may bring a hundred thousand. */
async function addAll(
  trx: Transaction<Schema>,
  edit: EntryListEdit & Making,
  nowMs: number,
): Promise<readonly StoredEntry[]> {
  const { owner, context } = edit;
  const entries = edit.add.map(({ range: text, action, note, expiresAt }): StoredEntry => {
    const { range } = readRule(text);
    const { start, end } = rangeKeys(range);
    return {
      // The store gives the number; the history does without.
      id: 0,
      owner,
      action,
      family: range.family,
      range_start: start,
      range_end: end,
      note,
      author: context.actor,
      created_at: nowMs,
      expires_at: readFutureExpiry(expiresAt, nowMs),
      version: 1,
    };
  });
  await makeRoomForAll(trx, { owner, entries, nowMs });
  for (let at = 0; at < entries.length; at += ROWS_PER_INSERT) {
    const rows = entries
      .slice(at, at + ROWS_PER_INSERT)
      .map((entry) => COLUMNS.map(({ name }) => entry[name]));
    await insertMany(trx, { table: "network_entry", columns: COLUMNS, rows }).catch(refuseDoubled);
  }
  return entries;
}

/** Entries that have ended make room for others of the same range. */
async function makeRoomForAll(
  trx: Transaction<Schema>,
  at: {
    readonly owner: PolicyOwner;
    readonly entries: readonly StoredEntry[];
    readonly nowMs: number;
  },
): Promise<void> {
  const { owner, entries, nowMs } = at;
  const ended = await listEndedEntries(trx, owner, nowMs);
  const wanted = new Set(ended.length === 0 ? [] : entries.map(keyOf));
  const inTheWay = ended.filter((entry) => wanted.has(keyOf(entry))).map(({ id }) => id);
  await deleteEntries(trx, owner, inTheWay);
}

function refuseDoubled(error: unknown): never {
  if (describeStoreError(error).kind !== "unique-violation") throw error;
  throw networkProblem("entry-exists", {
    detail: "A range that is to be added is on the list already; look at the list again.",
  });
}

/** What went and came for the same range is one change. */
function pairUp(
  removed: readonly StoredEntry[],
  added: readonly StoredEntry[],
): readonly EntryPair[] {
  const later = new Map(added.map((entry) => [keyOf(entry), entry]));
  const changed = removed.map((before) => {
    const after = later.get(keyOf(before)) ?? null;
    later.delete(keyOf(before));
    return { before, after };
  });
  return [...changed, ...[...later.values()].map((after) => ({ before: null, after }))];
}

function keyOf({ family, range_start: start, range_end: end }: StoredEntry): string {
  return `${family}:${start}-${end}`;
}
