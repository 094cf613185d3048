// Holds what is accepted of the access rule as it is typed, and what a change of it is called.
import { describe, expect, it } from "vitest";
import { ACCESS_MODES } from "../../../core/recordings/audio-policy.ts";
import type { AccessMode, AudioPolicy } from "../../../core/recordings/audio-policy.ts";
import { ACCESS_MODE_WORDS, nameOfMode } from "./access-mode-words.ts";
import {
  addEntry,
  describeAudioChanges,
  listSome,
  readAudioDraft,
  toAudioDraft,
  veryWideEntries,
  whitelistFaults,
} from "./audio-draft.ts";

const OFFICE: AudioPolicy = {
  mode: "ip-whitelist",
  whitelist: ["203.0.113.0/24", "2001:db8::/48"],
  onlyShareable: false,
};

const draftOf = (whitelistText: string, mode: AccessMode = "ip-whitelist") => ({
  mode,
  whitelistText,
  onlyShareable: false,
});

describe("the draft", () => {
  it("of what is saved reads as what is saved", () => {
    expect(readAudioDraft(toAudioDraft(OFFICE), OFFICE)).toEqual(OFFICE);
    expect(describeAudioChanges(OFFICE, OFFICE)).toEqual([]);
  });

  it("tells every line that is not accepted, counted from the first", () => {
    const faults = whitelistFaults(draftOf("203.0.113.7\n\n10.0.0.1/8\r\nevil\n2001:db8::1"));
    expect(faults).toEqual([
      { line: 3, message: expect.stringContaining("write 10.0.0.0/8") },
      { line: 4, message: expect.stringMatching(/./) },
    ]);
    expect(readAudioDraft(draftOf("evil"), OFFICE)).toBeNull();
  });

  it.each([
    ["ip-whitelist", 1],
    ["whitelist-and-user", 1],
    ["whitelist-or-user", 0],
    ["user-authentication", 0],
    ["no-restrictions", 0],
  ] as const)("with an empty whitelist has in mode %s so many faults: %i", (mode, count) => {
    expect(whitelistFaults(draftOf(" \n\t", mode))).toHaveLength(count);
  });

  it("takes five thousand entries, and not one more", () => {
    const lines = (count: number) =>
      Array.from({ length: count }, (_, index) => `10.0.${index >> 8}.${index & 255}`).join("\n");
    expect(whitelistFaults(draftOf(lines(5000)))).toEqual([]);
    expect(whitelistFaults(draftOf(lines(5001)))).toEqual([
      { line: null, message: "At most 5,000 entries; ranges say more with fewer." },
    ]);
  });

  it("sends the lines as they stand, so that the server counts them alike", () => {
    const read = readAudioDraft(draftOf("\n203.0.113.7-203.0.113.7\n"), OFFICE);
    expect(read?.whitelist).toEqual(["", "203.0.113.7-203.0.113.7", ""]);
  });

  it("is not held up by lines out of sight: the saved ones stay", () => {
    const read = readAudioDraft(draftOf("evil", "user-authentication"), OFFICE);
    expect(read).toEqual({ ...OFFICE, mode: "user-authentication" });
    const other = readAudioDraft(draftOf("192.0.2.1", "user-authentication"), OFFICE);
    expect(other?.whitelist).toEqual(["192.0.2.1"]);
  });
});

describe("a change", () => {
  it("is told by mode, entries and switch", () => {
    const to: AudioPolicy = {
      mode: "whitelist-or-user",
      whitelist: ["203.0.113.0-203.0.113.255", "192.0.2.1"],
      onlyShareable: true,
    };
    expect(describeAudioChanges(OFFICE, to)).toEqual([
      {
        title: "Access control",
        from: "IP whitelist",
        to: "Either IP whitelist OR user authentication",
      },
      { title: "IP whitelist", from: "without 2001:db8::/48", to: "with 192.0.2.1" },
      { title: "Whitelist opens only shareable numbers", from: "off", to: "on" },
    ]);
  });

  it("of spelling and order alone is none", () => {
    const to = { ...OFFICE, whitelist: ["2001:DB8:0::/48", "", "203.0.113.0-203.0.113.255"] };
    expect(describeAudioChanges(OFFICE, to)).toEqual([]);
  });

  it("names some of many", () => {
    expect(listSome(["a", "b", "c", "d"])).toBe("a, b, c, d");
    expect(listSome(["a", "b", "c", "d", "e", "f"])).toBe("a, b, c, d and 2 more");
  });
});

it("one's own address is added behind the others, once", () => {
  expect(addEntry("", "192.0.2.1")).toBe("192.0.2.1");
  expect(addEntry("203.0.113.7\n\n", "192.0.2.1")).toBe("203.0.113.7\n192.0.2.1");
  expect(addEntry("192.0.2.1/32\n", "192.0.2.1")).toBe("192.0.2.1/32\n");
  expect(addEntry("evil", "192.0.2.1")).toBe("evil\n192.0.2.1");
});

it("very wide entries are found where the mode looks at them", () => {
  const wide = { ...OFFICE, whitelist: ["8.0.0.0/7", "9.0.0.0/8", "192.0.2.1"] };
  expect(veryWideEntries(wide)).toEqual(["8.0.0.0/7"]);
  expect(veryWideEntries({ ...wide, mode: "user-authentication" })).toEqual([]);
});

it("every mode has a name of its own, in the guide's order", () => {
  expect(ACCESS_MODE_WORDS.map(({ mode }) => mode)).toEqual(ACCESS_MODES);
  expect(new Set(ACCESS_MODES.map(nameOfMode)).size).toBe(ACCESS_MODES.length);
});
