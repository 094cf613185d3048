// Checks how an entry is written into a form, read out of it, and told to people.

import { describe, expect, it } from "vitest";
import { parseRule } from "../../core/network/address-rule.ts";
import {
  describeEntryChanges,
  describeSize,
  EMPTY_DRAFT,
  entryFaults,
  readEntryDraft,
  suggestedRanges,
  toEntryDraft,
} from "./address-entry-draft.ts";
import type { EntryValue } from "./address-entry-draft.ts";

const NOW_MS = Date.UTC(2027, 2, 4, 9, 30);
const ENTRY: EntryValue = {
  range: "203.0.113.0/24",
  action: "deny",
  note: "scanner",
  expiresAt: "2027-05-01T12:00:42.123Z",
};

describe("entryFaults", () => {
  it.each([
    ["", "Write an address (203.0.113.7)"],
    [
      "10.0.0.1/24",
      "“10.0.0.1/24” is not accepted (host bits set): write 10.0.0.0/24 or 10.0.0.1.",
    ],
    ["::9-::4", "(range: start above end): write ::4-::9."],
    ["010.0.0.1", "no leading zeros"],
    ["somewhere", "no leading zeros): write an address (203.0.113.7), a block"],
  ])("says of %o what is accepted", (rangeText, words) => {
    expect(entryFaults({ ...EMPTY_DRAFT, rangeText }, NOW_MS).range).toContain(words);
  });

  it("says how long a note may be, and saves none that is longer", () => {
    const draft = { ...EMPTY_DRAFT, rangeText: "::1", note: "x".repeat(5000) };
    const words = "At most 500 characters; these are 5,000.";
    expect(entryFaults(draft, NOW_MS).note).toBe(words);
    expect(readEntryDraft(draft, null, NOW_MS)).toBeNull();
    const whole = { ...draft, note: ` ${"x".repeat(500)} ` };
    expect(entryFaults(whole, NOW_MS).note).toBeUndefined();
    expect(readEntryDraft(whole, null, NOW_MS)?.note).toHaveLength(500);
  });

  it.each([
    ["", "Choose a date and a time."],
    ["2027-03-04T09:29", "Choose a time that is to come."],
    ["2027-03-06T09:29", undefined],
  ])("says of the end %o what is accepted", (endsAtText, words) => {
    const draft = { ...EMPTY_DRAFT, rangeText: "::1", ends: "at", endsAtText } as const;
    // The field is in the time zone of whoever types; two days are more than any differ.
    const nowMs = new Date("2027-03-04T09:30").getTime();
    expect(entryFaults(draft, nowMs).ends).toBe(words);
    expect(readEntryDraft(draft, null, nowMs) === null).toBe(words !== undefined);
  });
});

describe("suggestedRanges", () => {
  it.each([
    ["203.0.113.9/24", ["203.0.113.0/24", "203.0.113.9"]],
    ["203.0.113.9", []],
    ["somewhere", []],
  ])("%s", (text, ranges) => expect(suggestedRanges(parseRule(text))).toEqual(ranges));
});

describe("readEntryDraft", () => {
  it("gives back what was written into it, to the millisecond, also when that has ended", () => {
    for (const expiresAt of [ENTRY.expiresAt, null, "2026-01-01T00:00:00.500Z"]) {
      const entry = { ...ENTRY, expiresAt };
      expect(readEntryDraft(toEntryDraft(entry), entry, NOW_MS)).toEqual(entry);
    }
  });

  it("writes the range canonically and counts the end from now", () => {
    const draft = { ...EMPTY_DRAFT, rangeText: " 1.2.3.0 - 1.2.3.255 ", ends: "3600" } as const;
    expect(readEntryDraft({ ...draft, note: " office " }, null, NOW_MS)).toEqual({
      range: "1.2.3.0/24",
      action: "deny",
      note: "office",
      expiresAt: "2027-03-04T10:30:00.000Z",
    });
  });

  it("takes an end away", () => {
    const draft = { ...toEntryDraft(ENTRY), ends: "never" } as const;
    expect(readEntryDraft(draft, ENTRY, NOW_MS)?.expiresAt).toBeNull();
  });
});

describe("describeEntryChanges", () => {
  it("names what differs, and nothing else", () => {
    expect(describeEntryChanges(ENTRY, ENTRY)).toEqual([]);
    const changed = { ...ENTRY, range: "203.0.113.0/25", note: "" };
    expect(describeEntryChanges(ENTRY, changed)).toEqual([
      { title: "Addresses", from: "203.0.113.0/24", to: "203.0.113.0/25" },
      { title: "Note", from: "scanner", to: "none" },
    ]);
  });
});

describe("describeSize", () => {
  it.each([
    ["1.2.3.4", "1 address"],
    ["10.0.0.0/16", "65,536 addresses"],
    ["2001:db8::/48", "about 10^24 addresses"],
    ["0.0.0.0/0", "every IPv4 address there is"],
  ])("%s is %s", (text, words) => {
    const reading = parseRule(text);
    expect(reading.ok && describeSize(reading.range)).toBe(words);
  });
});
