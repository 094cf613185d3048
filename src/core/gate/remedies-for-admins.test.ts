// Checks what admins are told of a refusal: all of their own rules, of the platform's the outcome.
import { describe, expect, it } from "vitest";
import type { Step } from "../decision.ts";
import { remediesForAdmins } from "./remedies-for-admins.ts";
import { stepsForAdmins } from "./steps-for-admins.ts";

const PLATFORM: Step = {
  step: "on-deny-list",
  layer: "platform",
  result: "matched",
  detail: { mode: "enforce", entryId: 7, entry: "198.51.100.0/24", note: "asked by another" },
};
const PASSED: Step = { ...PLATFORM, result: "not-matched", detail: { mode: "enforce" } };
const OWN: Step = {
  step: "banned",
  layer: "account",
  result: "matched",
  detail: { banId: 3, endsAtMs: 9 },
};

describe("what admins are told", () => {
  it("is nothing of the platform's rules but their names and results", () => {
    expect(stepsForAdmins([PLATFORM, OWN])).toEqual([
      { step: "on-deny-list", layer: "platform", result: "matched" },
      OWN,
    ]);
  });

  it("is to ask an operator where the platform's rules refuse, and else what they can do", () => {
    const own = [{ code: "release-ban", banId: 3, endsAtMs: 9 }] as const;
    expect(remediesForAdmins([{ code: "remove-entry", entryId: 7 }], [PLATFORM])).toEqual([
      { code: "ask-operator" },
    ]);
    expect(remediesForAdmins(own, [PASSED, OWN])).toEqual(own);
    expect(remediesForAdmins([], [PLATFORM])).toEqual([]);
  });
});
