// Works through the queue of mails and requests for resets, several mails at once.
import type { Mailer } from "../../../platform/mail/create-mailer.ts";
import { pruneEmailCodes } from "../email-codes/email-code-store.ts";
import { pruneEmailCodeRequests } from "../email-codes/email-code-throttle.ts";
import { claimForDelivery, deliverMail } from "./deliver-mail.ts";
import type { ClaimedMail, DeliveryParts } from "./deliver-mail.ts";
import {
  claimMail,
  countMails,
  countMailTrouble,
  findMail,
  listDueMails,
  listMails,
  makeMailDue,
} from "./mail-store.ts";
import { pruneMails } from "./mail-store.ts";
import type { MailTrouble, RetryOutcome, StoredMail } from "./mail-store.ts";
import { queueMail } from "./queue-mail.ts";
import { answerResetRequest, askForReset, listResetRequests } from "./reset-requests.ts";
import type { AskOutcome, ResetRequest } from "./reset-requests.ts";
import { pruneThrottle } from "./reset-throttle.ts";

export type MailsParts = DeliveryParts & {
  /** How often the queue is looked at unasked. Default 2 s. */
  readonly lookEveryMs?: number;
};

export type MailList = {
  readonly waiting: number;
  readonly failed: number;
  /** The newest hundred. */
  readonly mails: readonly StoredMail[];
};

export type Mails = {
  readonly mailer: Mailer;
  readonly askForReset: (request: ResetRequest) => Promise<AskOutcome>;
  readonly list: () => Promise<MailList>;
  /** For health: what waits and what failed in the last 24 hours. */
  readonly judge: () => Promise<MailTrouble>;
  readonly retry: (id: string) => Promise<RetryOutcome>;
  /** Sends at once and resolves with what became of it. */
  readonly sendTest: (wanted: { to: string; askedBy: string }) => Promise<StoredMail | null>;
  /** To be called when a transaction that queued a mail has been committed. */
  readonly wake: () => void;
  /** Resolves when nothing is due any more; for tests. */
  readonly flush: () => Promise<void>;
  readonly start: () => void;
  /** Waits for mails that are being sent, for five seconds; then they are cut off and go later. */
  readonly close: () => Promise<void>;
};

const LOOK_EVERY_MS = 2000;
/** One server that hangs must not hold up the mails of others. */
const LANES_MAX = 4;
const LOOK_ROWS = 20;
const PRUNE_EVERY_MS = 60_000;
const CLOSE_MS_MAX = 5000;
const LISTED_MAX = 100;
const LATELY_MS = 86_400_000;

export function createMails(parts: MailsParts): Mails {
  const { database, clock } = parts;
  const lanes = new Set<Promise<void>>();
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let prunedAtMs = Number.NEGATIVE_INFINITY;

  function wake(): void {
    if (isClosed || lanes.size >= LANES_MAX) return;
    const lane: Promise<void> = runLane()
      .catch((error: unknown) => parts.onError(error, "sending mails"))
      .finally(() => lanes.delete(lane));
    lanes.add(lane);
  }

  async function runLane(): Promise<void> {
    await prune();
    for (;;) {
      if (isClosed) return;
      for (const id of await listResetRequests(database.kysely, LOOK_ROWS)) {
        await database.transaction((trx) => answerResetRequest(trx, id, clock.nowMs()));
      }
      const claimed = await claimNext();
      if (claimed === null) return;
      // There may be more, and this one may take its time.
      wake();
      await deliverMail(parts, claimed, stopping.signal);
    }
  }

  async function claimNext(): Promise<ClaimedMail | null> {
    for (;;) {
      const ids = await listDueMails(database.kysely, clock.nowMs(), LOOK_ROWS);
      for (const id of ids) {
        const claimed = isClosed ? null : await claimForDelivery(parts, id);
        if (claimed !== null) return claimed;
      }
      if (isClosed || ids.length < LOOK_ROWS) return null;
    }
  }

  async function prune(): Promise<void> {
    const nowMs = clock.nowMs();
    if (Math.abs(nowMs - prunedAtMs) < PRUNE_EVERY_MS) return;
    prunedAtMs = nowMs;
    await database.transaction(async (trx) => {
      await pruneMails(trx, nowMs);
      await pruneThrottle(trx, nowMs);
      await pruneEmailCodes(trx, nowMs);
      await pruneEmailCodeRequests(trx, nowMs);
    });
  }

  async function retry(id: string): Promise<RetryOutcome> {
    const outcome = await database.transaction((trx) => makeMailDue(trx, id, clock.nowMs()));
    if (outcome === "due") wake();
    return outcome;
  }

  async function sendTest(wanted: { to: string; askedBy: string }): Promise<StoredMail | null> {
    const { to, askedBy } = wanted;
    const nowMs = clock.nowMs();
    const test = { kind: "test", userId: null, to, data: { askedBy }, nowMs } as const;
    // Claimed before anybody sees it: whoever asks hears of this attempt.
    const mail = await database.transaction(async (trx) => {
      return await claimMail(trx, await queueMail(trx, test), nowMs);
    });
    if (mail === null) return null;
    await deliverMail(parts, { mail, token: null, code: null }, stopping.signal);
    return await findMail(database.kysely, mail.id);
  }

  async function flush(): Promise<void> {
    wake();
    while (lanes.size > 0) await Promise.all(lanes);
  }

  async function close(): Promise<void> {
    isClosed = true;
    clearInterval(timer);
    const cut = setTimeout(() => stopping.abort(), CLOSE_MS_MAX);
    while (lanes.size > 0) await Promise.all(lanes);
    clearTimeout(cut);
  }

  return {
    mailer: parts.mailer,
    askForReset: async (request) => {
      const outcome = await askForReset(parts, request);
      wake();
      return outcome;
    },
    list: async () => ({
      ...(await countMails(database.kysely)),
      mails: await listMails(database.kysely, LISTED_MAX),
    }),
    judge: () => countMailTrouble(database.kysely, clock.nowMs() - LATELY_MS),
    retry,
    sendTest,
    wake,
    flush,
    start: () => {
      timer ??= setInterval(wake, parts.lookEveryMs ?? LOOK_EVERY_MS);
      timer.unref();
      wake();
    },
    close,
  };
}
