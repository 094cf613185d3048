// Reads the source of a subscription once, and takes the copy, keeps it back, or says what failed.

import { createHash } from "node:crypto";
import type { Transaction } from "kysely";
import { hasShrunkTooMuch } from "../../../core/network/subscription.ts";
import type { Clock } from "../../../platform/clock.ts";
import type { Database } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { PolicyChanges } from "../../journal/index.ts";
import { recordChanges } from "../change-feed.ts";
import type { Follower } from "../follow-changes.ts";
import type { RecordEvent } from "../network-events.ts";
import { CopyFault } from "./copy-fault.ts";
import { compareCopies, countStaged, dropStaged, swapCopies } from "./copy-store.ts";
import { findListLockout } from "./guard-list.ts";
import { readSource } from "./read-source.ts";
import type { SourceParts } from "./read-source.ts";
import { stageCopy, SupersededError, whileHeld } from "./stage-copy.ts";
import type { Attempt, StagedCopy } from "./stage-copy.ts";
import { claimAttempt, findSubscription, saveCopyState } from "./subscription-store.ts";
import type { CopyDifference, KeptBackCopy } from "./subscription-store.ts";

export type RefreshParts = {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  readonly sources: SourceParts;
  readonly recordEvent: RecordEvent;
  readonly changes: Pick<PolicyChanges, "guard" | "inTurn">;
  readonly follower: Pick<Follower, "follow">;
};

/** Why a copy stands beside the one in use, in a sentence that goes on after a colon. */
const KEPT_BACK = "the list lost more than half of its ranges, so the new copy waits to be taken";

/**
 * The copy before holds until the new one is whole. Of several nodes that try at once one does.
 * @param actor who asked for it; null: the schedule
 */
export async function refreshCopy(
  parts: RefreshParts,
  id: number,
  actor: string | null,
): Promise<void> {
  const { database, clock } = parts;
  const subscription = await findSubscription(database.kysely, id);
  if (subscription === null) return;
  const ticket = await database.transaction((trx) =>
    claimAttempt(trx, subscription, clock.nowMs()),
  );
  if (ticket === null) return;
  const attempt = { subscription, ticket };
  try {
    await readOnce(parts, attempt, actor);
  } catch (error) {
    if (error instanceof SupersededError) return;
    if (!(error instanceof CopyFault)) throw error;
    await giveUp(parts, attempt, error.message);
  }
}

async function readOnce(
  parts: RefreshParts,
  attempt: Attempt,
  actor: string | null,
): Promise<void> {
  const { source, etag, content_hash: hashBefore, keptBack } = attempt.subscription;
  const reading = await readSource(parts.sources, source, etag);
  if (reading.kind === "failed") return await noteFault(parts, attempt, reading.fault);
  if (reading.kind === "unchanged") return await noteUnchanged(parts, attempt, etag);
  const contentHash = createHash("sha256").update(reading.bytes).digest("hex");
  if (contentHash === hashBefore) return await noteUnchanged(parts, attempt, reading.etag);
  if (contentHash === keptBack?.contentHash) {
    return await noteFault(parts, attempt, attempt.subscription.fault ?? KEPT_BACK);
  }
  const staged = await stageCopy(parts.database, attempt, reading.bytes);
  const { etag: etagRead } = reading;
  await parts.changes.inTurn(async () => {
    const guarding = { read: parts.database.kysely, changes: parts.changes };
    // Whatever the mode was: by the time that it is settled the list may be enforced.
    const lockout = await findListLockout(guarding, -attempt.subscription.id, actor);
    await whileHeld(parts.database, attempt, (trx) =>
      settle(parts, trx, { attempt, actor, staged, lockout, contentHash, etag: etagRead }),
    );
    await parts.follower.follow();
  });
}

type Settling = {
  readonly attempt: Attempt;
  readonly actor: string | null;
  readonly staged: StagedCopy;
  /** Why it must not be taken by itself where the list is enforced; null: it may. */
  readonly lockout: string | null;
  readonly contentHash: string;
  readonly etag: string | null;
};

async function settle(
  parts: RefreshParts,
  trx: Transaction<Schema>,
  { attempt, actor, staged, lockout, contentHash, etag }: Settling,
): Promise<void> {
  const { id, content_hash: hashBefore, difference: last, ranges: before } = attempt.subscription;
  const difference: CopyDifference = { ...(await differenceOf(trx, id)), ...staged };
  const ranges = await countStaged(trx, id);
  const keptBack: KeptBackCopy = {
    readAtMs: parts.clock.nowMs(),
    ranges,
    contentHash,
    etag,
    difference,
  };
  // Of another source nothing was read yet that it could have lost.
  const shrunk = hashBefore !== null && hasShrunkTooMuch(before, ranges) ? KEPT_BACK : null;
  // Read under the hold: the mode of the attempt is from before the download.
  const mode = (await findSubscription(trx, id))?.mode;
  const fault = (mode === "enforce" ? lockout : null) ?? shrunk;
  if (fault !== null) return saveCopyState(trx, id, { fault, difference: last, keptBack });
  await takeStaged(parts, trx, { id, copy: keptBack, actor, name: attempt.subscription.name });
}

async function differenceOf(trx: Transaction<Schema>, id: number) {
  const { added, removed } = await compareCopies(trx, id);
  return {
    added: added.count,
    removed: removed.count,
    addedSamples: added.samples,
    removedSamples: removed.samples,
  };
}

/** The staged copy is the one in use when the transaction ends. */
export async function takeStaged(
  parts: Pick<RefreshParts, "clock" | "recordEvent">,
  trx: Transaction<Schema>,
  taking: {
    readonly id: number;
    readonly name: string;
    readonly copy: KeptBackCopy;
    readonly actor: string | null;
    /** What the guard would have refused. */
    readonly overrode?: string | null;
  },
): Promise<void> {
  const { id, name, copy, actor, overrode = null } = taking;
  const { difference, ranges, etag, contentHash } = copy;
  const nowMs = parts.clock.nowMs();
  await swapCopies(trx, id);
  await saveCopyState(trx, id, {
    fault: null,
    loaded_at: nowMs,
    etag,
    content_hash: contentHash,
    ranges,
    difference,
    keptBack: null,
  });
  const { added, removed } = difference;
  if (added + removed === 0) return;
  await parts.recordEvent(trx, {
    kind: "subscription-changed",
    atMs: nowMs,
    owner: "platform",
    range: null,
    reason: null,
    actor,
    detail: {
      change: "copy-taken",
      subscriptionId: id,
      name,
      ranges,
      added,
      removed,
      contentHash,
      ...(overrode === null ? {} : { overrode }),
    },
  });
  await recordChanges(trx, [{ kind: "subscriptions" }], nowMs);
}

/** What was kept back is no longer what the source says. */
async function noteUnchanged(
  parts: RefreshParts,
  attempt: Attempt,
  etag: string | null,
): Promise<void> {
  const { id, difference } = attempt.subscription;
  const loadedAt = parts.clock.nowMs();
  await whileHeld(parts.database, attempt, async (trx) => {
    await dropStaged(trx, id);
    const state = { fault: null, loaded_at: loadedAt, etag };
    await saveCopyState(trx, id, { ...state, difference, keptBack: null });
  });
}

async function noteFault(parts: RefreshParts, attempt: Attempt, fault: string): Promise<void> {
  const { id, difference, keptBack } = attempt.subscription;
  await whileHeld(parts.database, attempt, (trx) =>
    saveCopyState(trx, id, { fault, difference, keptBack }),
  );
}

/** Of a copy that was staged in part. */
async function giveUp(parts: RefreshParts, attempt: Attempt, fault: string): Promise<void> {
  const { id, difference } = attempt.subscription;
  try {
    await whileHeld(parts.database, attempt, async (trx) => {
      await dropStaged(trx, id);
      await saveCopyState(trx, id, { fault, difference, keptBack: null });
    });
  } catch (error) {
    if (!(error instanceof SupersededError)) throw error;
  }
}
