// Holds failed authentications until Postern has taken them: bounded, in batches, with retries.
import type { Report } from "../../api/report-api.ts";
import type { FailedAttempt } from "../../core/network/log-lines/log-line.ts";
import type { HttpAnswer, HttpFailure } from "../../platform/http/http-client.ts";

export type ReportsAnswer = { readonly banned: readonly string[] };

export type SendReports = (reports: readonly Report[]) => Promise<HttpAnswer<ReportsAnswer>>;

export type FlushResult =
  | { readonly kind: "nothing-due" }
  | {
      readonly kind: "sent";
      readonly reports: readonly Report[];
      readonly banned: readonly string[];
    }
  /** They stay in the queue; `isFirst`: it worked before, or was never tried. */
  | { readonly kind: "failed"; readonly failure: HttpFailure; readonly isFirst: boolean }
  /** Postern will never take them. */
  | { readonly kind: "refused"; readonly failure: HttpFailure; readonly attempts: number };

export type ReportQueue = {
  readonly add: (attempt: FailedAttempt, nowMs: number) => void;
  /** Sends one batch, when there is one and its turn has come. One call at a time. */
  readonly flush: (nowMs: number) => Promise<FlushResult>;
  /** Attempts that are not reported yet. */
  readonly waiting: () => number;
  /** Attempts that were given up: too many at once, too old, or refused. */
  readonly lost: () => number;
};

type Waiting = {
  readonly address: string;
  readonly user: string | null;
  readonly fingerprint: string | null;
  readonly firstAtMs: number;
  attempts: number;
};

export const QUEUE_LIMITS = {
  /** Addresses that wait; attempts of one address wait together. */
  addressesMax: 10_000,
  batchMax: 200,
  /** As the API accepts. */
  attemptsMax: 1_000,
  /** The default window of the rule: what is older would be counted as if it happened now. */
  ageMsMax: 600_000,
  retryMsMin: 1_000,
  retryMsMax: 30_000,
} as const;

/** Answers that asking again does not change: the reports themselves are not accepted. */
const FINAL_STATUSES = new Set([400, 413, 415, 422]);

export function createReportQueue(options: {
  readonly source: string;
  readonly send: SendReports;
}): ReportQueue {
  const waiting = new Map<string, Waiting>();
  let lost = 0;
  let failures = 0;
  let nextTryAtMs = 0;

  function put(added: Waiting): void {
    const key = `${added.address}\n${added.fingerprint ?? ""}`;
    const known = waiting.get(key);
    if (known !== undefined) known.attempts += added.attempts;
    else if (waiting.size < QUEUE_LIMITS.addressesMax) waiting.set(key, added);
    else lost += added.attempts;
  }

  function dropOld(nowMs: number): void {
    for (const [key, { firstAtMs, attempts }] of waiting) {
      if (nowMs - firstAtMs < QUEUE_LIMITS.ageMsMax) continue;
      waiting.delete(key);
      lost += attempts;
    }
  }

  function takeBatch(): readonly Waiting[] {
    const batch: Waiting[] = [];
    for (const [key, entry] of waiting) {
      if (batch.length === QUEUE_LIMITS.batchMax) break;
      const attempts = Math.min(entry.attempts, QUEUE_LIMITS.attemptsMax);
      batch.push({ ...entry, attempts });
      entry.attempts -= attempts;
      if (entry.attempts === 0) waiting.delete(key);
    }
    return batch;
  }

  async function flush(nowMs: number): Promise<FlushResult> {
    dropOld(nowMs);
    if (waiting.size === 0 || nowMs < nextTryAtMs) return { kind: "nothing-due" };
    const batch = takeBatch();
    const reports = batch.map((entry) => toReport(entry, options.source));
    const answer = await options.send(reports);
    if (answer.ok) {
      failures = 0;
      nextTryAtMs = 0;
      return { kind: "sent", reports, banned: answer.body.banned };
    }
    if (answer.kind === "refused" && FINAL_STATUSES.has(answer.status)) {
      const attempts = batch.reduce((sum, entry) => sum + entry.attempts, 0);
      lost += attempts;
      return { kind: "refused", failure: answer, attempts };
    }
    // One that was taken although its answer was lost counts twice: better than not at all.
    for (const entry of batch) put(entry);
    const pauseMs = QUEUE_LIMITS.retryMsMin * 2 ** Math.min(failures, 10);
    nextTryAtMs = nowMs + Math.min(pauseMs, QUEUE_LIMITS.retryMsMax);
    failures += 1;
    return { kind: "failed", failure: answer, isFirst: failures === 1 };
  }

  return {
    add: ({ address, user, fingerprint }, nowMs) =>
      put({ address, user, fingerprint, attempts: 1, firstAtMs: nowMs }),
    flush,
    waiting: () => [...waiting.values()].reduce((sum, { attempts }) => sum + attempts, 0),
    lost: () => lost,
  };
}

function toReport(entry: Waiting, source: string): Report {
  return {
    address: entry.address,
    source,
    ...(entry.user === null ? {} : { user: entry.user }),
    ...(entry.fingerprint === null ? {} : { fingerprint: entry.fingerprint }),
    // What came twice with one fingerprint is one attempt; the server says so too.
    count: entry.fingerprint === null ? entry.attempts : 1,
  };
}
