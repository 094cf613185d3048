// Which rules a typed password is shown to keep.
import { describe, expect, it } from "vitest";
import { checkTypedPassword, ruleLines } from "./password-rule-lines.ts";

const RULES = {
  charactersMin: 8,
  charactersMax: 1000,
  needsMixedCharacters: true,
  notOneOfLast: 5,
  expiresAfterDays: null,
};

function kept(password: string): readonly (boolean | null)[] {
  return ruleLines(RULES, password).map(({ isKept }) => isKept);
}

describe("ruleLines", () => {
  it.each([
    ["", [false, false, false, false, null, null]],
    ["abcdefgh", [true, false, true, false, null, null]],
    ["Abcdefg9", [true, true, true, true, null, null]],
    // Seven characters of two UTF-16 units each are seven characters.
    ["😀😀😀😀😀😀😀", [false, false, false, false, null, null]],
    ["ÄÖÜäöüßé", [true, false, false, false, null, null]],
  ])("%j", (password, expected) => {
    expect(kept(password)).toEqual(expected);
  });

  it("names the longest only to whom it concerns", () => {
    const loose = { ...RULES, needsMixedCharacters: false, notOneOfLast: null };
    expect(ruleLines(loose, "a".repeat(1000))).toHaveLength(2);
    expect(ruleLines(loose, "a".repeat(1001)).map(({ text }) => text)).toContain(
      "At most 1000 characters",
    );
  });
});

describe("checkTypedPassword", () => {
  it("says what is still missing, and nothing about what only the server knows", () => {
    expect(checkTypedPassword(RULES, "abcdefgh")).toBe(
      "Still missing: an uppercase letter, A to Z; a number, 0 to 9.",
    );
    expect(checkTypedPassword(RULES, "Abcdefg9")).toBeNull();
    expect(checkTypedPassword(RULES, "")).toBe("Choose a password.");
  });
});
