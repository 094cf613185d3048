// Fills the queue while Postern is there, away, and refusing.
import { describe, expect, it } from "vitest";
import type { Report } from "../../api/report-api.ts";
import type { FailedAttempt } from "../../core/network/log-lines/log-line.ts";
import type { HttpAnswer } from "../../platform/http/http-client.ts";
import { createReportQueue, QUEUE_LIMITS } from "./report-queue.ts";
import type { ReportsAnswer } from "./report-queue.ts";

const AWAY = { ok: false, kind: "unreachable", errorCode: "ECONNREFUSED", detail: "away" } as const;

function refused(status: number): HttpAnswer<ReportsAnswer> {
  return { ok: false, kind: "refused", status, code: "x", detail: "no", errors: [] };
}

function attempt(address: string, fingerprint: string | null = null): FailedAttempt {
  return { kind: "failed", address, user: "100", fingerprint };
}

function start() {
  const sent: (readonly Report[])[] = [];
  const answers: HttpAnswer<ReportsAnswer>[] = [];
  const queue = createReportQueue({
    source: "asterisk",
    send: async (reports) => {
      sent.push(reports);
      return answers.shift() ?? { ok: true, status: 200, headers: {}, body: { banned: [] } };
    },
  });
  return { queue, sent, answers };
}

describe("createReportQueue", () => {
  it("sends the attempts of one address together, and has nothing left then", async () => {
    const { queue, sent } = start();
    for (const address of ["203.0.113.9", "203.0.113.9", "203.0.113.8"]) {
      queue.add(attempt(address), 0);
    }
    expect(await queue.flush(0)).toMatchObject({ kind: "sent", banned: [] });
    expect(sent).toEqual([
      [
        { address: "203.0.113.9", source: "asterisk", user: "100", count: 2 },
        { address: "203.0.113.8", source: "asterisk", user: "100", count: 1 },
      ],
    ]);
    expect(await queue.flush(0)).toEqual({ kind: "nothing-due" });
  });

  it("sends what was tried twice as one attempt, and another password as another", async () => {
    const { queue, sent } = start();
    for (const fingerprint of ["1/aaaaaaa", "1/aaaaaaa", "1/bbbbbbb"]) {
      queue.add(attempt("203.0.113.9", fingerprint), 0);
    }
    await queue.flush(0);
    expect(sent[0]?.map(({ fingerprint, count }) => [fingerprint, count])).toEqual([
      ["1/aaaaaaa", 1],
      ["1/bbbbbbb", 1],
    ]);
  });

  it("keeps everything while Postern is away, and tries again later and later", async () => {
    const { queue, sent, answers } = start();
    answers.push(AWAY, refused(503), AWAY);
    queue.add(attempt("203.0.113.9"), 0);
    expect(await queue.flush(0)).toMatchObject({ kind: "failed", isFirst: true });
    expect(await queue.flush(999)).toEqual({ kind: "nothing-due" });
    queue.add(attempt("203.0.113.9"), 999);
    expect(await queue.flush(1_000)).toMatchObject({ kind: "failed", isFirst: false });
    expect(await queue.flush(2_999)).toEqual({ kind: "nothing-due" });
    expect(await queue.flush(3_000)).toMatchObject({ kind: "failed" });
    expect(await queue.flush(7_000)).toMatchObject({ kind: "sent" });
    expect(sent.at(-1)).toMatchObject([{ address: "203.0.113.9", count: 2 }]);
    expect(queue.lost()).toBe(0);
  });

  it("gives up what is older than the window, and says how many", async () => {
    const { queue, answers } = start();
    answers.push(AWAY);
    queue.add(attempt("203.0.113.9"), 0);
    queue.add(attempt("203.0.113.9"), 1);
    await queue.flush(1);
    expect(queue.waiting()).toBe(2);
    expect(await queue.flush(QUEUE_LIMITS.ageMsMax)).toEqual({ kind: "nothing-due" });
    expect([queue.waiting(), queue.lost()]).toEqual([0, 2]);
  });

  it("gives up what is never accepted", async () => {
    const { queue, answers } = start();
    answers.push(refused(400));
    queue.add(attempt("203.0.113.9"), 0);
    expect(await queue.flush(0)).toMatchObject({ kind: "refused", attempts: 1 });
    expect([queue.waiting(), queue.lost()]).toEqual([0, 1]);
  });

  it("holds so many addresses and no more", async () => {
    const { queue, sent } = start();
    for (let index = 0; index < QUEUE_LIMITS.addressesMax + 5; index += 1) {
      queue.add(attempt(`10.${index >>> 16}.${(index >>> 8) & 255}.${index & 255}`), 0);
    }
    expect([queue.waiting(), queue.lost()]).toEqual([QUEUE_LIMITS.addressesMax, 5]);
    await queue.flush(0);
    expect(sent[0]).toHaveLength(QUEUE_LIMITS.batchMax);
  });

  it("sends no more attempts of one address at once than the API accepts", async () => {
    const { queue, sent } = start();
    for (let index = 0; index < 1_500; index += 1) queue.add(attempt("203.0.113.9"), 0);
    await queue.flush(0);
    await queue.flush(0);
    expect(sent.flat().map(({ count }) => count)).toEqual([1_000, 500]);
    expect(queue.waiting()).toBe(0);
  });
});
