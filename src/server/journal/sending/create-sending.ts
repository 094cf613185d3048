// Puts sending together: new events go to webhooks, by rows of the store, and to syslog.
import type { Clock } from "../../../platform/clock.ts";
import { answerInTime } from "../../../platform/answer-in-time.ts";
import type { KeyRing } from "../../../platform/crypto/key-ring.ts";
import type { Database } from "../../../platform/database/database.ts";
import type { OutboundFetch } from "../../../platform/http/outbound-fetch.ts";
import type { SyslogSender } from "../../../platform/syslog/create-syslog-sender.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { Journal } from "../create-journal.ts";
import { repeatWork } from "../repeat-work.ts";
import { countWaiting, dropOrphans } from "./delivery-store.ts";
import { createEventQueue } from "./event-queue.ts";
import { createWebhookLanes } from "./webhook-lanes.ts";
import { createWebhooks } from "./create-webhooks.ts";
import type { Webhooks } from "./create-webhooks.ts";
import { toSyslogMessage } from "./syslog-message.ts";
import { listWebhooks } from "./webhook-store.ts";

export type SendingParts = {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  readonly journal: Pick<Journal, "subscribe" | "recordEvent">;
  readonly keyRing: Pick<KeyRing, "open" | "seal">;
  /** Bounded to 15 seconds. */
  readonly outbound: Pick<OutboundFetch, "fetchFor">;
  /** As `outbound` has it. */
  readonly isPublicAddress: (address: string) => boolean;
  /** Null: SYSLOG_URL is not set. */
  readonly syslog: SyslogSender | null;
  /** Called when a webhook was switched off. */
  readonly onAlarm: () => void;
  readonly onError: (error: unknown) => void;
};

/** What an operator should look at. */
export type SendingTrouble = {
  readonly webhooks: number;
  /** Names: switched off by themselves, and those that fail. */
  readonly off: readonly string[];
  readonly failing: readonly string[];
  readonly waiting: number;
  readonly lost: number;
};

export type SendingCounts = {
  /** Attempts of this node since its start. */
  readonly delivered: number;
  readonly failed: number;
  /** Events that found no room in memory while the store was away. */
  readonly lostInMemory: number;
};

export type Sending = Webhooks & {
  readonly syslog: SyslogSender | null;
  readonly judge: () => Promise<SendingTrouble>;
  readonly counts: () => SendingCounts;
  /** Resolves when nothing is due any more; for tests. */
  readonly flush: () => Promise<void>;
  readonly start: () => void;
  /** After the journal's: its last events are in the store, or on their way, when it resolves. */
  readonly close: () => Promise<void>;
};

const LOOK_EVERY_MS = 2_000;
const TIDY_EVERY_MS = 600_000;
const CLOSE_MS_MAX = 5_000;

export function createSending(parts: SendingParts): Sending {
  const { database, clock, journal, syslog, onError } = parts;
  const { nowMs } = clock;
  const queue = createEventQueue(database);
  const counts = { delivered: 0, failed: 0 };
  let isClosed = false;
  let storing: Promise<void> = Promise.resolve();
  const stops: (() => void)[] = [];
  const lanes = createWebhookLanes({
    ...parts,
    nowMs,
    recordEvent: journal.recordEvent,
    onAttempt: ({ ok }) => (ok ? (counts.delivered += 1) : (counts.failed += 1)),
    isClosed: () => isClosed,
  });

  /** One after the other: two at once would write the same rows. */
  function work(): Promise<void> {
    storing = storing
      .then(async () => {
        await queue.store();
        if (!isClosed) await lanes.look();
      })
      .catch(onError);
    return storing;
  }

  const unsubscribe = journal.subscribe({
    onEvents: (events, again) => {
      const fresh = events.filter(({ id }) => !again.has(id));
      if (fresh.length === 0) return;
      if (syslog !== null) for (const event of fresh) syslog.send(toSyslogMessage(event));
      queue.add(fresh);
      void work();
    },
  });

  async function flush(): Promise<void> {
    await work();
    await lanes.settled();
  }

  return {
    ...createWebhooks({ ...parts, nowMs, wake: () => void work() }),
    syslog,
    judge: () => judgeSending(database),
    counts: () => ({ ...counts, lostInMemory: queue.lost() }),
    flush,
    start: () => {
      if (stops.length > 0) return;
      const tidy = () => database.transaction(dropOrphans);
      stops.push(repeatWork(work, { everyMs: LOOK_EVERY_MS, onError }));
      stops.push(repeatWork(tidy, { everyMs: TIDY_EVERY_MS, onError }));
    },
    close: async () => {
      for (const stop of stops.splice(0)) stop();
      unsubscribe();
      isClosed = true;
      await work();
      // What a receiver has not taken by then is sent again when its claim has run out.
      await answerInTime(lanes.settled(), CLOSE_MS_MAX);
      await syslog?.close();
    },
  };
}

async function judgeSending(database: Database<Schema>): Promise<SendingTrouble> {
  const webhooks = await listWebhooks(database.kysely);
  const waiting = await countWaiting(database.kysely);
  const namesOf = (found: typeof webhooks) => found.map(({ name }) => name);
  return {
    webhooks: webhooks.length,
    off: namesOf(webhooks.filter(({ isOn, fault }) => !isOn && fault !== null)),
    failing: namesOf(webhooks.filter(({ isOn, failures }) => isOn && failures > 0)),
    waiting: webhooks.reduce((sum, { id }) => sum + (waiting.get(id) ?? 0), 0),
    lost: webhooks.reduce((sum, { lost }) => sum + lost, 0),
  };
}
