// Holds what is accepted of the anti-hacking rules as they are typed, and what they are said to do.
import { describe, expect, it } from "vitest";
import { PLATFORM_POLICY_DEFAULT } from "../../core/network/network-policy.ts";
import {
  describeAntiHackingChanges,
  readAntiHacking,
  toAntiHackingDraft,
} from "./anti-hacking-draft.ts";
import type { AntiHackingDraft, AntiHackingNumber } from "./anti-hacking-draft.ts";
import {
  describeAuthenticationRule,
  describeEscalation,
  describeWebchatRule,
} from "./anti-hacking-words.ts";

const SAVED = {
  "failed-authentication": PLATFORM_POLICY_DEFAULT["failed-authentication"],
  "webchat-requests": PLATFORM_POLICY_DEFAULT["webchat-requests"],
  ban: PLATFORM_POLICY_DEFAULT.ban,
};
const DRAFT = toAntiHackingDraft(SAVED);

function typed(
  texts: Partial<Record<AntiHackingNumber, string>>,
  given: Partial<AntiHackingDraft> = {},
): AntiHackingDraft {
  return { ...DRAFT, ...given, texts: { ...DRAFT.texts, ...texts } };
}

describe("the anti-hacking rules", () => {
  it("that are saved read as what is saved", () => {
    expect(readAntiHacking(DRAFT, SAVED)).toEqual({ rules: SAVED, faults: {} });
  });

  it.each([
    [{ offencesMax: "0" }, "A whole number from 1 to 10000."],
    [{ offenceWindow: "86401" }, "A whole number from 1 to 86400."],
    [{ requestsMax: "ten" }, "A whole number from 1 to 10000."],
    [{ requestWindow: "" }, "A whole number from 1 to 86400."],
    [{ duration: "59" }, "A whole number from 60 to 31536000."],
    [{ ipv6PrefixLength: "47" }, "A whole number from 48 to 128."],
  ] as const)("with %j are not accepted, and say what is: %s", (texts, message) => {
    const [name] = Object.keys(texts);
    expect(readAntiHacking(typed(texts), SAVED)).toEqual({
      rules: null,
      faults: { [name!]: message },
    });
  });

  it("are held to a longest ban that is no shorter, where bans grow", () => {
    const draft = typed({ duration: "7200", durationMax: "3600" }, { isEscalating: true });
    const { rules, faults } = readAntiHacking(draft, SAVED);
    expect(rules).toBeNull();
    expect(faults.durationMax).toContain("at least the blacklist time interval (7200 seconds)");
    expect(readAntiHacking({ ...draft, isEscalating: false }, SAVED).rules).not.toBeNull();
  });

  it("keep the saved longest ban where it is out of sight and not accepted", () => {
    const { rules } = readAntiHacking(typed({ durationMax: "soon" }), SAVED);
    expect(rules?.ban).toEqual(SAVED.ban);
  });
});

it("each change is told by the guide's names", () => {
  const draft = typed(
    { offencesMax: "5", duration: "3600", durationMax: "86400" },
    { webchatMode: "monitor", isEscalating: true, scope: "surface" },
  );
  const { rules } = readAntiHacking(draft, SAVED);
  expect(describeAntiHackingChanges(SAVED, rules!)).toEqual([
    { title: "Failed authentications accepted", from: "10", to: "5" },
    { title: "Web chat Requests Protection", from: "Enforce", to: "Monitor" },
    { title: "Blacklist time interval", from: "1800 seconds", to: "3600 seconds" },
    { title: "Longer for repeats", from: "off", to: "on" },
    { title: "Longest ban", from: "604800 seconds", to: "86400 seconds" },
    { title: "Where bans hold", from: "Everywhere", to: "Only where it came from" },
  ]);
  expect(describeAntiHackingChanges(SAVED, SAVED)).toEqual([]);
});

describe("the words", () => {
  const { ban } = SAVED;
  const failed = SAVED["failed-authentication"];
  const webchat = SAVED["webchat-requests"];

  it("say whom it bans, for how long and where", () => {
    expect(describeAuthenticationRule(failed, ban)).toBe(
      "The 11th failed authentication from one address within 10 minutes puts the address in the " +
        "blacklist for 30 minutes, everywhere.",
    );
    expect(describeWebchatRule(webchat, { ...ban, scope: "surface" })).toContain(
      "The 101st web chat request from one address within 1 minute puts the address in the " +
        "blacklist for 30 minutes, from web chat only.",
    );
    expect(describeWebchatRule({ ...webchat, mode: "monitor" }, ban)).toContain("nobody is put");
    expect(describeAuthenticationRule({ ...failed, mode: "off" }, ban)).toContain("not counted");
  });

  it.each([
    [1800, 604_800, "30 minutes, then 1 hour, 2 hours, 4 hours, 8 hours, 16 hours, and so on, up"],
    [1800, 5000, "30 minutes, then 1 hour, 1 hour 23 minutes 20 seconds, and no longer."],
    [1800, 1800, "Every ban lasts 30 minutes: that is already the longest."],
  ])("say how a ban of %i grows up to %i: %s", (durationSeconds, durationSecondsMax, words) => {
    const escalation = { enabled: true, durationSecondsMax };
    expect(describeEscalation({ ...ban, durationSeconds, escalation })).toContain(words);
    expect(describeEscalation(ban)).toBeNull();
  });
});
