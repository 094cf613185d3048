// Checks the form in which passwords are hashed, and what has none.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { preparePassword } from "./prepare-password.ts";

describe("preparePassword", () => {
  it.each([
    ["correct horse battery staple", "correct horse battery staple"],
    // RFC 8265, table 4: examples of legal passwords.
    ["Correct Horse Battery Staple", "Correct Horse Battery Staple"],
    ["\u03c0\u00df\u00e5", "\u03c0\u00df\u00e5"],
    ["Jack of \u2666s", "Jack of \u2666s"],
    ["foo\u1680bar", "foo bar"],
    ["a\u00a0b\u3000c", "a b c"],
    ["e\u0301", "\u00e9"],
    ["\u212b", "\u00c5"],
    ["  spaces stay  ", "  spaces stay  "],
    ["\u{1f600}\u200d", "\u{1f600}\u200d"],
  ])("makes %j into %j", (typed, text) => {
    expect(preparePassword(typed)).toEqual({ ok: true, text });
  });

  it.each([
    ["", "empty"],
    ["x".repeat(1001), "too-long"],
    ["\u{1f600}".repeat(1001), "too-long"],
    ["x".repeat(1_000_000), "too-long"],
    ["\ud800", "not-unicode"],
    ["ab\udc00cd", "not-unicode"],
    ["\udc00\ud800", "not-unicode"],
  ])("refuses %j", (typed, why) => {
    expect(preparePassword(typed)).toEqual({ ok: false, why });
  });

  it("takes 1,000 characters of any script and cuts nothing off", () => {
    for (const character of ["x", "é", "\u{1f600}"]) {
      const text = character.repeat(1000);
      expect(preparePassword(text)).toEqual({ ok: true, text });
    }
  });

  it("is done once: preparing what was prepared changes nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (typed) => {
        const once = preparePassword(typed);
        if (once.ok) expect(preparePassword(once.text)).toEqual(once);
      }),
    );
  });

  it("keeps apart what differs in case, in spaces within, or in length", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), (typed) => {
        const longer = preparePassword(`${typed}x`);
        expect(longer).not.toEqual(preparePassword(typed));
      }),
    );
  });
});
