// Words for the rules of the second factor: what differs, and when trust ends.
import { describe, expect, it } from "vitest";
import { FACTOR_FREQUENCIES } from "../../../core/identity/identity-policy.ts";
import { describeTwoFactorChanges, endsTrust, FREQUENCY_WORDS } from "./two-factor-words.ts";

const EVERY = { frequency: "every-login", required: { enabled: false } } as const;
const SKIP = { ...EVERY, frequency: "14-days-skip" } as const;

describe("the rules of the second factor in words", () => {
  it("have words for every choice, in the guide's order", () => {
    expect(FREQUENCY_WORDS.map(({ frequency }) => frequency)).toEqual(FACTOR_FREQUENCIES);
    expect(FREQUENCY_WORDS.map(({ label }) => label)).toEqual(["Every login", "14 days skip"]);
  });

  it("say what differs", () => {
    expect(describeTwoFactorChanges(EVERY, EVERY)).toEqual([]);
    expect(describeTwoFactorChanges(EVERY, { ...SKIP, required: { enabled: true } })).toEqual([
      { title: "Frequency", from: "every login", to: "14 days skip" },
      { title: "Require two-factor authentication", from: "off", to: "on" },
    ]);
  });

  it.each([
    [SKIP, EVERY, true],
    [EVERY, SKIP, false],
    [EVERY, EVERY, false],
    [SKIP, SKIP, false],
  ])("tell when saving ends trust: %#", (from, to, isEnded) => {
    expect(endsTrust(from, to)).toBe(isEnded);
  });
});
