// Steps of decisions in words, those whose details are not told among them.
import { describe, expect, it } from "vitest";
import { NETWORK_STEPS } from "../../core/network/network-steps.ts";
import { describeStep } from "./step-words.ts";
import type { ShownStep } from "./step-words.ts";

const ENDS_AT_MS = Date.UTC(2027, 2, 4, 9, 30);

describe("a step in words", () => {
  it.for([
    [
      { step: "on-allow-list", result: "matched", detail: { entry: "10.0.0.0/8", note: "office" } },
      ["Allow list", "The allow entry 10.0.0.0/8 (“office”) covers the address.", "good"],
    ],
    [
      { step: "on-deny-list", result: "monitored", detail: { entry: "10.0.0.0/8" } },
      [
        "Deny list",
        "The deny entry 10.0.0.0/8 covers the address. The rule is on monitor and refuses nobody.",
        "warn",
      ],
    ],
    [
      { step: "on-deny-list", result: "not-applicable", detail: { mode: "off" } },
      ["Deny list", "The address lists are off.", "quiet"],
    ],
    [
      {
        step: "over-rate-limit",
        result: "matched",
        detail: { surface: "audio", count: 51, requestMaxCount: 50, requestMaxSeconds: 60 },
      },
      ["Rate limit: Audio", "51 of 50 requests that are accepted within 60 seconds.", "bad"],
    ],
    [
      {
        step: "over-rate-limit",
        result: "matched",
        detail: { surface: "audio", count: 2, requestMaxCount: 1, requestMaxSeconds: 1 },
      },
      ["Rate limit: Audio", "2 of 1 request that is accepted within 1 second.", "bad"],
    ],
    [
      { step: "country-denied", result: "matched", detail: { country: "JP", action: "deny" } },
      ["Allowed countries", "Japan is not allowed.", "bad"],
    ],
    [
      { step: "country-denied", result: "not-matched", detail: { country: "unknown" } },
      ["Allowed countries", "Unknown location is allowed.", "quiet"],
    ],
    [
      { step: "over-webchat-limit", result: "not-applicable", detail: { mode: "enforce" } },
      ["Web chat requests", "Holds for web chat only.", "quiet"],
    ],
    [
      { step: "request-malformed", result: "matched", detail: { why: "header-repeated" } },
      [
        "Request not readable",
        "The proxy's description of the request is missing, doubled or malformed. " +
          "(header repeated)",
        "bad",
      ],
    ],
    [
      { step: "number-not-granted", result: "not-applicable" },
      ["Number not granted", "It was not asked here.", "quiet"],
    ],
  ] as const)("%j", ([given, [title, words, tone]]) => {
    expect(describeStep({ layer: "account", ...given })).toMatchObject({ title, words, tone });
  });

  it("says until when a ban holds", () => {
    const detail = { banId: 7, endsAtMs: ENDS_AT_MS };
    const step = { step: "banned", layer: "platform", result: "matched", detail };
    expect(describeStep(step).words).toMatch(/^Under a ban until .*\d\d:\d\d:\d\d\.$/);
  });

  it("says of a platform's step without details what it came to, and nothing else", () => {
    for (const { step } of NETWORK_STEPS) {
      const words = (result: ShownStep["result"]): string =>
        describeStep({ step, layer: "platform", result }).words;
      expect(words("matched")).toBe("A rule of the platform; operators know its details.");
      expect(words("monitored")).toBe("A rule of the platform; operators know its details.");
      expect(words("not-matched")).toMatch(
        /^(No .* covers the address|Under (no ban|the limit)|The country is allowed)\.$/,
      );
      expect(words("not-applicable")).toBe("");
    }
  });
});
