// Changes an address-list entry, its range too; in force on return.

import type { PolicyOwner } from "../../core/accounts/account.ts";
import { rangeKeys } from "../../core/network/address-range.ts";
import type { AcceptedRule } from "../../core/network/address-rule.ts";
import type { EntryChange } from "../../api/entry-api.ts";
import type { Transaction } from "kysely";
import { describeStoreError } from "../../platform/database/describe-store-error.ts";
import type { Schema } from "../migrations/schema.ts";
import type { ChangeContext } from "../journal/index.ts";
import { recordChanges } from "./change-feed.ts";
import type { NetworkDelta } from "./change-feed.ts";
import type { Network } from "./create-network.ts";
import {
  entryExists,
  entryNotFound,
  makeRoom,
  readFutureExpiry,
  readRule,
  recordEntryEvent,
  refuseUnconfirmedWidth,
  removedDelta,
  savedDelta,
} from "./edit-entries.ts";
import { findEntries, lockEntry, updateEntry } from "./entry-store.ts";
import type { StoredEntry } from "./entry-store.ts";
import { rangeTextOf } from "./export-entries.ts";
import { makeEntryChange } from "./make-entry-change.ts";
import type { Making } from "./make-entry-change.ts";
import { timeTextOrNull, toEntryAnswer } from "./network-answers.ts";
import { networkProblem } from "./network-problem.ts";
import { reviseEntries } from "./revise-entries.ts";

export type EntryAt = {
  readonly owner: PolicyOwner;
  readonly id: number;
  readonly context: ChangeContext;
};

/**
 * What the change leaves out stays. Throws `entry-not-found`, `entry-moved-on` (with the entry as
 * it is now), `address-refused`, `range-very-wide`, `entry-exists`, `expiry-refused`.
 */
export async function changeEntry(
  network: Network,
  at: EntryAt,
  change: EntryChange,
): Promise<StoredEntry> {
  const nowMs = network.clock.nowMs();
  const { context } = at;
  const { action, note, expiresAt, range, version = null } = change;
  const rule = range === undefined ? null : readRule(range);
  const columns = {
    ...(action === undefined ? {} : { action }),
    ...(note === undefined ? {} : { note }),
    ...(expiresAt === undefined ? {} : { expires_at: readFutureExpiry(expiresAt, nowMs) }),
    ...(rule === null ? {} : columnsOf(rule)),
  };
  const work = async (trx: Transaction<Schema>, making: Making): Promise<[StoredEntry]> => {
    const before = await lockEntry(trx, at);
    if (before === null) throw entryNotFound(at.id);
    refuseMovedOn(network, before, version);
    const { owner } = at;
    const { actor } = context;
    const { overrode } = making;
    const deltas: NetworkDelta[] = [];
    if (rule !== null && isMoved(before, rule)) {
      refuseUnconfirmedWidth(rule, change.confirmWide ?? false);
      deltas.push(removedDelta(before), ...(await makeRoom(trx, { owner, rule, nowMs })));
    }
    const entry = await updateEntry(trx, at, columns);
    const event = { trx, change: "changed", entry, before, actor, overrode } as const;
    await recordEntryEvent(network, event);
    await reviseEntries(network, { trx, ...making }, [{ before, after: entry }]);
    await recordChanges(trx, [...deltas, savedDelta(entry)], nowMs);
    return [entry];
  };
  const [known] = await findEntries(network.database.kysely, at.owner, [at.id]);
  if (known === undefined) throw entryNotFound(at.id);
  refuseMovedOn(network, known, version);
  const endsAtMs = expiresAt === undefined ? known.expires_at : (columns.expires_at ?? null);
  const after = {
    range: rule === null ? rangeTextOf(known) : rule.canonical,
    action: action ?? known.action,
    expiresAt: timeTextOrNull(endsAtMs),
  };
  // One that has ended decides nothing, before the change and after it.
  const add = endsAtMs !== null && endsAtMs <= nowMs ? [] : [after];
  const listChange = { owner: at.owner, add, remove: [at.id] };
  const changing = makeEntryChange(network, { change: listChange, context, work });
  const [entry] = await changing.catch((error: unknown) => {
    // Two entries were given one range at once; the unique key decided.
    if (describeStoreError(error).kind !== "unique-violation") throw error;
    throw entryExists(null, rule?.canonical ?? "The range");
  });
  return entry!;
}

function refuseMovedOn(network: Network, before: StoredEntry, version: number | null): void {
  if (before.version === (version ?? before.version)) return;
  const entry = toEntryAnswer(network, before);
  throw networkProblem("entry-moved-on", { members: { entry } });
}

function columnsOf({ range }: AcceptedRule) {
  const { start, end } = rangeKeys(range);
  return { family: range.family, range_start: start, range_end: end };
}

function isMoved(before: StoredEntry, rule: AcceptedRule): boolean {
  const { family, range_start: start, range_end: end } = columnsOf(rule);
  return before.family !== family || before.range_start !== start || before.range_end !== end;
}
