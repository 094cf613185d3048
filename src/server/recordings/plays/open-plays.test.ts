// Checks which requests are one play, and that memory for them is bounded.
import { describe, expect, it } from "vitest";
import { parseAddress } from "../../../core/network/address.ts";
import type { Address } from "../../../core/network/address.ts";
import { maskForCounting } from "../../../core/network/counting-address.ts";
import type { FoundRecording } from "../found-recording.ts";
import { createOpenPlays, PLAY_CONTINUES_MS } from "./open-plays.ts";
import type { Listening } from "./open-plays.ts";

function listening(id: string, userId: string | null, from = "192.0.2.1"): Listening {
  const address = parseAddress(from);
  if (address === null) throw new Error(`no address: ${from}`);
  return {
    recording: { id } as FoundRecording,
    userId,
    email: null,
    address,
    country: "DE",
    userAgent: "x".repeat(20_000),
    reason: "access-unrestricted",
  };
}

/** The prefix that is counted by default. */
const countedAs = (address: Address): Address => maskForCounting(address, 64);

const MINUTE_MS = 60_000;

describe("a play", () => {
  it("goes on while its requests are less than half an hour apart", () => {
    const plays = createOpenPlays({ countedAs });
    const first = plays.ask(listening("r", "u"), 0);
    expect(plays.ask(listening("r", "u"), 29 * MINUTE_MS)).toBe(first);
    expect(plays.ask(listening("r", "u"), 29 * MINUTE_MS + PLAY_CONTINUES_MS - 1)).toBe(first);
    expect(first).toMatchObject({ requests: 3, startedAtMs: 0 });
    const later = first.lastAtMs + PLAY_CONTINUES_MS;
    const second = plays.ask(listening("r", "u"), later);
    expect(second).toMatchObject({ requests: 1, startedAtMs: later });
    expect(second.id).not.toBe(first.id);
    // A clock that was turned back begins no new one.
    expect(plays.ask(listening("r", "u"), 0)).toBe(second);
    expect(second.lastAtMs).toBe(later);
  });

  it("goes on while it is sent, however long that takes", () => {
    const plays = createOpenPlays({ countedAs });
    const first = plays.ask(listening("r", "u"), 0);
    const sent = { bytesSent: 10, isCut: false };
    plays.note(first, { ...sent, nowMs: 50 * MINUTE_MS });
    expect(plays.ask(listening("r", "u"), 60 * MINUTE_MS)).toBe(first);
    plays.note(first, { bytesSent: 5, isCut: true, nowMs: 60 * MINUTE_MS });
    plays.note(first, { ...sent, nowMs: 61 * MINUTE_MS });
    expect(first).toMatchObject({ bytesSent: 25, isCut: true, requests: 2 });
  });

  it("is of one recording, one user or nobody, and one address that is counted", () => {
    const plays = createOpenPlays({ countedAs });
    const ids = [
      listening("r", "u", "192.0.2.1"),
      listening("r", "u", "192.0.2.2"),
      listening("q", "u", "192.0.2.1"),
      listening("r", "v", "192.0.2.1"),
      listening("r", null, "192.0.2.1"),
      listening("r", null, "::ffff:192.0.2.1"),
      listening("r", null, "192.0.2.2"),
      listening("r", null, "2001:db8::1"),
      listening("r", null, "2001:db8::ffff:1"),
      listening("r", null, "2001:db8:0:1::1"),
    ].map((one) => plays.ask(one, 0).id);
    expect(ids.map((id) => ids.indexOf(id))).toEqual([0, 1, 2, 3, 4, 4, 6, 7, 7, 9]);
  });
});

describe("memory for plays", () => {
  it("gives each changed play once, and again what could not be written", () => {
    const plays = createOpenPlays({ countedAs });
    const first = plays.ask(listening("r", "u"), 0);
    plays.ask(listening("r", "u"), 1);
    expect(plays.take()).toEqual([first]);
    expect(plays.take()).toEqual([]);
    plays.putBack([first]);
    expect(plays.take()).toEqual([first]);
    plays.note(first, { bytesSent: 1, isCut: false, nowMs: 2 });
    expect(plays.take()).toEqual([first]);
    expect(first.listening.userAgent).toHaveLength(300);
  });

  it("is bounded, and counts the plays that it had to leave out", () => {
    const plays = createOpenPlays({ countedAs, playsMax: 3 });
    const asked = ["a", "b", "c", "d"].map((id) => plays.ask(listening(id, "u"), 0));
    expect(plays.take()).toEqual(asked.slice(1));
    expect(plays.lost()).toBe(1);
    // The least recent one is not known any more; the others are.
    const ids = ["d", "c", "b", "a"].map((id) => plays.ask(listening(id, "u"), 1).id);
    expect(ids.slice(0, 3)).toEqual(
      asked
        .slice(1)
        .map(({ id }) => id)
        .toReversed(),
    );
    expect(ids[3]).not.toBe(asked[0]?.id);
  });
});
