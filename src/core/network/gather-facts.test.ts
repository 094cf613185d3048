// Checks what is counted and found for a request.
import { describe, expect, it } from "vitest";
import {
  addressOf,
  EXAMPLE_PLACES,
  exampleState,
  list,
  NOW_MS,
  platformPolicy,
  putExampleBan,
  surfaceIndex,
  visit,
  visitTimes,
} from "../../../test/network/example-network.ts";
import type { Visit } from "../../../test/network/example-network.ts";
import { RULE, surfaceScope } from "./counting-scopes.ts";
import { UNKNOWN_INDEX } from "./iso-3166.ts";
import { emptyNetworkFacts } from "./network-facts.ts";
import type { NetworkState } from "./network-state.ts";
import { peekCount } from "./sliding-window.ts";

const CLIENT = "8.8.8.8";
const AUDIO = surfaceIndex("audio");

function counted(state: NetworkState, rule: number, client = CLIENT): number {
  return peekCount(state.counters, rule, addressOf(client), NOW_MS);
}

function allCounts(state: NetworkState, client = CLIENT): readonly number[] {
  const rates = state.accounts.has("acme") ? [surfaceScope(1, AUDIO)] : [];
  return [RULE.hardLimit, RULE.webchatRequests, surfaceScope(0, AUDIO), ...rates].map((rule) =>
    counted(state, rule, client),
  );
}

describe("facts", () => {
  it("start as an unknown location, never as a country", () => {
    expect(emptyNetworkFacts().country).toBe(UNKNOWN_INDEX);
  });

  it("are counted once for each request, refused by a country or not", () => {
    const country = {
      ...platformPolicy().country,
      mode: "enforce",
      defaultAction: "deny",
    } as const;
    const state = exampleState({ platform: { country } });
    visitTimes(state, CLIENT, { surface: "webchat", times: 3 });
    expect(counted(state, RULE.hardLimit)).toBe(3);
    expect(counted(state, RULE.webchatRequests)).toBe(3);
  });

  it.each([
    [
      "the platform's deny entry",
      (s: NetworkState) => list(s, "platform", { text: "deny 8.8.8.8", id: 1 }),
    ],
    [
      "a ban everywhere",
      (s: NetworkState) => putExampleBan(s, CLIENT, { id: 1, endsAtMs: NOW_MS + 1 }),
    ],
    [
      "a ban of the surface",
      (s: NetworkState) =>
        putExampleBan(s, CLIENT, { id: 1, endsAtMs: NOW_MS + 1, surface: "audio" }),
    ],
  ] as const)("raise no counter under %s", (_, prepare) => {
    const state = exampleState({ acme: {} });
    prepare(state);
    visitTimes(state, CLIENT, { surface: "audio", times: 5 });
    visitTimes(state, CLIENT, { surface: "audio", account: "acme", times: 5 });
    expect(allCounts(state)).toEqual([0, 0, 0, 0]);
  });

  it.each([
    ["deny entry", (s: NetworkState) => list(s, "acme", { text: "deny 8.8.8.8", id: 1 })],
    [
      "ban",
      (s: NetworkState) =>
        putExampleBan(s, CLIENT, { id: 1, endsAtMs: NOW_MS + 1, owner: "acme", surface: "audio" }),
    ],
  ] as const)("raise no counter of an account under its own %s", (_, prepare) => {
    const state = exampleState({ acme: {} });
    prepare(state);
    visitTimes(state, CLIENT, { surface: "audio", account: "acme", times: 5 });
    expect(counted(state, surfaceScope(1, AUDIO))).toBe(0);
  });

  it("go on being counted under an entry that is only monitored", () => {
    const state = exampleState({ platform: { "address-lists": { mode: "monitor" } } });
    list(state, "platform", { text: "deny 8.8.8.8", id: 1 });
    visitTimes(state, CLIENT, { times: 4 });
    expect(counted(state, RULE.hardLimit)).toBe(4);
  });

  it("count an allowed address against the hard limit alone", () => {
    const state = exampleState();
    list(state, "platform", { text: "allow 8.8.8.8", id: 1 });
    visitTimes(state, CLIENT, { surface: "audio", times: 4 });
    expect(allCounts(state)).toEqual([4, 0, 0]);
  });

  it("count the rate limit of the account where it is known, else the platform's", () => {
    const state = exampleState({ acme: {} });
    visit(state, CLIENT, { surface: "audio", account: "acme" });
    visit(state, CLIENT, { surface: "audio" });
    expect(
      [surfaceScope(0, AUDIO), surfaceScope(1, AUDIO)].map((rule) => counted(state, rule)),
    ).toEqual([1, 1]);
  });
});

describe("plays on audio", () => {
  const plays = (how: Visit) => {
    const state = exampleState({ acme: {} });
    visitTimes(state, CLIENT, { ...how, surface: "audio", account: "acme", times: 60 });
    return [counted(state, RULE.hardLimit), counted(state, surfaceScope(1, AUDIO))];
  };

  it("count once for a recording however many ranges it is read in", () => {
    expect(plays({ play: { high: 1, low: 2 } })).toEqual([60, 1]);
  });

  it("do not count for HEAD and link previews, except against the hard limit", () => {
    expect(plays({ countsAgainstRate: false })).toEqual([60, 0]);
  });

  it("count for each address and again after the window", () => {
    const state = exampleState({ acme: {} });
    const how = { surface: "audio", account: "acme", play: { high: 1, low: 2 } } as const;
    visit(state, CLIENT, how);
    visit(state, "8.8.4.4", how);
    const scope = surfaceScope(1, AUDIO);
    expect(counted(state, scope, "8.8.4.4")).toBe(1);
    visit(state, CLIENT, { ...how, nowMs: NOW_MS + 60_000 });
    expect(peekCount(state.counters, scope, addressOf(CLIENT), NOW_MS + 60_000)).toBe(1);
    expect(visit(state, CLIENT, { ...how, nowMs: NOW_MS + 60_001 }).facts.accountRateCount).toBe(0);
  });

  it("count each recording by itself: the 51st bans for an hour", () => {
    const state = exampleState({ acme: {} });
    const play = (low: number) =>
      visit(state, CLIENT, { surface: "audio", account: "acme", play: { high: 0, low } }).network;
    for (let low = 1; low <= 50; low += 1) expect(play(low).verdict).toBe("pass");
    expect(play(51)).toMatchObject({ status: 429, retryAfterSeconds: 3600 });
  });
});

describe("family", () => {
  // attack row 3: no rule of one family matches a client of the other
  it("of a rule is the family of its clients", () => {
    for (const [rule, client] of [
      ["deny ::/0", EXAMPLE_PLACES.US],
      ["deny 0.0.0.0/0", EXAMPLE_PLACES.US6],
    ] as const) {
      const state = exampleState();
      list(state, "platform", { text: rule, id: 1 });
      expect(visit(state, client).network.reason).toBe("no-rule-matched");
    }
    const both = exampleState();
    list(both, "platform", { text: "deny 0.0.0.0/0", id: 1 });
    list(both, "platform", { text: "deny ::/0", id: 2 });
    list(both, "platform", { text: "allow ::/0", id: 3 });
    expect(visit(both, EXAMPLE_PLACES.US).network.reason).toBe("on-deny-list");
    expect(visit(both, EXAMPLE_PLACES.US6).network.reason).toBe("on-allow-list");
  });

  // attack row 4: one before, first, last, one after
  it.each([
    ["8.8.8.4-8.8.8.6", ["8.8.8.3", "8.8.8.4", "8.8.8.6", "8.8.8.7"]],
    ["127.255.255.255-128.0.0.0", ["127.255.255.254", "127.255.255.255", "128.0.0.0", "128.0.0.1"]],
    [
      "2600::/64",
      [
        "25ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2600::",
        "2600::ffff:ffff:ffff:ffff",
        "2600:0:0:1::",
      ],
    ],
  ] as const)("edges of %s are exact", (rule, clients) => {
    const state = exampleState();
    list(state, "platform", { text: `deny ${rule}`, id: 1 });
    const verdicts = clients.map((client) => visit(state, client).network.verdict);
    expect(verdicts).toEqual(["pass", "refuse", "refuse", "pass"]);
  });

  it.each(["0.0.0.0", "255.255.255.255", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"])(
    "has %s as an address like any other",
    (client) => {
      const state = exampleState();
      expect(visit(state, client).network.verdict).toBe("pass");
      list(state, "platform", { text: `deny ${client}`, id: 1 });
      expect(visit(state, client).network.reason).toBe("on-deny-list");
    },
  );
});
