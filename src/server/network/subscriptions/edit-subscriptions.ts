// Adds, changes and removes subscriptions; every change is in force on return.

import type { Transaction } from "kysely";
import type { NewSubscription, SubscriptionChange } from "../../../api/subscription-api.ts";
import {
  INTERVAL_SECONDS_DEFAULT,
  SUBSCRIPTION_BOUNDS,
} from "../../../core/network/subscription.ts";
import type { Mode } from "../../../core/network/network-policy.ts";
import type { SubscribedLists } from "../../../core/network/subscribed-lists.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { ChangeContext } from "../../journal/index.ts";
import { recordChanges } from "../change-feed.ts";
import type { Network } from "../create-network.ts";
import { networkProblem } from "../network-problem.ts";
import { dropCopies, dropStaged } from "./copy-store.ts";
import { guardList } from "./guard-list.ts";
import { loadSubscribedLists } from "./load-subscribed-lists.ts";
import { findSourceFault } from "./read-source.ts";
import { takeStaged } from "./refresh-copy.ts";
import { sourceWithoutKeys } from "./subscription-answer.ts";
import {
  deleteSubscription,
  findSubscription,
  forgetSource,
  insertSubscription,
  listSubscriptions,
  updateSubscription,
} from "./subscription-store.ts";
import type { StoredSubscription } from "./subscription-store.ts";

type Trx = Transaction<Schema>;

/** Names and sources are looked for before a row is written that has them. */
const ONE_AFTER_THE_OTHER = { isolation: "serializable" } as const;

/** Throws `subscription-source-refused`, `subscription-exists`, `subscriptions-too-many`. */
export async function addSubscription(
  network: Network,
  wanted: NewSubscription,
  actor: string,
): Promise<StoredSubscription> {
  const { name, source, format = "auto", intervalSeconds = INTERVAL_SECONDS_DEFAULT } = wanted;
  refuseSource(source);
  const nowMs = network.clock.nowMs();
  const id = await network.database.transaction(async (trx) => {
    const others = await listSubscriptions(trx);
    if (others.length >= SUBSCRIPTION_BOUNDS.subscriptionsMax) {
      throw networkProblem("subscriptions-too-many");
    }
    refuseDouble(others, { name, source });
    const row = { name, source, format, interval_seconds: intervalSeconds };
    const made = await insertSubscription(trx, { ...row, created_at: nowMs, created_by: actor });
    const values = { name, source: sourceWithoutKeys(source), format, intervalSeconds };
    const detail = { change: "added", subscriptionId: made, ...values };
    await noteChange(network, trx, { actor, detail });
    return made;
  }, ONE_AFTER_THE_OTHER);
  await network.follower.follow();
  return await readSubscription(network, id);
}

/**
 * What is left out stays. Another source, or another way to read it, is read at once; the copy in
 * use holds until then. Throws `subscription-not-found`, `subscription-moved-on` besides.
 */
export async function changeSubscription(
  network: Network,
  at: { readonly id: number; readonly context: ChangeContext },
  change: SubscriptionChange,
): Promise<StoredSubscription> {
  const { source } = change;
  if (source !== undefined) refuseSource(source);
  await network.changes.inTurn(async () => {
    await storeChange(network, at, change);
    await network.follower.follow();
  });
  return await readSubscription(network, at.id);
}

async function storeChange(
  network: Network,
  { id, context }: { readonly id: number; readonly context: ChangeContext },
  change: SubscriptionChange,
): Promise<void> {
  const { actor } = context;
  const overrode = change.mode === "enforce" ? await askGuard(network, id, context) : null;
  await network.database.transaction(async (trx) => {
    const others = await listSubscriptions(trx);
    const before = others.find((other) => other.id === id);
    if (before === undefined) throw networkProblem("subscription-not-found");
    if ((change.version ?? before.version) !== before.version) {
      throw networkProblem("subscription-moved-on", { members: { version: before.version } });
    }
    const after = valuesAfter(before, change);
    refuseDouble(
      others.filter((other) => other !== before),
      after,
    );
    if (!(await updateSubscription(trx, before, after))) {
      throw networkProblem("subscription-moved-on");
    }
    if (after.source !== before.source || after.format !== before.format) {
      await forgetSource(trx, id);
      await dropStaged(trx, id);
    }
    const said = overrode === null ? {} : { overrode };
    const detail = { change: "changed", subscriptionId: id, ...namesOf(before, after), ...said };
    await noteChange(network, trx, { actor, detail });
  }, ONE_AFTER_THE_OTHER);
}

/** All lists as they would be in these modes, by id. Throws `subscription-not-found`. */
export async function loadListsInModes(
  network: Network,
  modes: ReadonlyMap<number, Mode>,
): Promise<SubscribedLists> {
  const lists = await loadSubscribedLists(network.database, modes);
  for (const id of modes.keys()) {
    if (!lists.names.has(id)) throw networkProblem("subscription-not-found");
  }
  return lists;
}

/** Throws `subscription-not-found`. */
export async function removeSubscription(
  network: Network,
  { id, actor }: { readonly id: number; readonly actor: string },
): Promise<StoredSubscription> {
  const removed = await network.database.transaction(async (trx) => {
    const before = await findSubscription(trx, id);
    if (before === null) throw networkProblem("subscription-not-found");
    await deleteSubscription(trx, id);
    await dropCopies(trx, id);
    const { name, source } = before;
    const values = { name, source: sourceWithoutKeys(source) };
    const detail = { change: "removed", subscriptionId: id, ...values };
    await noteChange(network, trx, { actor, detail });
    return before;
  });
  await network.follower.follow();
  return removed;
}

/** Throws `subscription-not-found`, and `copy-moved-on` where another copy waits, or none. */
export async function takeCopy(
  network: Network,
  at: { readonly id: number; readonly context: ChangeContext },
  contentHash: string,
): Promise<StoredSubscription> {
  await network.changes.inTurn(async () => {
    await storeCopy(network, at, contentHash);
    await network.follower.follow();
  });
  return await readSubscription(network, at.id);
}

async function storeCopy(
  network: Network,
  { id, context }: { readonly id: number; readonly context: ChangeContext },
  contentHash: string,
): Promise<void> {
  const { actor } = context;
  const { mode } = await readSubscription(network, id);
  const overrode = mode === "enforce" ? await askGuard(network, -id, context) : null;
  await network.database.transaction(async (trx) => {
    const seen = await findSubscription(trx, id);
    if (seen === null) throw networkProblem("subscription-not-found");
    // Holds the row: an attempt that stages another copy waits, and one that did is seen below.
    const isHeld = await updateSubscription(trx, seen, {});
    const { keptBack, name } = (await findSubscription(trx, id)) ?? seen;
    if (!isHeld || keptBack?.contentHash !== contentHash) throw networkProblem("copy-moved-on");
    await takeStaged(network, trx, { id, name, copy: keptBack, actor, overrode });
  });
}

/** Throws `would-lock-out`. */
function askGuard(
  { database, changes }: Network,
  copy: number,
  context: ChangeContext,
): Promise<string | null> {
  return guardList({ read: database.kysely, changes }, copy, context);
}

/** Throws `subscription-not-found`. */
export async function readSubscription(network: Network, id: number): Promise<StoredSubscription> {
  const found = await findSubscription(network.database.kysely, id);
  if (found === null) throw networkProblem("subscription-not-found");
  return found;
}

type Values = Pick<StoredSubscription, "name" | "source" | "format" | "mode" | "interval_seconds">;

function valuesAfter(before: StoredSubscription, change: SubscriptionChange): Values {
  return {
    name: change.name ?? before.name,
    source: change.source ?? before.source,
    format: change.format ?? before.format,
    mode: change.mode ?? before.mode,
    interval_seconds: change.intervalSeconds ?? before.interval_seconds,
  };
}

function namesOf(before: Values, after: Values) {
  const told = { before: toldValues(before), after: toldValues(after) };
  const isSourceNew = before.source !== after.source && told.before.source === told.after.source;
  return { name: after.name, ...told, ...(isSourceNew ? { isSourceNew } : {}) };
}

/** Events stay, and tell no keys. */
function toldValues({ name, source, format, mode, interval_seconds }: Values): Values {
  return { name, source: sourceWithoutKeys(source), format, mode, interval_seconds };
}

function refuseSource(source: string): void {
  const detail = findSourceFault(source);
  if (detail === null) return;
  const errors = [{ path: "/source", message: detail }];
  throw networkProblem("subscription-source-refused", { detail, errors });
}

function refuseDouble(
  others: readonly StoredSubscription[],
  wanted: Pick<Values, "name" | "source">,
): void {
  const isTaken = others.some(
    ({ name, source }) =>
      name.toLowerCase() === wanted.name.toLowerCase() || source === wanted.source,
  );
  if (isTaken) throw networkProblem("subscription-exists");
}

async function noteChange(
  network: Network,
  trx: Trx,
  event: { readonly actor: string; readonly detail: Readonly<Record<string, unknown>> },
): Promise<void> {
  const nowMs = network.clock.nowMs();
  await network.recordEvent(trx, {
    kind: "subscription-changed",
    atMs: nowMs,
    owner: "platform",
    range: null,
    reason: null,
    ...event,
  });
  await recordChanges(trx, [{ kind: "subscriptions" }], nowMs);
}
