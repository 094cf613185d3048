// Checks when a trusted browser skips the second factor: fourteen days, by the rule, never longer.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyTwoFactorRules, DAY_MS, NOW_MS } from "../../../test/identity/example-identity.ts";
import { isBrowserTrusted, trustEndsAtMs } from "./trusted-browser.ts";

const SKIP = { frequency: "14-days-skip", required: { enabled: false } } as const;
const EVERY = { ...SKIP, frequency: "every-login" } as const;

describe("a trusted browser", () => {
  it.each([
    ["trusted now", NOW_MS, SKIP, true],
    ["a millisecond before the end", NOW_MS + 14 * DAY_MS - 1, SKIP, true],
    ["at the end", NOW_MS + 14 * DAY_MS, SKIP, false],
    ["where every login asks", NOW_MS, EVERY, false],
  ] as const)("%s", (_, nowMs, rules, isTrusted) => {
    const trust = { expiresAtMs: trustEndsAtMs(NOW_MS) };
    expect(isBrowserTrusted(trust, rules, nowMs)).toBe(isTrusted);
  });

  it("is none that was never trusted, under any rule", () => {
    fc.assert(
      fc.property(anyTwoFactorRules, (rules) => {
        expect(isBrowserTrusted(null, rules, NOW_MS)).toBe(false);
        expect(isBrowserTrusted({ expiresAtMs: NOW_MS }, rules, NOW_MS)).toBe(false);
      }),
    );
  });
});
