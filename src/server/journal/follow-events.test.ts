// Who is told of which events of a flush, with a hub that sends at once.
import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { createEventStreamHub } from "../../platform/http/event-stream-hub.ts";
import type { EventStreamHub, JoinInput } from "../../platform/http/event-stream-hub.ts";
import { createEventFollowers } from "./follow-events.ts";
import { createLiveTail } from "./live-tail.ts";
import { createLiveTraffic } from "./live-traffic.ts";
import { completeEvent } from "./record-event.ts";

const GONE: JoinInput = {
  response: { destroyed: true, req: { socket: { destroyed: true } } } as unknown as ServerResponse,
  reader: "ann",
  authorize: async () => undefined,
};

function alarms(account: string, count: number) {
  const event = { kind: "alarm", atMs: 1_000, account } as const;
  return Array.from({ length: count }, () => completeEvent(event));
}

/** What is sent, in order; whoever joins is in. */
function setUp() {
  const sent: string[] = [];
  const hub: EventStreamHub = {
    ...createEventStreamHub({ nowMs: () => 0 }),
    createTopic: () => ({ streams: new Set([1]) }),
    join: () => true,
    send: (_topic, compose) => void sent.push(compose() ?? ""),
  };
  const followers = createEventFollowers(hub);
  const reachOf = (code: string) => ({ accounts: [{ code, ownerId: code, sinceMs: 0 }] });
  followers.follow(reachOf("acme"), GONE);
  return { sent, tail: createLiveTail(followers) };
}

describe("a flush", () => {
  it("full of another account's events hides none of theirs", () => {
    const { sent, tail } = setUp();
    const own = alarms("acme", 1);
    tail.publish([...alarms("beta", 2_000), ...own]);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain(own[0]?.id);
    expect(sent[0]).not.toContain("event: missed");
  });

  it("is told as far as anybody reads, with the number of the rest of theirs", () => {
    const { sent, tail } = setUp();
    tail.publish([...alarms("beta", 700), ...alarms("acme", 700)]);
    const told = sent[0]?.match(/^event: alarm$/gm)?.length ?? 0;
    expect(told).toBeGreaterThan(20);
    expect(sent[0]).toContain(`event: missed\ndata: ${JSON.stringify({ events: 700 - told })}`);
  });
});

describe("a client that left before its stream began", () => {
  const hub = createEventStreamHub({ nowMs: () => 0 });

  it("is no follower of events", () => {
    const followers = createEventFollowers(hub);
    expect(followers.follow({}, GONE)).toBe(true);
    expect(followers.isFollowed()).toBe(false);
  });

  it("begins no ticking", () => {
    let begun = 0;
    const watch = { begin: () => void (begun += 1), look: () => new Map() };
    const clock = { nowMs: () => 0 };
    const live = createLiveTraffic({ hub, watch, clock });
    expect(live.follow(null, GONE)).toBe(true);
    expect(begun).toBe(0);
  });
});
