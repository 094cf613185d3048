// Checks what subscribed lists do to a request, beside the platform's own entries and modes.
import { describe, expect, it } from "vitest";
import {
  exampleState,
  list,
  platformPolicy,
  rangeOf,
  stepsOf,
  visit,
  visitTimes,
} from "../../../test/network/example-network.ts";
import type { Example } from "../../../test/network/example-network.ts";
import { addEntry } from "./address-set.ts";
import type { Mode } from "./network-policy.ts";
import type { NetworkState } from "./network-state.ts";
import { nameSubscription, nothingSubscribed } from "./subscribed-lists.ts";

const CLIENT = "8.8.8.8";

/** A state in which subscription 3 is enforced and 4 on monitor, each for one range. */
function subscribed(
  ranges: { readonly enforced?: string; readonly monitored?: string },
  example: Example = {},
): NetworkState {
  const state = exampleState(example);
  const lists = { ...nothingSubscribed(), names: new Map([[3, "bad networks"]]) };
  const { enforced, monitored } = ranges;
  const stays = { expiresAtMs: null };
  if (enforced) addEntry(lists.enforced, { range: rangeOf(enforced), id: 3, ...stays });
  if (monitored) addEntry(lists.monitored, { range: rangeOf(monitored), id: 4, ...stays });
  state.subscribed = lists;
  return state;
}

function listsMode(mode: Mode): Example {
  return { platform: { "address-lists": { mode } } };
}

function stepOf(state: NetworkState, client = CLIENT): string | undefined {
  return stepsOf(state, visit(state, client)).find((step) => step.includes("subscribed"));
}

describe("a subscribed list", () => {
  it("refuses when enforced, behind the platform's own entries and before bans and counts", () => {
    const state = subscribed({ enforced: "8.8.8.0/24" }, { acme: {} });
    const outcome = visitTimes(state, CLIENT, { account: "acme", times: 700 });
    expect(outcome.network).toMatchObject({
      verdict: "refuse",
      reason: "on-subscribed-list",
      status: 403,
      change: null,
    });
    expect(stepsOf(state, outcome)).toEqual([
      "platform on-allow-list not-matched",
      "platform on-deny-list not-matched",
      "platform on-subscribed-list matched",
    ]);
    expect(visit(state, "8.8.9.8").network.reason).toBe("no-rule-matched");
    list(state, "platform", { text: "deny 8.8.8.8", id: 1 });
    expect(visit(state, CLIENT).network.reason).toBe("on-deny-list");
  });

  it("refuses nobody on monitor, and the request is counted", () => {
    const state = subscribed({ monitored: "8.8.8.0/24" });
    expect(stepOf(state)).toBe("platform on-subscribed-list monitored");
    expect(visitTimes(state, CLIENT, { times: 601 }).network.reason).toBe("over-hard-limit");
  });

  it("that is enforced is named before one on monitor, however narrow that is", () => {
    const state = subscribed({ enforced: "8.0.0.0/8", monitored: "8.8.8.8" });
    expect(visit(state, CLIENT).facts).toMatchObject({ subscriptionId: 3 });
    expect(visit(state, CLIENT).network.reason).toBe("on-subscribed-list");
  });

  it("never holds over an allow entry of the platform, but over one of an account", () => {
    const state = subscribed({ enforced: "8.8.8.0/24" }, { acme: {} });
    list(state, "acme", { text: "allow 8.8.8.8", id: 2 });
    expect(visit(state, CLIENT, { account: "acme" }).network.reason).toBe("on-subscribed-list");
    list(state, "platform", { text: "allow 8.8.8.8", id: 1 });
    expect(visit(state, CLIENT, { account: "acme" }).network.reason).toBe("on-allow-list");
  });

  it.each([
    ["enforce", "platform on-subscribed-list matched"],
    ["monitor", "platform on-subscribed-list monitored"],
    ["off", "platform on-subscribed-list not-applicable"],
  ] as const)("does no more than the address lists, which are on %s", (mode, step) => {
    expect(stepOf(subscribed({ enforced: "8.8.8.0/24" }, listsMode(mode)))).toBe(step);
  });

  it("is not applicable where there is none, and not matched where none covers the address", () => {
    expect(stepOf(subscribed({}))).toBe("platform on-subscribed-list not-applicable");
    expect(stepOf(subscribed({ monitored: "9.9.9.9" }))).toBe(
      "platform on-subscribed-list not-matched",
    );
  });

  it.each([
    ["10.1.2.3", "10.0.0.0/8"],
    ["127.0.0.1", "127.0.0.0/8"],
    ["fd00::1", "fc00::/7"],
    ["203.0.113.9", "203.0.113.0/24"],
  ])("of published ranges never refuses %s of our own", (client, enforced) => {
    const state = subscribed({ enforced }, { protected: ["203.0.113.9"] });
    expect(visit(state, client).network.verdict).toBe("pass");
    expect(stepOf(state, client)).toBe("platform on-subscribed-list not-matched");
  });

  it("keeps the families apart", () => {
    const state = subscribed({ enforced: "::/0" });
    expect(visit(state, "2600::1").network.reason).toBe("on-subscribed-list");
    expect(visit(state, CLIENT).network.verdict).toBe("pass");
  });

  it("is named by its step, and by nothing once it is gone", () => {
    const { subscribed: lists } = subscribed({ enforced: "8.8.8.8" });
    const step = { step: "on-subscribed-list", layer: "platform", result: "matched" } as const;
    const of = (subscriptionId: number) => ({ ...step, detail: { subscriptionId } });
    expect(nameSubscription(of(3), lists)?.detail).toEqual({
      subscriptionId: 3,
      subscription: "bad networks",
    });
    expect(nameSubscription(of(9), lists)?.detail?.["subscription"]).toBeNull();
    expect(nameSubscription(step, lists)).toBeNull();
    expect(platformPolicy()["address-lists"].mode).toBe("enforce");
  });
});
