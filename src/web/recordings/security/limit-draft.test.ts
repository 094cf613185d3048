// Holds what is accepted of the rate limits as they are typed, and what they are said to do.
import { describe, expect, it } from "vitest";
import { ACCOUNT_POLICY_DEFAULT } from "../../../core/network/network-policy.ts";
import {
  describeLimit,
  describeLimitChanges,
  limitFaults,
  readLimitDraft,
  toLimitDraft,
} from "./limit-draft.ts";
import type { LimitDraft } from "./limit-draft.ts";

const SAVED = {
  ...ACCOUNT_POLICY_DEFAULT["rate-limits"],
  portal: { ...ACCOUNT_POLICY_DEFAULT["rate-limits"].portal, mode: "monitor" },
} as const;

const draftOf = (given: Partial<LimitDraft> = {}): LimitDraft => ({
  ...toLimitDraft(SAVED),
  ...given,
});

describe("the limits", () => {
  it("of what is saved read as what is saved, with those of portal and API", () => {
    expect(readLimitDraft(draftOf(), SAVED)).toEqual(SAVED);
    const read = readLimitDraft(draftOf({ countText: " 20 " }), SAVED);
    expect(read).toEqual({ ...SAVED, audio: { ...SAVED.audio, requestMaxCount: 20 } });
  });

  it("looser than the hard limit are told in the server's words", () => {
    const draft = draftOf({ countText: "601" });
    expect(limitFaults(draft, SAVED)).toEqual({
      count:
        "The platform's hard limit is 600 requests in 60 seconds (10 a second). In 60 seconds at " +
        "most 600 requests may be allowed; 601 would never bind.",
    });
    expect(readLimitDraft(draft, SAVED)).toBeNull();
    expect(limitFaults(draftOf({ countText: "600" }), SAVED)).toEqual({});
    expect(limitFaults(draftOf({ secondsText: "4" }), SAVED).count).toContain("at most 40");
  });

  it.each([
    ["countText", "0", "count", "A whole number from 1 to 60000."],
    ["secondsText", "", "seconds", "A whole number from 1 to 86400."],
    ["expiryText", "3.5", "expiry", "A whole number from 1 to 31536000."],
  ] as const)("with %s %j have a fault of %s", (member, text, name, message) => {
    const draft = draftOf({ [member]: text });
    expect(limitFaults(draft, SAVED)).toEqual({ [name]: message });
    expect(readLimitDraft(draft, SAVED)).toBeNull();
  });

  it("are held to the hard limit while they are off too, as the server does", () => {
    expect(readLimitDraft(draftOf({ mode: "off", countText: "6000" }), SAVED)).toBeNull();
  });
});

it.each([
  [{}, "The 51st recording that one address plays within 1 minute bans it from recordings of"],
  [{}, "for 1 hour. It is told “429 Too Many Requests”."],
  [{ countText: "1" }, "The 2nd recording"],
  [{ countText: "10" }, "The 11th recording"],
  [{ countText: "110", secondsText: "90" }, "The 111th recording that one address plays within 1 "],
  [{ secondsText: "90" }, "within 1 minute 30 seconds"],
  [{ expiryText: "172800" }, "for 2 days"],
  [{ mode: "monitor" }, "is recorded as over the limit; nobody is refused."],
  [{ mode: "off" }, "Plays of one address are not counted."],
] as const)("%j is said as: %s", (given, words) => {
  const read = readLimitDraft(draftOf(given), SAVED);
  expect(describeLimit(read!)).toContain(words);
});

it("changes are told by the guide's names", () => {
  const to = {
    ...SAVED,
    audio: { ...SAVED.audio, mode: "off", requestBanExpirySeconds: 60 },
  } as const;
  expect(describeLimitChanges(SAVED, to)).toEqual([
    { title: "Mode", from: "enforce", to: "off" },
    { title: "Request Ban Expiry", from: "3600", to: "60" },
  ]);
  expect(describeLimitChanges(SAVED, SAVED)).toEqual([]);
});
