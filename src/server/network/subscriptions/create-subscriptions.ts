// Keeps subscribed lists fresh: looks which are due, reads them one after the other.

import { setTimeout as wait } from "node:timers/promises";
import { refreshCopy } from "./refresh-copy.ts";
import type { RefreshParts } from "./refresh-copy.ts";
import { listSubscriptions } from "./subscription-store.ts";
import type { StoredSubscription } from "./subscription-store.ts";

export type Subscriptions = {
  /**
   * Resolves when the source was read once, whatever came of it; then this node goes by it. While
   * one is being read, whoever asks again waits for that one.
   * @param actor who asked for it; null: the schedule
   */
  refresh(id: number, actor: string | null): Promise<void>;
  /** Resolves when all that were due have been read. */
  refreshDue(): Promise<void>;
  list(): Promise<readonly StoredSubscription[]>;
  /** Resolves when nothing is read any more, or in two seconds. */
  close(): Promise<void>;
};

export type SubscriptionsOptions = RefreshParts & {
  readonly onError: (error: unknown) => void;
};

const LOOK_EVERY_MS = 30_000;
const CLOSING_MS = 2000;

export function createSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { database, clock, onError } = options;
  const underWay = new Map<number, Promise<void>>();
  let tail: Promise<void> = Promise.resolve();
  let isClosed = false;

  function refresh(id: number, actor: string | null): Promise<void> {
    const running = underWay.get(id);
    if (running !== undefined) return running;
    const next = tail.then(() => (isClosed ? undefined : readNow(id, actor)));
    underWay.set(id, next);
    tail = next.catch(() => undefined).finally(() => underWay.delete(id));
    return next;
  }

  async function readNow(id: number, actor: string | null): Promise<void> {
    await refreshCopy(options, id, actor);
    await options.follower.follow();
  }

  async function refreshDue(): Promise<void> {
    const due = (await listSubscriptions(database.kysely)).filter((subscription) =>
      isDue(subscription, clock.nowMs()),
    );
    await Promise.all(due.map(({ id }) => refresh(id, null)));
  }

  const timer = setInterval(() => {
    refreshDue().catch(onError);
  }, LOOK_EVERY_MS).unref();

  return {
    refresh,
    refreshDue,
    list: () => listSubscriptions(database.kysely),
    close: async () => {
      isClosed = true;
      clearInterval(timer);
      await Promise.race([tail, wait(CLOSING_MS, undefined, { ref: false })]);
    },
  };
}

/** One that is off is not read: nobody looks at its copy. */
function isDue(subscription: StoredSubscription, nowMs: number): boolean {
  return subscription.mode !== "off" && nextAttemptMs(subscription, nowMs) <= nowMs;
}

/** A clock that was set back must not put the next attempt off for good. */
export function nextAttemptMs(
  { tried_at: triedAt, interval_seconds: seconds }: StoredSubscription,
  nowMs: number,
): number {
  if (triedAt === null || triedAt > nowMs) return nowMs;
  return triedAt + seconds * 1000;
}
