// What is said of changes that wait to be confirmed.
import { describe, expect, it } from "vitest";
import type { RevisionAnswer } from "../../api/revision-api.ts";
import { clockText } from "../journal/moment-text.ts";
import { waitsSentence, whoText } from "./change-waits-words.ts";
import { changeTitle, endSentence, howItEnded } from "./unconfirmed-words.ts";
import { settleEnd, waitingSentence } from "./unconfirmed-words.ts";

const NOW_MS = new Date(2027, 2, 4, 14, 0).getTime();
const MINUTE_MS = 60_000;
const AT = new Date(NOW_MS + 5 * MINUTE_MS).toISOString();

function part(subject: string, account: string | null = null, revision = 1) {
  return { subject, account, revision, entries: subject === "entries" ? 2 : 0 };
}

describe("changeTitle", () => {
  it.each([
    [[part("country")], "Allowed countries"],
    [[part("country"), part("rate-limits", "acme")], "Allowed countries and Rate limits of acme"],
    [
      [part("country"), part("ban"), part("entries")],
      "Allowed countries, Blacklist time interval and 2 address list entries",
    ],
    [
      [part("country"), part("ban"), part("entries"), part("hard-limit")],
      "Allowed countries, Blacklist time interval and 2 more",
    ],
  ])("of %o", (parts, title) => expect(changeTitle(parts)).toBe(title));
});

it("says the time, with the day when it is another", () => {
  expect(clockText(AT, NOW_MS)).toBe("14:05");
  expect(clockText(NOW_MS + 1440 * MINUTE_MS, NOW_MS)).toBe("5 Mar, 14:00");
});

it("calls whoever reads it you", () => {
  const grace = "grace@example.com (abcdefghijklmnopqrst)";
  expect(whoText(grace, "grace@example.com")).toBe("you");
  expect(whoText(grace, "ada@example.com")).toBe("grace@example.com");
  expect(whoText("host shell", "ada@example.com")).toBe("the host’s shell");
  expect(whoText(null, "ada@example.com")).toBe("somebody");
});

it("says why something else is refused", () => {
  const members = { changeId: "a".repeat(20), goesBackAt: AT, actor: "grace@example.com" };
  const problem = { members, message: "A change waits." };
  expect(waitsSentence(problem, null, NOW_MS)).toBe(
    "Not saved yet: a change that grace@example.com made of the same waits to be confirmed, and " +
      "goes back at 14:05. Confirm it or take it back first.",
  );
  const ofOthers = { ...problem, members: { ...members, actor: null } };
  expect(waitsSentence(ofOthers, null, NOW_MS)).toBe("A change waits.");
});

it("tells what waits once, without seconds", () => {
  const changes = [{ parts: [part("country")], goesBackAt: AT }];
  expect(waitingSentence([], NOW_MS)).toBe("");
  expect(waitingSentence(changes, NOW_MS)).toBe(
    "Allowed countries: the change goes back at 14:05 unless it is confirmed.",
  );
});

describe("settleEnd", () => {
  it.each([
    ["first heard", null, 9_000, 9_000],
    ["an answer that was rounded up", 9_000, 9_700, 9_000],
    ["an answer that came sooner", 9_000, 8_600, 8_600],
    ["a clock that was set", 9_000, 90_000, 90_000],
    ["a clock that was set back", 90_000, 9_000, 9_000],
  ])("%s", (_, knownMs, heardMs, settledMs) => {
    expect(settleEnd(knownMs, heardMs)).toBe(settledMs);
  });
});

describe("how it ended", () => {
  const change = { changeId: "a".repeat(20), parts: [part("country", null, 7)], endsAtMs: NOW_MS };
  const revision: RevisionAnswer = {
    number: 8,
    changeId: "b".repeat(20),
    at: AT,
    subject: "country",
    account: null,
    way: "went-back",
    actor: "system",
    address: null,
    entries: 0,
    restores: 7,
    overrode: null,
  };
  const other: RevisionAnswer = { ...revision, restores: null };
  const taken: RevisionAnswer = { ...revision, way: "restore", actor: "grace@example.com" };

  it.each([
    [[other, revision], 0, "went-back", "the change went back at 14:05: nobody confirmed it."],
    [[taken], -1, "taken-back", "grace@example.com took the change back at 14:05."],
    // Whoever went back to it later did so after it was back.
    [[taken, revision], 0, "went-back", "the change went back at 14:05: nobody confirmed it."],
    [[other], -1, "confirmed", "the change was confirmed. It stays."],
    [[], 0, "over", "the change waits no more; History says how the rules are now."],
  ] as const)("by %o", (revisions, afterMs, how, words) => {
    const end = howItEnded(change, revisions, NOW_MS + afterMs);
    expect(end.how).toBe(how);
    expect(endSentence(end, NOW_MS)).toBe(`Allowed countries: ${words}`);
  });
});
