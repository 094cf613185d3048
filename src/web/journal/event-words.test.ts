// Each kind of event in a line, with words of its own.
import { describe, expect, it } from "vitest";
import { EVENT_KINDS } from "../../api/journal-api.ts";
import type { EventAnswer } from "../../api/journal-api.ts";
import { describeEvent } from "./event-words.ts";

const AT = "2027-03-04T09:30:00.000Z";

function eventOf(given: Partial<EventAnswer>): EventAnswer {
  return {
    id: "a".repeat(20),
    kind: "decision",
    firstAt: AT,
    lastAt: AT,
    count: 1,
    owner: "platform",
    address: null,
    surface: null,
    account: null,
    country: null,
    verdict: null,
    status: null,
    reason: null,
    actor: null,
    userId: null,
    detail: {},
    ...given,
  };
}

const GRACE = "grace@example.com (abcdefghijklmnopqrst)";

describe("an event in a line", () => {
  it.for([
    [
      { verdict: "refuse", reason: "on-deny-list", surface: "sign-in" },
      ["bad", "Refused: on the deny list", "Sign-in"],
    ],
    [
      { verdict: "monitor", reason: "country-denied", surface: "portal" },
      ["warn", "Would be refused: country not allowed", "Portal"],
    ],
    [
      {
        verdict: "refuse",
        reason: "banned",
        surface: "audio",
        detail: { addressesAbout: 1200, network: "10.0.0.0/16" },
      },
      ["bad", "Refused: banned", "Audio · about 1,200 addresses together"],
    ],
    [
      { kind: "ban", reason: "failed-authentication" },
      ["bad", "Address banned", "Failed authentication"],
    ],
    [
      { kind: "ban-changed", reason: "hard-limit", actor: GRACE, detail: { note: "longer" } },
      ["quiet", "Ban changed", "Over the hard limit · longer · by grace@example.com"],
    ],
    [
      { kind: "release", reason: "rate-limit", actor: GRACE },
      ["good", "Ban released", "Over the rate limit · by grace@example.com"],
    ],
    [
      { kind: "change-confirmed", actor: GRACE, detail: { subjects: ["country", "ban"] } },
      [
        "quiet",
        "Change confirmed",
        "Allowed countries, Blacklist time interval · by grace@example.com",
      ],
    ],
    [
      { kind: "policy-changed", reason: "webchat-requests", actor: GRACE },
      ["quiet", "Network rules changed", "Web chat requests protection · by grace@example.com"],
    ],
    [
      { kind: "policy-changed", reason: "ban" },
      ["quiet", "Network rules changed", "Blacklist time interval"],
    ],
    [
      { kind: "identity-policy-changed", reason: "two-factor" },
      ["quiet", "Sign-in rules changed", "2FA authentication"],
    ],
    [
      { kind: "alarm", reason: "change-kept", detail: { meaning: "It cannot go back." } },
      ["warn", "Alarm", "Change kept · It cannot go back."],
    ],
    [
      { kind: "offence", verdict: "monitor", reason: "webchat-requests" },
      ["warn", "Would be banned", "Too many web chat requests"],
    ],
    [
      {
        kind: "entries-changed",
        reason: "deny",
        actor: GRACE,
        detail: { change: "added", range: "10.0.0.0/8", note: "scanners" },
      },
      ["quiet", "Entry added", "10.0.0.0/8 denied · scanners · by grace@example.com"],
    ],
    [
      { kind: "entries-changed", reason: "allow", detail: { change: "imported", added: 1500 } },
      ["quiet", "Entries imported", "1,500 entries allowed"],
    ],
    [
      { kind: "entries-changed", reason: "allow", detail: { change: "imported", added: 1 } },
      ["quiet", "Entries imported", "1 entry allowed"],
    ],
    [
      { verdict: "refuse", reason: "banned", detail: { addressesAbout: 1 } },
      ["bad", "Refused: banned", "about 1 address together"],
    ],
    [
      { kind: "entries-changed", reason: "deny", detail: { change: "removed", count: 1500 } },
      ["quiet", "Entries deleted", "1,500 entries denied"],
    ],
    [
      { kind: "sign-in-refused", reason: "password-wrong", detail: { email: "a@b.example" } },
      ["warn", "Wrong password", "a@b.example"],
    ],
    [
      { kind: "recording-played", detail: { number: "+61255501234" } },
      ["quiet", "Recording played", "+61255501234 · nobody signed in"],
    ],
    [
      { kind: "user-created", actor: GRACE, detail: { email: "a@b.example" } },
      ["quiet", "User added", "a@b.example · by grace@example.com"],
    ],
  ] as const)("%j", ([given, [tone, title, about]]) => {
    expect(describeEvent(eventOf(given))).toEqual({ tone, title, about });
  });

  it("has words of its own for every kind", () => {
    const titles = EVENT_KINDS.map((kind) => describeEvent(eventOf({ kind, actor: GRACE })).title);
    expect(titles).toHaveLength(EVENT_KINDS.length);
    expect(new Set(titles).size).toBe(EVENT_KINDS.length);
  });

  it("shows a kind of a later version by its code", () => {
    const kind = "moon-landed" as EventAnswer["kind"];
    expect(describeEvent(eventOf({ kind })).title).toBe("Moon landed");
  });
});
