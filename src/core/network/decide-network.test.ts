// Checks the ordered chain of network rules: one row for each rule, mode and layer.
import { describe, expect, it } from "vitest";
import {
  accountPolicy,
  EXAMPLE_PLACES,
  exampleState,
  list,
  NOW_MS,
  platformPolicy,
  putExampleBan,
  stepsOf,
  visit,
  visitTimes,
} from "../../../test/network/example-network.ts";
import type { Example, Visit } from "../../../test/network/example-network.ts";
import type { Mode } from "./network-policy.ts";
import type { NetworkState } from "./network-state.ts";

const CLIENT = "8.8.8.8";
const COUNTRY = platformPolicy().country;
const LIMIT = { requestMaxCount: 3, requestMaxSeconds: 60, requestBanExpirySeconds: 900 };

function limits(mode: Mode) {
  const { "rate-limits": standing } = accountPolicy();
  return { ...standing, portal: { mode, ...LIMIT }, audio: { mode, ...LIMIT } };
}

function webchat(mode: Mode) {
  return { mode, requestsMax: 3, windowSeconds: 60 };
}

function denyUs(mode: Mode) {
  return { ...COUNTRY, mode, countries: { US: "deny" } } as const;
}

/** What a rule needs to apply to CLIENT, on each layer. */
type Case = {
  readonly rule: string;
  readonly layer: "platform" | "account";
  readonly example: (mode: Mode) => Example;
  readonly prepare?: (state: NetworkState) => void;
  readonly visit?: Visit;
  /** How many requests until it applies. */
  readonly times?: number;
  readonly status: number;
  readonly retryAfterSeconds?: number;
  readonly change?: object;
};

const ban = (cause: string, layer: "platform" | "account", seconds: number, holds: string) => ({
  change: { kind: "ban", cause, layer, holds, endsAtMs: NOW_MS + seconds * 1000 },
  retryAfterSeconds: seconds,
});

const CASES: readonly Case[] = [
  {
    rule: "on-deny-list",
    layer: "platform",
    example: (mode) => ({ platform: { "address-lists": { mode } } }),
    prepare: (state) => list(state, "platform", { text: "deny 8.8.8.0/24", id: 7 }),
    status: 403,
  },
  {
    rule: "country-denied",
    layer: "platform",
    example: (mode) => ({ platform: { country: denyUs(mode) } }),
    status: 403,
  },
  {
    rule: "over-webchat-limit",
    layer: "platform",
    example: (mode) => ({ platform: { "webchat-requests": webchat(mode) } }),
    visit: { surface: "webchat" },
    times: 4,
    status: 429,
    ...ban("webchat-requests", "platform", 1800, "everywhere"),
  },
  {
    rule: "over-rate-limit",
    layer: "platform",
    example: (mode) => ({ platform: { "rate-limits": limits(mode) } }),
    times: 4,
    status: 429,
    ...ban("rate-limit", "platform", 900, "surface"),
  },
  {
    rule: "on-deny-list",
    layer: "account",
    example: (mode) => ({ acme: { "address-lists": { mode } } }),
    prepare: (state) => list(state, "acme", { text: "deny 8.8.8.8", id: 9 }),
    visit: { account: "acme" },
    status: 403,
  },
  {
    rule: "country-denied",
    layer: "account",
    example: (mode) => ({ acme: { country: denyUs(mode) } }),
    visit: { account: "acme" },
    status: 403,
  },
  {
    rule: "over-rate-limit",
    layer: "account",
    example: (mode) => ({ acme: { "rate-limits": limits(mode) } }),
    visit: { account: "acme", surface: "audio" },
    times: 4,
    status: 429,
    ...ban("rate-limit", "account", 900, "surface"),
  },
];

function run(one: Case, mode: Mode) {
  const state = exampleState(one.example(mode));
  one.prepare?.(state);
  const outcome = visitTimes(state, CLIENT, { ...one.visit, times: one.times ?? 1 });
  return { outcome, steps: stepsOf(state, outcome), decision: outcome.network };
}

describe.each(CASES)("$rule of the $layer", (one) => {
  const spelled = (result: string) => `${one.layer} ${one.rule} ${result}`;

  it("refuses when enforced, and nothing after it is looked at", () => {
    const { decision, steps } = run(one, "enforce");
    expect(decision).toMatchObject({
      verdict: "refuse",
      reason: one.rule,
      status: one.status,
      retryAfterSeconds: one.retryAfterSeconds ?? 0,
    });
    expect(decision.change).toEqual(one.change ?? null);
    expect(steps.at(-1)).toBe(spelled("matched"));
    expect(steps.filter((step) => step.endsWith(" matched"))).toHaveLength(1);
  });

  it("passes when monitored, and records the same step", () => {
    const { decision, steps } = run(one, "monitor");
    const passed = { verdict: "pass", reason: "no-rule-matched", status: 200, change: null };
    expect(decision).toMatchObject({ ...passed, retryAfterSeconds: 0 });
    expect(steps).toContain(spelled("monitored"));
    const enforced = run(one, "enforce").steps;
    expect(steps.slice(0, enforced.length - 1)).toEqual(enforced.slice(0, -1));
  });

  it("is not applicable when off", () => {
    const { decision, steps } = run(one, "off");
    expect(decision).toMatchObject({ verdict: "pass", change: null });
    expect(steps).toContain(spelled("not-applicable"));
  });
});

describe("the order of rules", () => {
  const everything: Example = {
    platform: {
      country: denyUs("enforce"),
      "webchat-requests": webchat("enforce"),
      "rate-limits": limits("enforce"),
    },
    acme: { country: denyUs("enforce"), "rate-limits": limits("enforce") },
  };

  it("spells every step of both layers for a request that passes", () => {
    const state = exampleState({ acme: {} });
    expect(stepsOf(state, visit(state, CLIENT, { account: "acme", surface: "audio" }))).toEqual([
      "platform on-allow-list not-matched",
      "platform on-deny-list not-matched",
      "platform on-subscribed-list not-applicable",
      "platform banned not-matched",
      "platform over-hard-limit not-matched",
      "platform country-denied not-applicable",
      "platform over-webchat-limit not-applicable",
      "platform over-rate-limit not-applicable",
      "account on-allow-list not-matched",
      "account on-deny-list not-matched",
      "account banned not-matched",
      "account country-denied not-applicable",
      "account over-rate-limit not-matched",
    ]);
  });

  it("leaves the account's steps out where no account is known", () => {
    const state = exampleState();
    const steps = stepsOf(state, visit(state, CLIENT));
    expect(steps).toHaveLength(8);
    expect(steps.every((step) => step.startsWith("platform "))).toBe(true);
  });

  it("allows before it denies, bans or limits", () => {
    const state = exampleState(everything);
    list(state, "platform", { text: "deny 8.8.8.8", id: 1 });
    list(state, "platform", { text: "allow 8.0.0.0/8", id: 2 });
    list(state, "acme", { text: "deny 8.8.8.8", id: 3 });
    putExampleBan(state, CLIENT, { id: 4, endsAtMs: NOW_MS + 1000 });
    const outcome = visitTimes(state, CLIENT, { surface: "webchat", account: "acme", times: 50 });
    expect(outcome.network).toMatchObject({
      verdict: "pass",
      reason: "on-allow-list",
      change: null,
    });
    expect(stepsOf(state, outcome)).toEqual([
      "platform on-allow-list matched",
      "platform over-hard-limit not-matched",
    ]);
  });

  it.each([
    ["on-deny-list", ["deny", "ban", "hard", "country"]],
    ["banned", ["ban", "hard", "country"]],
    ["over-hard-limit", ["hard", "country"]],
    ["country-denied", ["country"]],
  ] as const)("answers %s where %j all apply", (reason, applying) => {
    const names = new Set<string>(applying);
    const state = exampleState(names.has("country") ? everything : {});
    if (names.has("hard")) visitTimes(state, CLIENT, { times: 600 });
    if (names.has("deny")) list(state, "platform", { text: "deny 8.8.8.8", id: 1 });
    if (names.has("ban")) putExampleBan(state, CLIENT, { id: 4, endsAtMs: NOW_MS + 1000 });
    expect(visit(state, CLIENT).network.reason).toBe(reason);
  });

  it("asks the platform's rules before the account's allow entry", () => {
    const state = exampleState({ platform: { country: denyUs("enforce") }, acme: {} });
    list(state, "acme", { text: "allow 8.8.8.8", id: 1 });
    const { network } = visit(state, CLIENT, { account: "acme" });
    expect(network.reason).toBe("country-denied");
  });

  it("lets an account's allow entry exempt from that account's rules only", () => {
    const state = exampleState({ ...everything, platform: {} });
    list(state, "acme", { text: "allow 8.8.8.8", id: 1 });
    list(state, "acme", { text: "deny 8.8.8.0/24", id: 2 });
    putExampleBan(state, CLIENT, { id: 3, endsAtMs: NOW_MS + 1, owner: "acme", surface: "portal" });
    const outcome = visitTimes(state, CLIENT, { account: "acme", times: 20 });
    expect(outcome.network).toMatchObject({ verdict: "pass", reason: "on-allow-list" });
    expect(stepsOf(state, outcome).at(-1)).toBe("account on-allow-list matched");
    putExampleBan(state, CLIENT, { id: 4, endsAtMs: NOW_MS + 1 });
    expect(visit(state, CLIENT, { account: "acme" }).network.reason).toBe("banned");
  });
});

describe("the hard limit", () => {
  it("bans the 601st request inside 60 s everywhere", () => {
    const state = exampleState();
    expect(visitTimes(state, CLIENT, { times: 600 }).network.verdict).toBe("pass");
    expect(visit(state, CLIENT).network).toMatchObject({
      reason: "over-hard-limit",
      status: 429,
      ...ban("hard-limit", "platform", 1800, "everywhere"),
    });
  });

  it("slides: 600 at the end of a minute and one at the start of the next are too many", () => {
    const state = exampleState();
    visitTimes(state, CLIENT, { times: 600, nowMs: NOW_MS + 59_999 });
    const at = (ms: number) => visit(state, CLIENT, { nowMs: NOW_MS + ms, counting: "peek" });
    expect(at(60_001).network.reason).toBe("over-hard-limit");
    expect(at(119_998).network.reason).toBe("over-hard-limit");
    expect(at(119_999).network.verdict).toBe("pass");
  });

  it("slows an allowed address until it is under again, without a ban", () => {
    const state = exampleState();
    list(state, "platform", { text: "allow 8.8.8.8", id: 1 });
    visitTimes(state, CLIENT, { times: 600 });
    const slowed = visit(state, CLIENT, { nowMs: NOW_MS + 10_000 });
    expect(slowed.network).toMatchObject({
      verdict: "refuse",
      reason: "over-hard-limit",
      status: 429,
      retryAfterSeconds: 50,
      change: null,
    });
    expect(visit(state, CLIENT, { nowMs: NOW_MS + 60_000 }).network.reason).toBe("on-allow-list");
  });

  it("leaves allowed addresses alone where an operator exempts them", () => {
    const state = exampleState({ platform: { "hard-limit": { exemptAllowEntries: true } } });
    list(state, "platform", { text: "allow 8.8.8.8", id: 1 });
    const outcome = visitTimes(state, CLIENT, { times: 700 });
    expect(outcome.network).toMatchObject({ verdict: "pass", reason: "on-allow-list" });
    expect(stepsOf(state, outcome)).toEqual(["platform on-allow-list matched"]);
  });

  it.each([
    ["the hard limit", {}, { surface: "portal" }, 600, "hard-limit"],
    [
      "web chat",
      { "webchat-requests": webchat("enforce") },
      { surface: "webchat" },
      3,
      "webchat-requests",
    ],
    ["a rate limit", { "rate-limits": limits("enforce") }, { surface: "portal" }, 3, "rate-limit"],
  ] as const)(
    "slows a protected address over %s and raises an alarm",
    (_, platform, how, times, cause) => {
      const state = exampleState({ platform, protected: [CLIENT] });
      visitTimes(state, CLIENT, { ...how, times });
      const { network } = visit(state, CLIENT, { ...how, nowMs: NOW_MS + 20_000 });
      expect(network).toMatchObject({ status: 429, retryAfterSeconds: 40 });
      expect(network.change).toEqual({ kind: "alarm", cause });
    },
  );
});

describe("bans", () => {
  it("hold to their end and not a millisecond longer", () => {
    const state = exampleState();
    putExampleBan(state, CLIENT, { id: 5, endsAtMs: NOW_MS + 1000 });
    const at = (ms: number) => visit(state, CLIENT, { nowMs: NOW_MS + ms }).network;
    expect(at(999)).toMatchObject({ status: 403, reason: "banned", change: null });
    expect(at(1000)).toMatchObject({ verdict: "pass" });
  });

  it("of an account hold on its own surface only", () => {
    const state = exampleState({ acme: {} });
    const banned = { id: 5, endsAtMs: NOW_MS + 1000, owner: "acme", surface: "audio" } as const;
    putExampleBan(state, CLIENT, banned);
    const reason = (how: Visit) => visit(state, CLIENT, how).network.reason;
    expect(reason({ account: "acme", surface: "audio" })).toBe("banned");
    expect(reason({ account: "acme", surface: "portal" })).toBe("no-rule-matched");
    expect(reason({ surface: "audio" })).toBe("no-rule-matched");
  });

  it("cover an IPv6 client's whole /64 and not its neighbour", () => {
    const state = exampleState();
    putExampleBan(state, "2600::1", { id: 5, endsAtMs: NOW_MS + 1000 });
    expect(visit(state, "2600::ffff:1:2:3").network.reason).toBe("banned");
    expect(visit(state, "2600:0:0:1::1").network.verdict).toBe("pass");
  });

  it("can be narrowed to the surface they came from", () => {
    const platform = { ban: { ...platformPolicy().ban, scope: "surface" as const } };
    const state = exampleState({ platform });
    const { network } = visitTimes(state, CLIENT, { times: 601 });
    expect(network.change).toMatchObject({ holds: "surface" });
  });

  it("last twice as long with each repeat when escalation is on", () => {
    const escalation = { enabled: true, durationSecondsMax: 5000 };
    const platform = { ban: { ...platformPolicy().ban, escalation } };
    const lengths = [0, 1, 2].map((repeats) => {
      const state = exampleState({ platform });
      const times = Array.from({ length: repeats }, (_, index) => NOW_MS - index - 1);
      state.repeats.set("4 0 0 0 134744072", times);
      return visitTimes(state, CLIENT, { times: 601 }).network.retryAfterSeconds;
    });
    expect(lengths).toEqual([1800, 3600, 5000]);
  });
});

describe("countries", () => {
  const rows = Object.entries(EXAMPLE_PLACES);
  const only = (unknown: "allow" | "deny", priv: "allow" | "deny", rest: "allow" | "deny") => ({
    platform: {
      country: {
        ...COUNTRY,
        mode: "enforce",
        defaultAction: rest,
        unknown,
        private: priv,
      } as const,
    },
  });
  const refused = (state: NetworkState) =>
    rows
      .filter(([, client]) => visit(state, client).network.verdict === "refuse")
      .map(([name]) => name);

  // attack row 7: unknown and private are explicit choices of their own, whatever the default is
  it("of unknown location and private addresses are their own choices", () => {
    const located = ["US", "DE", "HK", "US6", "DE6"];
    expect(refused(exampleState(only("allow", "allow", "deny")))).toEqual(located);
    expect(refused(exampleState(only("deny", "allow", "allow")))).toEqual(["unknown", "unknown6"]);
    expect(refused(exampleState(only("allow", "deny", "allow")))).toEqual(["private", "private6"]);
  });

  it("let each code be allowed or denied against the default", () => {
    const countries = { US: "deny", HK: "allow" } as const;
    const country = { ...COUNTRY, mode: "enforce", countries } as const;
    expect(refused(exampleState({ platform: { country } }))).toEqual(["US", "US6"]);
    const strict = { ...country, defaultAction: "deny" } as const;
    expect(refused(exampleState({ platform: { country: strict } }))).toEqual([
      "US",
      "DE",
      "US6",
      "DE6",
    ]);
  });
});
