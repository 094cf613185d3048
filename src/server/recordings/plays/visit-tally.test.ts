// Checks that visits are counted together, and that what goes over the bounds is told.
import { describe, expect, it } from "vitest";
import { parseAddress } from "../../../core/network/address.ts";
import type { Address } from "../../../core/network/address.ts";
import { maskForCounting } from "../../../core/network/counting-address.ts";
import type { RecordingReason } from "../../../core/recordings/decide-recording.ts";
import type { FoundRecording } from "../found-recording.ts";
import { VISIT_DAY_MS } from "./visit-store.ts";
import { createVisitTally, unkeptRow } from "./visit-tally.ts";

type Who = { readonly at: string; readonly userId?: string };

function visit(accountId: string, reason: RecordingReason, { at: from, userId }: Who) {
  const address = parseAddress(from);
  if (address === null) throw new Error(`no address: ${from}`);
  const recording = { accountId, trackingNumberId: `number of ${accountId}` } as FoundRecording;
  return { recording, address, reason, userId: userId ?? null };
}

/** The prefix that is counted by default. */
const countedAs = (address: Address): Address => maskForCounting(address, 64);

describe("a tally of visits", () => {
  it("counts the same visitor of a number once a day for each end", () => {
    const tally = createVisitTally(countedAs);
    for (const [atMs, reason, userId] of [
      [1000, "session-missing"],
      [2000, "number-open-to-user", "u"],
      [3000, "number-open-to-user", "u"],
      [VISIT_DAY_MS, "number-open-to-user", "u"],
    ] as const) {
      const who = userId === undefined ? {} : { userId };
      tally.count(visit("acme", reason, { at: "192.0.2.1", ...who }), atMs);
    }
    const days = tally.take();
    expect(days.map(({ day, played, refused }) => [day, played.length, refused.length])).toEqual([
      [0, 1, 1],
      [1, 1, 0],
    ]);
    expect(days[0]?.played).toEqual([
      {
        day: 0,
        account_id: "acme",
        tracking_number_id: "number of acme",
        user_id: "u",
        address: "192.0.2.1",
        reason: "number-open-to-user",
        requests: 2,
        last_at: 3000,
      },
    ]);
    expect(days[0]?.refused[0]).toMatchObject({ user_id: "", reason: "session-missing" });
    expect(tally.take()).toEqual([]);
  });

  it("adds what could not be written to what came meanwhile", () => {
    const tally = createVisitTally(countedAs);
    tally.count(visit("acme", "session-missing", { at: "192.0.2.1" }), 2000);
    const taken = tally.take();
    tally.count(visit("acme", "session-missing", { at: "192.0.2.1" }), 1000);
    tally.putBack(taken);
    expect(tally.take()[0]?.refused).toMatchObject([{ requests: 2, last_at: 2000 }]);
  });

  it("gives the refused addresses of one network 50 rows of an account's day", () => {
    const tally = createVisitTally(countedAs);
    const ask = (accountId: string, at: string, reason: RecordingReason = "session-missing") =>
      tally.count(visit(accountId, reason, { at }), 1000);
    const rowsOf = () =>
      tally.take().map((day) => [day.refused.length, day.played.length, day.unkept.requests]);
    for (let last = 1; last <= 60; last += 1) ask("acme", `2001:db8::${last}`);
    expect(rowsOf()).toEqual([[50, 0, 10]]);
    // Written meanwhile, they are the same ones: those with a row count on, others have none.
    ask("acme", "2001:db8::1");
    ask("acme", "2001:db8::61");
    expect(rowsOf()).toEqual([[1, 0, 1]]);
    // Whoever is let in, other networks, other accounts and single addresses keep theirs.
    ask("acme", "2001:db8::62", "access-unrestricted");
    ask("acme", "2001:db8:0:1::1");
    ask("beta", "2001:db8::1");
    for (let last = 1; last <= 60; last += 1) ask("beta", `192.0.2.${last}`);
    expect(rowsOf()).toEqual([
      [1, 1, 0],
      [61, 0, 0],
    ]);
  });

  it("leaves out what goes over its bounds, and says how much that is", () => {
    const tally = createVisitTally(countedAs, { waitingMax: 6, waitingRefusedMax: 3 });
    for (let last = 1; last <= 5; last += 1) {
      tally.count(visit("acme", "session-missing", { at: `192.0.2.${last}` }), last * 1000);
    }
    // Those who are known count on, and another account has bounds of its own.
    tally.count(visit("acme", "session-missing", { at: "192.0.2.1" }), 9000);
    for (let last = 1; last <= 4; last += 1) {
      tally.count(visit("beta", "access-unrestricted", { at: `192.0.2.${last}` }), 500);
    }
    const [acme, beta] = tally.take();
    expect(acme?.refused).toHaveLength(3);
    expect(acme?.unkept).toEqual({ requests: 2, lastAtMs: 5000 });
    expect(beta?.played).toHaveLength(3);
    expect(beta?.unkept).toEqual({ requests: 1, lastAtMs: 500 });
    expect(unkeptRow(acme!, 7)).toMatchObject({
      account_id: "acme",
      address: "",
      reason: "not-kept",
      requests: 7,
      last_at: 9000,
    });
  });
});
