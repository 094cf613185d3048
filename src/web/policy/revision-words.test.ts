// A revision of the rules, as people read it.
import { describe, expect, it } from "vitest";
import { CHANGE_WAYS } from "../../api/revision-api.ts";
import { IDENTITY_SECTIONS } from "../../core/identity/identity-policy.ts";
import { PLATFORM_SECTIONS } from "../../core/network/network-policy.ts";
import { makerText, pathText, revisionTitle, subjectName } from "./revision-words.ts";
import { valueText, WAY_WORDS } from "./revision-words.ts";

describe("revisionTitle", () => {
  it.each([
    [{ subject: "country", account: null, entries: 0 }, "Allowed countries"],
    [{ subject: "audio-download", account: "acme", entries: 0 }, "Audio download of acme"],
    [{ subject: "entries", account: null, entries: 1 }, "1 address list entry"],
    [{ subject: "entries", account: "acme", entries: 2400 }, "2,400 address list entries of acme"],
  ])("of %o", (revision, title) => {
    expect(revisionTitle(revision)).toBe(title);
  });

  it("has words for every section", () => {
    for (const section of [...PLATFORM_SECTIONS, ...IDENTITY_SECTIONS]) {
      expect(subjectName(section)).not.toBe(section);
    }
  });
});

it("tells every way apart", () => {
  expect(new Set(CHANGE_WAYS.map((way) => WAY_WORDS[way])).size).toBe(CHANGE_WAYS.length);
});

it.each([
  [null, "not set"],
  [true, "on"],
  [false, "off"],
  [2400, "2,400"],
  ["deny", "deny"],
])("reads %o as %s", (value, text) => {
  expect(valueText(value)).toBe(text);
});

it.each([
  ["countries.JP", "Japan"],
  ["mode", "mode"],
  ["minimumLength.characters", "minimum length › characters"],
  ["rate.portal.requestMaxCount", "rate › portal › request max count"],
])("tells the place %s as %s", (path, text) => {
  expect(pathText(path)).toBe(text);
});

it.each([
  [{ actor: "host shell", way: "host-shell" }, "somebody on the host’s shell"],
  [{ actor: "ada@example.com (aaaaaaaaaaaaaaaaaaaa)", way: "console" }, "ada@example.com in the c"],
] as const)("says of %o who made it", (revision, text) => {
  const { name, way } = makerText(revision);
  expect(`${name} ${way}`).toContain(text);
});
