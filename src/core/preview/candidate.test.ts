// Checks that a candidate decides by the change, and that the state it is made of stays as it is.
import { describe, expect, it } from "vitest";
import {
  addressOf,
  exampleState,
  list,
  NOW_MS,
  platformPolicy,
  rangeOf,
  visit,
} from "../../../test/network/example-network.ts";
import { findCovering, entryCount } from "../network/address-set.ts";
import { createCandidate, isProposedEntry } from "./candidate.ts";
import type { CandidateChange } from "./candidate.ts";

const PEEK = { counting: "peek" } as const;

function denial(range: string, more: Partial<Extract<CandidateChange, { remove: unknown }>> = {}) {
  const add = [{ range: rangeOf(range), action: "deny", expiresAtMs: null }] as const;
  return { kind: "address-list", add, remove: [], ...more } as const;
}

describe("a candidate", () => {
  it("has entries that nobody saved, and the state has none of them", () => {
    const state = exampleState({ acme: {} });
    list(state, "platform", { text: "deny 8.8.8.8", id: 5 });
    const removed = { remove: [{ id: 5, range: rangeOf("8.8.8.8") }] };
    const changes = [denial("5.1.2.0/24", removed), denial("10.0.0.0/8", { account: "acme" })];
    const candidate = createCandidate(state, changes);
    expect(visit(candidate, "5.1.2.3", PEEK).network.reason).toBe("on-deny-list");
    expect(visit(candidate, "8.8.8.8", PEEK).network.verdict).toBe("pass");
    expect(visit(candidate, "10.1.2.3", PEEK).network.verdict).toBe("pass");
    const ofAcme = visit(candidate, "10.1.2.3", { ...PEEK, account: "acme" });
    expect(ofAcme.network.reason).toBe("on-deny-list");
    expect(isProposedEntry(ofAcme.facts.accountDenyEntryId)).toBe(true);
    expect(isProposedEntry(5)).toBe(false);

    expect(entryCount(state.platform.deny)).toBe(1);
    expect(findCovering(state.platform.deny, addressOf("8.8.8.8"), NOW_MS)).toBe(5);
    expect(visit(state, "5.1.2.3", PEEK).network.verdict).toBe("pass");
    expect(visit(state, "10.1.2.3", { ...PEEK, account: "acme" }).network.verdict).toBe("pass");
  });

  it("shares the rows of a list that was built", () => {
    const state = exampleState();
    const candidate = createCandidate(state, [denial("5.1.2.0/24")]);
    expect(candidate.platform.deny.base4.cells).toBe(state.platform.deny.base4.cells);
    expect(candidate.platform.deny.overlay4.cells).not.toBe(state.platform.deny.overlay4.cells);
    expect(createCandidate(state, []).platform.deny).toBe(state.platform.deny);
  });

  it("goes by limits that the state does not have, on what the state has counted", () => {
    const state = exampleState({ acme: {} });
    const limit = { mode: "enforce", requestMaxCount: 2, requestMaxSeconds: 60 } as const;
    const { audio, api } = platformPolicy()["rate-limits"];
    const value = { audio, api, portal: { ...limit, requestBanExpirySeconds: 60 } };
    const sections = [{ section: "rate-limits", value }] as const;
    const how = { ...PEEK, account: "acme" } as const;
    const change = { kind: "network-policy", account: "acme", sections } as const;
    const candidate = createCandidate(state, [change]);
    expect(visit(candidate, "8.8.8.8", how).facts.accountRateCount).toBe(1);
    expect(visit(state, "8.8.8.8", how).facts.accountRateCount).toBe(0);
    expect(createCandidate(state, [{ ...change, account: "gone" }]).accounts).toEqual(
      state.accounts,
    );
  });

  it("looks IPv6 bans up by the prefix it would make them with", () => {
    const state = exampleState();
    const ban = { ...platformPolicy().ban, ipv6PrefixLength: 56 };
    const sections = [{ section: "ban", value: ban }] as const;
    const candidate = createCandidate(state, [{ kind: "network-policy", sections }]);
    expect(candidate.ipv6BanPrefixes).toEqual([64, 56]);
    expect(state.ipv6BanPrefixes).toEqual([64]);
  });
});
