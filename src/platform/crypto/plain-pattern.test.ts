// Checks which passwords are taken for no more than a pattern.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findPlainPattern } from "./plain-pattern.ts";

describe("findPlainPattern", () => {
  it.each([
    ["aaaaaaaaaaaa", "repeated"],
    ["aAaAaAaAaA", "repeated"],
    ["1212121212", "repeated"],
    ["11112222", "repeated"],
    ["😀".repeat(1000), "repeated"],
    ["😀🐦".repeat(5), "repeated"],
    ["a a a a a", "repeated"],
    ["a\u200bb\u2060a\u00adb\u180e", "repeated"],
    ["        ", "invisible"],
    ["\u3000\u00a0\u2003\u0009\u000a\u0085", "invisible"],
    ["\u200b\u200c\u200d\u2060\ufeff\u00ad", "invisible"],
    ["\u3164\u115f\u2800\ufe0f\u{e0061}", "invisible"],
    ["\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007", "invisible"],
    ["abcdefgh", "row"],
    ["HGFEDCBA", "row"],
    ["12345678", "row"],
    ["87654321", "row"],
    ["1234567890", "row"],
    ["qwertyui", "row"],
    ["iuytrewq", "row"],
    ["qwertzui", "row"],
    ["azertyuiop", "row"],
    ["zxcvbnm,./", "row"],
    ["!@#$%^&*", "row"],
    ["1qaz2wsx3edc", "row"],
    ["abcd1234", "row"],
    ["qwertyui12345678", "row"],
    ["abcabcab", "row"],
    ["q w e r t y u i", "row"],
  ] as const)("%j: %j", (password, pattern) => {
    expect(findPlainPattern(password)).toBe(pattern);
  });

  it.each([
    "",
    "Meadow-lark 71 sings",
    "a-long-walk-by-the-sea",
    "73914586",
    "kqzvxwpj",
    "xq7-vbn",
    "abcdefgh-not",
    "no-abcdefgh",
    "пароль-сад",
    "😀🐦🌧",
    `${"é".repeat(998)} A`,
  ])("%j is more than that", (password) => {
    expect(findPlainPattern(password)).toBeNull();
  });

  it("takes every part of a row, and the same in capitals or backwards", () => {
    const row = fc.constantFrom("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl");
    const bounds = fc.tuple(fc.nat(5), fc.integer({ min: 3, max: 9 }));
    fc.assert(
      fc.property(row, bounds, (keys, [from, length]) => {
        const part = keys.slice(from, from + length);
        const back = Array.from(part).toReversed().join("");
        for (const text of [part, part.toUpperCase(), back]) {
          expect(findPlainPattern(text)).toBe("row");
        }
      }),
    );
  });

  it("takes no time for the longest there are", () => {
    const startedAt = performance.now();
    for (let times = 0; times < 100; times += 1) {
      findPlainPattern("abcdefghijklmnopqrstuvwxyz".repeat(38));
    }
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
