// Checks new passwords: length in characters, mixed characters, own words, common and used ones.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyRules, rulesWith } from "../../../test/identity/example-identity.ts";
import { strictestPolicy } from "./effective-policy.ts";
import { IDENTITY_POLICY_DEFAULT } from "./identity-policy.ts";
import type { UserAuthenticationRules } from "./identity-policy.ts";
import { findOwnWord } from "./own-words.ts";
import { checkNewPassword, passwordLength } from "./password-rules.ts";
import type { PasswordCandidate } from "./password-rules.ts";

const NO_LENGTH = { minimumLength: { enabled: false, characters: 8 } };
const ALL_OFF = rulesWith(NO_LENGTH);
const MIXED = rulesWith({ ...NO_LENGTH, mixedCharacters: { enabled: true } });
const HISTORY = rulesWith({ history: { enabled: true, passwords: 5 } });
const WORDS = ["Ada Lovelace-King", "countess@example.com"];

function check(password: string, more: Partial<PasswordCandidate> = {}) {
  const given = { password, rules: rulesWith(), words: WORDS, isCommon: false, isOneOfLast: false };
  return checkNewPassword({ ...given, ...more });
}

function codes(password: string, rules: UserAuthenticationRules): readonly string[] {
  return check(password, { rules }).map(({ code }) => code);
}

describe("the length of a password", () => {
  it.each([
    ["abcdef", rulesWith(), "Use at least 8 characters; this password has 6."],
    ["", rulesWith(), "Use at least 8 characters; this password has none."],
    ["", ALL_OFF, "Use at least 1 character; this password has none."],
    [
      "x".repeat(20),
      rulesWith({ minimumLength: { enabled: true, characters: 21 } }),
      "Use at least 21 characters; this password has 20.",
    ],
  ])("%j is refused: %s", (password, rules, message) => {
    expect(check(password, { rules })).toEqual([{ code: "too-short", message }]);
  });

  it("ends at 1,000 characters of any kind", () => {
    for (const character of ["a", "é", "語", "😀"]) {
      expect(check(character.repeat(1000))).toEqual([]);
      expect(check(character.repeat(1001))).toEqual([
        { code: "too-long", message: "Use at most 1,000 characters; this password has 1,001." },
      ]);
    }
  });

  it("is counted in whole characters, as they are stored", () => {
    expect(passwordLength("😀😀")).toBe(2);
    // Seven letters, one of them written as two.
    expect(codes("cafe\u0301xyz", rulesWith())).toEqual(["too-short"]);
    expect(codes("café-xyz", rulesWith())).toEqual([]);
    expect(codes("😀".repeat(8), rulesWith())).toEqual([]);
    expect(codes("😀".repeat(7), rulesWith())).toEqual(["too-short"]);
  });

  it.each(["        ", "pass word pass", "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007"])(
    "is all that counts for %j",
    (password) => expect(check(password)).toEqual([]),
  );

  it.each(["abcdefgh\ud800", "\udc00abcdefgh", "abcd\ude00\ud83defgh"])(
    "does not help %j, which is not text",
    (password) => expect(codes(password, rulesWith())).toEqual(["not-text"]),
  );
});

describe("mixed characters", () => {
  // Guide: "at least one A-Z uppercase letter, one a-z lowercase letter and one 0-9 number".
  it.each([
    ["aB3", null],
    ["ab3", "an uppercase letter"],
    ["AB3", "a lowercase letter"],
    ["aBc", "a number"],
    ["éÉ3", "an uppercase letter and a lowercase letter"],
    ["aB\u0663", "a number"],
    ["---", "an uppercase letter and a lowercase letter and a number"],
  ])("in %j lack %j", (password, lacks) => {
    const faults = check(password, { rules: MIXED, words: [] });
    if (lacks === null) expect(faults).toEqual([]);
    else expect(faults.map(({ message }) => message).join()).toContain(`lacks ${lacks}.`);
    expect(codes(password, ALL_OFF)).toEqual([]);
  });
});

describe("the user's own words", () => {
  it.each([
    ["xlovelacex", "lovelace"],
    ["LOVELACE99", "lovelace"],
    ["ｌｏｖｅｌａｃｅ", "lovelace"],
    ["I am king of the hill", "king"],
    ["the-countess!", "countess"],
    ["examplepass", "example"],
    ["adalovelaceking", "adalovelaceking"],
    ["countess@example.com", "countess"],
    ["lovela", null],
    ["adaadaada", null],
    ["com.com.com", null],
    ["", null],
  ])("in %j: %j", (password, word) => {
    expect(findOwnWord(password, WORDS)).toBe(word);
  });

  it.each([
    ["adali2026", ["Ada Li"], "adali"],
    ["cafémoreau", ["Zoe\u0301 Cafe\u0301"], "café"],
    ["ab.cd", ["a.b", ""], null],
  ])("in %j, of %j: %j", (password, words, word) => {
    expect(findOwnWord(password, words)).toBe(word);
  });

  it("are refused whatever the switches say", () => {
    expect(check("my-Lovelace-7", { rules: ALL_OFF })).toEqual([
      {
        code: "own-word",
        message:
          "Leave your name, your e-mail address and the portal's name out; " +
          "this password contains “lovelace”.",
      },
    ]);
  });

  it("are found in whatever stands around them, in any case", () => {
    const around = fc.string({ unit: "grapheme-ascii", maxLength: 8 });
    const word = fc.constantFrom("lovelace", "king", "countess", "example");
    fc.assert(
      fc.property(around, word, around, fc.boolean(), (before, own, after, isUpper) => {
        const password = `${before}${isUpper ? own.toUpperCase() : own}${after}`;
        expect(findOwnWord(password, WORDS)).not.toBeNull();
      }),
    );
  });
});

describe("common and used passwords", () => {
  it("that are common are refused whatever the switches say", () => {
    expect(check("tr0ub4dor", { rules: ALL_OFF, isCommon: true })).toEqual([
      {
        code: "common",
        message: "Choose a password that is not on lists of common ones; this one is.",
      },
    ]);
  });

  it.each([
    [5, "Choose a new password; this is one of your last 5."],
    [1, "Choose a new password; this is your present password."],
  ])("of the last %i are refused while the rule is on", (passwords, message) => {
    const rules = rulesWith({ history: { enabled: true, passwords } });
    expect(check("tr0ub4dor", { rules, isOneOfLast: true })).toEqual([
      { code: "used-before", message },
    ]);
    expect(check("tr0ub4dor", { rules, isOneOfLast: false })).toEqual([]);
    expect(check("tr0ub4dor", { isOneOfLast: true })).toEqual([]);
  });

  it("are told with all else that is wrong, in one go", () => {
    const rules = { ...HISTORY, mixedCharacters: { enabled: true } };
    const faults = check("king", { rules, isCommon: true, isOneOfLast: true });
    expect(faults.map(({ code }) => code)).toEqual([
      "too-short",
      "not-mixed",
      "common",
      "own-word",
      "used-before",
    ]);
  });
});

describe("every password", () => {
  const anyPassword = fc.string({ unit: "binary", maxLength: 40 });
  const anyCandidate = fc.record({
    password: anyPassword,
    words: fc.array(fc.string({ maxLength: 30 }), { maxLength: 3 }),
    isCommon: fc.boolean(),
    isOneOfLast: fc.boolean(),
  });

  it("has full sentences as faults, which never quote it", () => {
    fc.assert(
      fc.property(anyCandidate, anyRules, (candidate, rules) => {
        const faults = checkNewPassword({ ...candidate, rules });
        expect(new Set(faults.map(({ code }) => code)).size).toBe(faults.length);
        for (const { message } of faults) {
          expect(message).toMatch(/^[A-Z].*\.$/su);
          const { password } = candidate;
          if (password.length >= 20) expect(message).not.toContain(password);
        }
      }),
    );
  });

  it("that the strictest of two policies accepts, each of them accepts", () => {
    fc.assert(
      fc.property(anyCandidate, anyRules, anyRules, (candidate, a, b) => {
        const accepts = (rules: UserAuthenticationRules) =>
          checkNewPassword({ ...candidate, rules }).length === 0;
        const merged = strictestPolicy(
          { ...IDENTITY_POLICY_DEFAULT, userAuthentication: a },
          { ...IDENTITY_POLICY_DEFAULT, userAuthentication: b },
        ).userAuthentication;
        if (accepts(merged)) expect([accepts(a), accepts(b)]).toEqual([true, true]);
      }),
      { numRuns: 500 },
    );
  });
});
