// Holds what is accepted of the rate limits as they are typed, and what they are said to do.
import { describe, expect, it } from "vitest";
import { ACCOUNT_POLICY_DEFAULT } from "../../core/network/network-policy.ts";
import { describeLimitChanges, limitFaults, readLimitDraft, toLimitDraft } from "./limit-draft.ts";
import type { LimitDraft } from "./limit-draft.ts";
import { describeHardLimitBind, describeLimit } from "./limit-words.ts";
import {
  describeRateLimitsChanges,
  readRateLimitsDraft,
  toRateLimitsDraft,
} from "./rate-limits-draft.ts";

const RULES = ACCOUNT_POLICY_DEFAULT["rate-limits"];
const SAVED = RULES.audio;

const draftOf = (given: Partial<LimitDraft> = {}): LimitDraft => ({
  ...toLimitDraft(SAVED),
  ...given,
});

describe("a limit", () => {
  it("that is saved reads as what is saved", () => {
    expect(readLimitDraft(draftOf())).toEqual(SAVED);
    const read = readLimitDraft(draftOf({ countText: " 20 " }));
    expect(read).toEqual({ ...SAVED, requestMaxCount: 20 });
  });

  it("looser than the hard limit is told in the server's words", () => {
    const draft = draftOf({ countText: "601" });
    expect(limitFaults(draft)).toEqual({
      count:
        "The platform's hard limit is 600 requests in 60 seconds (10 a second). In 60 seconds at " +
        "most 600 requests may be allowed; 601 would never bind.",
    });
    expect(readLimitDraft(draft)).toBeNull();
    expect(limitFaults(draftOf({ countText: "600" }))).toEqual({});
    expect(limitFaults(draftOf({ secondsText: "4" })).count).toContain("at most 40");
  });

  it.each([
    ["countText", "0", "count", "A whole number from 1 to 60000."],
    ["secondsText", "", "seconds", "A whole number from 1 to 86400."],
    ["expiryText", "3.5", "expiry", "A whole number from 1 to 31536000."],
  ] as const)("with %s %j has a fault of %s", (member, text, name, message) => {
    const draft = draftOf({ [member]: text });
    expect(limitFaults(draft)).toEqual({ [name]: message });
    expect(readLimitDraft(draft)).toBeNull();
  });

  it("is held to the hard limit while it is off too, as the server does", () => {
    expect(readLimitDraft(draftOf({ mode: "off", countText: "6000" }))).toBeNull();
  });
});

it.each([
  [{}, "The 51st recording that one address plays within 1 minute bans it from recordings of"],
  [{}, "of this account for 1 hour. It is told “429 Too Many Requests”."],
  [{ countText: "1" }, "The 2nd recording"],
  [{ countText: "10" }, "The 11th recording"],
  [{ countText: "110", secondsText: "90" }, "The 111th recording that one address plays within 1 "],
  [{ secondsText: "90" }, "within 1 minute 30 seconds"],
  [{ expiryText: "172800" }, "for 2 days"],
  [{ expiryText: "100000" }, "for 1 day 3 hours 46 minutes 40 seconds"],
  [{ mode: "monitor" }, "is recorded as over the limit; nobody is refused."],
  [{ mode: "off" }, "Plays of one address are not counted."],
] as const)("%j is said as: %s", (given, words) => {
  expect(describeLimit("audio", readLimitDraft(draftOf(given))!, "acme")).toContain(words);
});

it("the platform's limits name no account, and each surface its own place", () => {
  const limit = readLimitDraft(draftOf())!;
  expect(describeLimit("audio", limit, null)).toContain("bans it from recordings for 1 hour.");
  expect(describeLimit("api", limit, null)).toContain("makes to the API within 1 minute bans it ");
  expect(describeLimit("portal", limit, "acme")).toContain("bans it from the portal of this acc");
});

it.each([
  [{ countText: "599" }, null],
  [{ countText: "600" }, "as loose as the hard limit"],
  [{ countText: "600", secondsText: "600" }, "more than 600 of them in 60 seconds goes over the"],
  [{ countText: "600", mode: "off" }, null],
] as const)("%j against the hard limit: %s", (given, words) => {
  const told = describeHardLimitBind(readLimitDraft(draftOf(given))!);
  expect(words === null ? told : told?.includes(words)).toBe(words === null ? null : true);
});

it("changes are told by the guide's names", () => {
  const to = { ...SAVED, mode: "off", requestBanExpirySeconds: 60 } as const;
  expect(describeLimitChanges(SAVED, to)).toEqual([
    { title: "Mode", from: "Enforce", to: "Off" },
    { title: "Request Ban Expiry", from: "3600", to: "60" },
  ]);
  expect(describeLimitChanges(SAVED, SAVED)).toEqual([]);
});

describe("the limits of all surfaces", () => {
  const PLATFORM = { "rate-limits": RULES, "hard-limit": { exemptAllowEntries: false } };

  it("are read whole or not at all, and an account has no hard limit to set", () => {
    const draft = toRateLimitsDraft(PLATFORM);
    expect(readRateLimitsDraft(draft)).toEqual(PLATFORM);
    const limits = { ...draft.limits, api: { ...draft.limits.api, countText: "none" } };
    expect(readRateLimitsDraft({ ...draft, limits })).toBeNull();
    const account = { "rate-limits": RULES };
    expect(readRateLimitsDraft(toRateLimitsDraft(account))).toEqual(account);
  });

  it("tell each change with its surface", () => {
    const portal = { ...RULES.portal, mode: "monitor", requestMaxCount: 80 } as const;
    const after = {
      "rate-limits": { ...RULES, portal },
      "hard-limit": { exemptAllowEntries: true },
    };
    expect(describeRateLimitsChanges(PLATFORM, after)).toEqual([
      { title: "Portal, Mode", from: "Off", to: "Monitor" },
      { title: "Portal, Request Max Count", from: "50", to: "80" },
      { title: "Allow entries are exempt from the hard limit", from: "off", to: "on" },
    ]);
  });
});
