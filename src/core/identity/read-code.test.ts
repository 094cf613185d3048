// Checks which texts are codes: six ASCII digits, or ten characters of a backup code.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCode } from "./read-code.ts";

describe("six digits", () => {
  // attack row 101
  it.each([
    ["123456", "123456"],
    ["123 456", "123456"],
    [" 1 2 3 4 5 6\n", "123456"],
    ["123\u00a0456", "123456"],
    ["000000", "000000"],
    ["12345", null],
    ["1234567", null],
    ["", null],
    ["   ", null],
    ["123-456", null],
    ["12345a", null],
    ["-12345", null],
    ["+12345", null],
    ["1e5000", null],
    ["123456.0", null],
    ["１２３４５６", null],
    ["١٢٣٤٥٦", null],
    ["123456\u0000", null],
    ["1234\u200b56", null],
    ["abcde23456", null],
  ])("%j are %j", (typed, code) => {
    expect([readCode("app", typed), readCode("email", typed)]).toEqual([code, code]);
  });
});

describe("a backup code", () => {
  it.each([
    ["abcde-23456", "abcde23456"],
    ["ABCDE-23456", "abcde23456"],
    [" abcde 23456 ", "abcde23456"],
    ["abcde23456", "abcde23456"],
    ["a-b-c-d-e-2-3-4-5-6", "abcde23456"],
    ["abcde-2345", null],
    ["abcde-234567", null],
    ["abcde-01234", null],
    // The Kelvin sign is a K only once it is made small.
    ["\u212abcde-23456", null],
    ["abcde–23456", null],
    ["äbcde-23456", null],
    ["123456", null],
    ["", null],
  ])("%j is %j", (typed, code) => {
    expect(readCode("backup-code", typed)).toBe(code);
  });
});

describe("every text", () => {
  it("is read as one strict form or refused, and that form reads as itself", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("app" as const, "email" as const, "backup-code" as const),
        fc.oneof(fc.string({ unit: "grapheme" }), fc.stringMatching(/^[ A-Za-z0-9-]{5,14}$/)),
        (method, typed) => {
          const code = readCode(method, typed);
          if (code === null) return;
          expect(code).toMatch(method === "backup-code" ? /^[a-z2-9]{10}$/ : /^[0-9]{6}$/);
          expect(readCode(method, code)).toBe(code);
        },
      ),
      { numRuns: 500 },
    );
  });
});
