// Checks failed authentications: what counts, when the address is banned, what never is.
import { describe, expect, it } from "vitest";
import {
  addressOf,
  exampleState,
  list,
  NOW_MS,
  platformPolicy,
  putExampleBan,
  surfaceIndex,
  visit,
} from "../../../test/network/example-network.ts";
import type { Example } from "../../../test/network/example-network.ts";
import { decideOffence, OFFENCE_KINDS } from "./decide-offence.ts";
import type { OffenceKind } from "./decide-offence.ts";
import type { NetworkState } from "./network-state.ts";

const CLIENT = "8.8.8.8";
const RULE = platformPolicy()["failed-authentication"];

type Offending = {
  readonly client?: string;
  readonly kind?: OffenceKind;
  readonly attempt?: number | null;
  readonly nowMs?: number;
};

function offend(state: NetworkState, how: Offending = {}) {
  const attempt = how.attempt ?? null;
  const offence = {
    address: addressOf(how.client ?? CLIENT),
    kind: how.kind ?? "password",
    surface: surfaceIndex("sign-in"),
    fingerprint: attempt === null ? null : { high: 1, low: attempt },
  } as const;
  return decideOffence(state, offence, how.nowMs ?? NOW_MS);
}

function offendTimes(state: NetworkState, times: number, how: Offending = {}) {
  for (let index = 1; index < times; index += 1) offend(state, how);
  return offend(state, how);
}

function withRule(change: object): Example {
  return { platform: { "failed-authentication": { ...RULE, ...change } } };
}

describe("failed authentications", () => {
  // attack row 42: more than N, so the tenth is free and the eleventh bans
  it("ban the address with the eleventh inside ten minutes", () => {
    const state = exampleState();
    expect(offendTimes(state, 10)).toMatchObject({ count: 10, change: null });
    expect(offend(state, { nowMs: NOW_MS + 599_999 })).toEqual({
      notCounted: null,
      count: 11,
      wouldBan: false,
      change: {
        kind: "ban",
        cause: "failed-authentication",
        layer: "platform",
        holds: "everywhere",
        endsAtMs: NOW_MS + 599_999 + 1_800_000,
      },
    });
  });

  it("slide out of the window", () => {
    const state = exampleState();
    offendTimes(state, 10);
    expect(offend(state, { nowMs: NOW_MS + 600_000 })).toMatchObject({ count: 1, change: null });
  });

  // attack row 54: every kind feeds the same count
  it("of every kind feed one count", () => {
    const state = exampleState(withRule({ offencesMax: OFFENCE_KINDS.length - 1 }));
    const last = OFFENCE_KINDS.map((kind) => offend(state, { kind })).at(-1);
    expect(last?.change).toMatchObject({ kind: "ban" });
  });

  // attack row 53
  it("are not forgotten because a request succeeds", () => {
    const state = exampleState();
    offendTimes(state, 10);
    expect(visit(state, CLIENT).network.verdict).toBe("pass");
    expect(offend(state).change).toMatchObject({ kind: "ban" });
  });

  it("count the same attempt once", () => {
    const state = exampleState();
    expect(offend(state, { attempt: 5 })).toMatchObject({ notCounted: null, count: 1 });
    const again = offendTimes(state, 20, { attempt: 5 });
    expect(again).toEqual({ notCounted: "repeated", count: 0, change: null, wouldBan: false });
    expect(offend(state, { attempt: 6 })).toMatchObject({ count: 2 });
    expect(offend(state, { attempt: 5, nowMs: NOW_MS + 600_000 })).toMatchObject({ count: 1 });
  });

  it("count the same attempt for each address", () => {
    const state = exampleState();
    offend(state, { attempt: 5 });
    expect(offend(state, { attempt: 5, client: "8.8.4.4" })).toMatchObject({ count: 1 });
  });

  // attack row 47
  it("count an IPv6 client by its /64", () => {
    const state = exampleState(withRule({ offencesMax: 1 }));
    offend(state, { client: "2600::1" });
    expect(offend(state, { client: "2600::2" }).change).toMatchObject({ kind: "ban" });
    expect(offend(state, { client: "2600:0:0:1::1" })).toMatchObject({ count: 1 });
  });

  // attack row 48
  it("count an IPv4 client and its mapped form as one", () => {
    const state = exampleState(withRule({ offencesMax: 1 }));
    offend(state);
    expect(offend(state, { client: "::ffff:8.8.8.8" }).change).toMatchObject({ kind: "ban" });
    expect(offend(state, { client: "::ffff:8.8.8.9" })).toMatchObject({ count: 1 });
  });
});

describe("nobody is banned", () => {
  it("while the rule is off", () => {
    const state = exampleState(withRule({ mode: "off" }));
    expect(offendTimes(state, 30)).toMatchObject({ notCounted: "rule-off", change: null });
  });

  it("while it is monitored, which says who would be", () => {
    const state = exampleState(withRule({ mode: "monitor" }));
    expect(offendTimes(state, 10)).toMatchObject({ wouldBan: false });
    expect(offend(state)).toMatchObject({ count: 11, change: null, wouldBan: true });
  });

  // attack row 56
  it("on an allow entry", () => {
    const state = exampleState();
    list(state, "platform", { text: "allow 8.8.8.0/24", id: 1 });
    expect(offendTimes(state, 30)).toMatchObject({ notCounted: "on-allow-list", change: null });
  });

  // attack row 19
  it("who is protected; an alarm is raised", () => {
    const state = exampleState({ protected: [CLIENT] });
    const { change } = offendTimes(state, 11);
    expect(change).toEqual({ kind: "alarm", cause: "failed-authentication" });
  });

  it.each([
    ["everywhere", {}],
    ["on the surface they came from", { surface: "sign-in" }],
  ] as const)("a second time while a ban holds %s", (_, where) => {
    const state = exampleState();
    putExampleBan(state, CLIENT, { id: 1, endsAtMs: NOW_MS + 1000, ...where });
    expect(offendTimes(state, 50)).toMatchObject({ notCounted: "banned", change: null });
    // What was tried meanwhile does not count when it ends.
    expect(offend(state, { nowMs: NOW_MS + 1000 })).toMatchObject({ count: 1 });
  });

  it("later because of a ban on another surface", () => {
    const state = exampleState();
    putExampleBan(state, CLIENT, { id: 1, endsAtMs: NOW_MS + 1000, surface: "audio" });
    expect(offendTimes(state, 11).change).toMatchObject({ kind: "ban" });
  });
});
