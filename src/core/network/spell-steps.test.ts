// Checks that spelled steps carry the facts they saw: entry, ban, counter, country, limit.
import { describe, expect, it } from "vitest";
import {
  accountPolicy,
  exampleState,
  list,
  NOW_MS,
  platformPolicy,
  putExampleBan,
  visit,
  visitTimes,
} from "../../../test/network/example-network.ts";
import type { Visit } from "../../../test/network/example-network.ts";
import type { NetworkState } from "./network-state.ts";
import { spellSteps } from "./spell-steps.ts";

const CLIENT = "8.8.8.8";

function spell(state: NetworkState, how: Visit = {}, times = 1) {
  const outcome = visitTimes(state, CLIENT, { ...how, times });
  const account = how.account === "acme" ? state.accounts.get("acme")!.compiled : null;
  return spellSteps(outcome.network, { facts: outcome.facts, policy: state.policy, account });
}

describe("spelled steps", () => {
  it("name the entry that matched, on either layer", () => {
    const state = exampleState({ acme: {} });
    list(state, "acme", { text: "deny 8.8.8.0/24", id: 12 });
    expect(spell(state, { account: "acme" }).at(-1)).toEqual({
      step: "on-deny-list",
      layer: "account",
      result: "matched",
      detail: { mode: "enforce", entryId: 12 },
    });
    list(state, "platform", { text: "deny 8.0.0.0/8", id: 3 });
    expect(spell(state).at(-1)).toMatchObject({ layer: "platform", detail: { entryId: 3 } });
  });

  it("name the ban and its end", () => {
    const state = exampleState({ acme: {} });
    const ends = { endsAtMs: NOW_MS + 5000, owner: "acme", surface: "audio" } as const;
    putExampleBan(state, CLIENT, { id: 8, ...ends });
    expect(spell(state, { account: "acme", surface: "audio" }).at(-1)).toMatchObject({
      step: "banned",
      layer: "account",
      detail: { banId: 8, endsAtMs: NOW_MS + 5000 },
    });
  });

  it("show the count beside the limit", () => {
    const steps = spell(exampleState(), { surface: "webchat" }, 101);
    expect(steps.at(-1)).toMatchObject({
      step: "over-webchat-limit",
      result: "matched",
      detail: { mode: "enforce", count: 101, requestsMax: 100, windowSeconds: 60 },
    });
    expect(steps.find(({ step }) => step === "over-hard-limit")?.detail).toEqual({
      count: 101,
      requestsMax: 600,
      windowSeconds: 60,
    });
  });

  it("show the rate limit of the layer that was asked", () => {
    const standing = accountPolicy()["rate-limits"];
    const audio = { ...standing.audio, mode: "monitor", requestMaxCount: 2 } as const;
    const state = exampleState({ acme: { "rate-limits": { ...standing, audio } } });
    expect(spell(state, { account: "acme", surface: "audio" }, 3).at(-1)).toEqual({
      step: "over-rate-limit",
      layer: "account",
      result: "monitored",
      detail: {
        mode: "monitor",
        surface: "audio",
        count: 3,
        requestMaxCount: 2,
        requestMaxSeconds: 60,
        requestBanExpirySeconds: 3600,
      },
    });
  });

  it("show the country and what the policy says of it", () => {
    const standing = platformPolicy().country;
    const country = { ...standing, mode: "enforce", countries: { US: "deny" } } as const;
    const step = spell(exampleState({ platform: { country } })).at(-1);
    expect(step?.detail).toEqual({ mode: "enforce", country: "US", action: "deny" });
  });

  it("end with the step that decided and hold none after it", () => {
    const state = exampleState({ acme: {} });
    putExampleBan(state, CLIENT, { id: 8, endsAtMs: NOW_MS + 5000 });
    const names = spell(state, { account: "acme" }).map(({ step }) => step);
    expect(names).toEqual(["on-allow-list", "on-deny-list", "on-subscribed-list", "banned"]);
  });

  it("of an allowed address over the hard limit are the two that were looked at", () => {
    const state = exampleState();
    list(state, "platform", { text: "allow 8.8.8.8", id: 1 });
    visitTimes(state, CLIENT, { times: 600 });
    const { network, facts } = visit(state, CLIENT);
    const steps = spellSteps(network, { facts, policy: state.policy, account: null });
    expect(steps.map(({ step, result }) => [step, result])).toEqual([
      ["on-allow-list", "matched"],
      ["over-hard-limit", "matched"],
    ]);
  });
});
