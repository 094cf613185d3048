// The numbers beside rules are of those rules, not of what another layer refused.
import { describe, expect, it } from "vitest";
import { countRequests, countRows } from "./rule-evidence.ts";

const REASONS = [
  { reason: "on-deny-list", verdict: "refuse", requests: 16, byAccounts: 0 },
  { reason: "country-denied", verdict: "refuse", requests: 1, byAccounts: 0 },
  { reason: "country-denied", verdict: "monitor", requests: 3, byAccounts: 2 },
  { reason: "over-rate-limit", verdict: "refuse", requests: 41, byAccounts: 41 },
  { reason: "over-hard-limit", verdict: "refuse", requests: 5, byAccounts: 0 },
] as const;
const BANS_MADE = [{ cause: "rate-limit", bans: 41, byAccounts: 41 }];
const EVIDENCE = { reasons: [...REASONS], bansMade: BANS_MADE };

const NOTHING = { refused: 0, monitored: 0, bans: 0 };

describe("what a rule did", () => {
  it.each([
    ["of an account on monitor, refuses nobody", "country-denied", "acme", [0, 2, 0, true]],
    ["of the platform, is what is left", "country-denied", null, [1, 1, 0, true]],
    ["of the platform is not what accounts' limits do", "over-rate-limit", null, [0, 0, 0, true]],
    ["of an account is its own", "over-rate-limit", "acme", [41, 0, 41, false]],
  ] as const)("%s", (_what, reason, account, [refused, monitored, bans, hasOthers]) => {
    const row = { label: "It", reason, cause: "rate-limit" };
    const cause = reason === "over-rate-limit" ? row : { label: "It", reason };
    const counted = { refused, monitored, bans, hasOthers };
    expect(countRows([cause], EVIDENCE, account)).toEqual([{ ...cause, ...counted }]);
  });

  it("is counted of both layers, or of another than the page's, where the row says so", () => {
    const hard = { label: "Hard limit", reason: "over-hard-limit", layer: "platform" } as const;
    const any = { label: "Country", reason: "country-denied", layer: "any" } as const;
    expect(countRows([hard, any], EVIDENCE, "acme")).toEqual([
      { ...hard, ...NOTHING, refused: 5, hasOthers: false },
      { ...any, refused: 1, monitored: 3, bans: 0, hasOthers: false },
    ]);
  });

  it("is nothing for a list without entries, whatever the platform's refused", () => {
    const wanted = { reason: "on-deny-list", verdict: "refuse" } as const;
    expect(countRequests(EVIDENCE.reasons, wanted, "account")).toBe(0);
    expect(countRequests(EVIDENCE.reasons, wanted, "platform")).toBe(16);
  });
});
