// Checks what is told of an address's counts: each limit that is on, and nothing counted by asking.
import { describe, expect, it } from "vitest";
import {
  accountPolicy,
  addressOf,
  exampleState,
  NOW_MS,
  platformPolicy,
  putExampleBan,
  visitTimes,
} from "../../../test/network/example-network.ts";
import { readCounters } from "./read-counters.ts";

const CLIENT = "203.0.113.7";
const PLATFORM_LIMITS = platformPolicy()["rate-limits"];
const PORTAL = { ...PLATFORM_LIMITS.portal, mode: "monitor", requestMaxCount: 3 } as const;
const OWN = { ...accountPolicy()["rate-limits"], portal: PORTAL };

const state = () => exampleState({ acme: { "rate-limits": OWN } });

function read(of: ReturnType<typeof state>, client = CLIENT, account: "acme" | null = null) {
  const layer = account === null ? null : of.accounts.get(account)!;
  return readCounters(of, { address: addressOf(client), account: layer }, NOW_MS);
}

function countsOf(readings: ReturnType<typeof read>) {
  return readings.map(({ rule, layer, surface, count, max }) => [rule, layer, surface, count, max]);
}

describe("counters of an address", () => {
  it("are those of the platform where no account is named", () => {
    const of = state();
    visitTimes(of, CLIENT, { times: 4 });
    visitTimes(of, CLIENT, { times: 2, surface: "webchat" });
    expect(countsOf(read(of))).toEqual([
      ["hard-limit", "platform", null, 6, 600],
      ["failed-authentication", "platform", null, 0, 10],
      ["webchat-requests", "platform", "webchat", 2, 100],
      ["rate-limit", "platform", "audio", 0, 50],
    ]);
  });

  it("take the account's limits in place of the platform's, those that monitor too", () => {
    const of = state();
    visitTimes(of, CLIENT, { times: 2, account: "acme" });
    visitTimes(of, CLIENT, { times: 5 });
    const readings = read(of, CLIENT, "acme");
    expect(countsOf(readings).slice(3)).toEqual([
      ["rate-limit", "account", "portal", 2, 3],
      ["rate-limit", "account", "audio", 0, 50],
    ]);
    expect(readings[3]).toMatchObject({ mode: "monitor", windowSeconds: 60, ban: null });
    expect(read(of, CLIENT, "acme")).toEqual(readings);
  });

  it("are one for all addresses of an IPv6 prefix, and of no other", () => {
    const of = state();
    visitTimes(of, "2001:db8::1", { times: 3 });
    expect(read(of, "2001:db8::ffff")[0]).toMatchObject({ rule: "hard-limit", count: 3 });
    expect(read(of, "2001:db8:0:1::1")[0]).toMatchObject({ count: 0 });
  });

  it("name the ban that keeps the address out, with its end", () => {
    const of = state();
    const endsAtMs = NOW_MS + 5000;
    putExampleBan(of, CLIENT, { id: 1, endsAtMs, owner: "acme", surface: "portal" });
    expect(read(of, CLIENT, "acme")[3]?.ban).toEqual({ endsAtMs, holds: "portal" });
    expect(read(of).every(({ ban }) => ban === null)).toBe(true);
    putExampleBan(of, CLIENT, { id: 2, endsAtMs: endsAtMs + 1 });
    expect(read(of)[0]?.ban).toEqual({ endsAtMs: endsAtMs + 1, holds: "everywhere" });
  });

  it("leave out what is off", () => {
    const of = exampleState({
      platform: {
        "webchat-requests": { ...platformPolicy()["webchat-requests"], mode: "off" },
        "rate-limits": { ...PLATFORM_LIMITS, audio: { ...PLATFORM_LIMITS.audio, mode: "off" } },
      },
    });
    expect(read(of).map(({ rule }) => rule)).toEqual(["hard-limit", "failed-authentication"]);
  });
});
