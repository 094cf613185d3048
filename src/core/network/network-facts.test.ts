// Checks that a decision names the entry or ban that made it, and no other that was found.
import { describe, expect, it } from "vitest";
import {
  exampleState,
  list,
  NOW_MS,
  putExampleBan,
  visit,
} from "../../../test/network/example-network.ts";
import { ruleIdOf } from "./network-facts.ts";
import { firstMonitored, STEP } from "./network-steps.ts";

const CLIENT = "8.8.8.8";

describe("the rule behind a decision", () => {
  it("is the account's entry where the platform's is only monitored", () => {
    const state = exampleState({ platform: { "address-lists": { mode: "monitor" } }, acme: {} });
    list(state, "platform", { text: "deny 8.8.8.8", id: 5 });
    list(state, "acme", { text: "deny 8.8.8.8", id: 6 });
    const { network, facts } = visit(state, CLIENT, { account: "acme" });
    expect(ruleIdOf(facts, network.step)).toBe(6);
    expect(ruleIdOf(facts, firstMonitored(network.stepBits))).toBe(5);
  });

  it("is the ban, not the monitored entry beside it", () => {
    const state = exampleState({ platform: { "address-lists": { mode: "monitor" } } });
    list(state, "platform", { text: "deny 8.8.8.8", id: 5 });
    putExampleBan(state, CLIENT, { id: 7, endsAtMs: NOW_MS + 1 });
    const { network, facts } = visit(state, CLIENT);
    expect(ruleIdOf(facts, network.step)).toBe(7);
  });

  it("is none for steps about neither, and where nothing decided", () => {
    const { facts } = visit(exampleState(), CLIENT);
    for (const step of [...Object.values(STEP), -1]) expect(ruleIdOf(facts, step)).toBe(0);
  });
});
