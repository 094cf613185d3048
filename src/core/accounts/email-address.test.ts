// Checks which texts are e-mail addresses, what they compare as, and that refusals say what is.
import { domainToASCII } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEmailAddress } from "./email-address.ts";

const parse = (text: string) => parseEmailAddress(text, domainToASCII);
const LABEL_63 = "a".repeat(63);

describe("accepted addresses", () => {
  it.each([
    ["ada@example.com", "ada@example.com", "ada@example.com"],
    ["Ada.Lovelace@Example.COM", "Ada.Lovelace@example.com", "ada.lovelace@example.com"],
    ["  ada@example.com ", "ada@example.com", "ada@example.com"],
    ["a+b_c-d@mail.example.co.uk", "a+b_c-d@mail.example.co.uk", "a+b_c-d@mail.example.co.uk"],
    ["o'hara!#$%&*/=?^`{|}~@example.com", "o'hara!#$%&*/=?^`{|}~@example.com", null],
    ["ada@Bücher.example", "ada@bücher.example", "ada@xn--bcher-kva.example"],
    ["ada@bu\u0308cher.example", "ada@bücher.example", "ada@xn--bcher-kva.example"],
    ["ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"],
    // Full-width letters and dot are what they stand for, in what is shown too.
    ["ada@ｅｘａｍｐｌｅ．ｃｏｍ", "ada@example.com", "ada@example.com"],
    ["ada@例え.テスト", "ada@例え.テスト", "ada@xn--r8jz45g.xn--zckzah"],
    [`${"a".repeat(64)}@example.com`, `${"a".repeat(64)}@example.com`, null],
    [`a@${LABEL_63}.example`, `a@${LABEL_63}.example`, null],
    ["1@2.example", "1@2.example", null],
  ])("%j", (text, email, key) => {
    expect(parse(text)).toEqual({ ok: true, email, key: key ?? email });
  });
});

describe("refused texts", () => {
  it.each([
    ["", "one @"],
    ["ada", "one @"],
    ["ada@example.com@example.com", "one @"],
    ['"ada@home"@example.com', "one @"],
    ["ada@example.com,grace@example.com", "one @"],
    ["@example.com", "before the @"],
    ["ada@", "after the @"],
    ['"ada"@example.com', "without quotation marks"],
    ["ada lovelace@example.com", "without quotation marks or spaces"],
    ["Ada <ada@example.com>", "without quotation marks or spaces"],
    ["ada(work)@example.com", "letters a to z"],
    [".ada@example.com", "single dots between"],
    ["ada.@example.com", "single dots between"],
    ["a..da@example.com", "single dots between"],
    // A dotless i, which upper case makes an I: CVE-2019-19844.
    ["adaın@example.com", "letters a to z"],
    ["аda@example.com", "letters a to z"],
    ["ada\r\nBcc: grace@example.com", "letters a to z"],
    ["ada@example.com\r\n", "hyphens and dots only"],
    ["ada@example.com\nBcc", "hyphens and dots only"],
    ["ada@example.com\u0000", "hyphens and dots only"],
    ["\tada@example.com", "letters a to z"],
    ["ada\ud800@example.com", "letters a to z"],
    ["ada@exam\ud800ple.com", "hyphens and dots only"],
    ["ada@exam\udc00ple.com", "hyphens and dots only"],
    ["ada@[192.0.2.1]", "hyphens and dots only"],
    ["ada@[IPv6:2001:db8::1]", "hyphens and dots only"],
    ["ada@a%2ecom", "hyphens and dots only"],
    ["ada@ex_ample.com", "hyphens and dots only"],
    ["ada@example.com/path", "hyphens and dots only"],
    ["ada@ex ample.com", "hyphens and dots only"],
    ["ada@exam\u200bple.com", "hyphens and dots only"],
    ["ada@example。com", "hyphens and dots only"],
    ["ada@example.com.", "none at its ends"],
    ["ada@.example.com", "none at its ends"],
    ["ada@example..com", "single dots"],
    ["ada@-example.com", "no hyphen at its ends"],
    ["ada@example-.com", "no hyphen at its ends"],
    [`ada@a${LABEL_63}.example`, "1 to 63"],
    ["ada@xn--a.com", "1 to 63"],
    ["ada@example", "two parts"],
    ["ada@192.0.2.1", "not a network address"],
    ["ada@1.2.3", "not a network address"],
    ["ada@0x7f.1", "not a network address"],
  ])("%j: %s", expectRefusal);

  it.each([
    ["a part before the @ of 65", `${"a".repeat(65)}@example.com`, "at most 64"],
    ["a domain of 259", `a@${`${LABEL_63}.`.repeat(4)}com`, "at most 254"],
    ["10 KB with an @", `${"a".repeat(10_240)}@example.com`, "at most 254"],
    ["10 KB without", "a".repeat(10_240), "at most 254"],
    ["10 KB of spaces", " ".repeat(10_240), "at most 254"],
    ["a domain that is too long in ASCII", `a@${`${"ü".repeat(45)}.`.repeat(5)}de`, "at most 254"],
  ])("are too long: %s", (_, text, told) => expectRefusal(text, told));

  it("are those of a domain that has no ASCII form", () => {
    expect(parseEmailAddress("ada@example.com", () => "")).toMatchObject({ ok: false });
  });
});

function expectRefusal(text: string, told: string): void {
  const outcome = parse(text);
  if (outcome.ok) throw new Error(`accepted as ${outcome.key}`);
  expect(outcome.reason.toLowerCase()).toContain(told.toLowerCase());
  expect(outcome.reason).toMatch(/^[A-Z][^\r\n]+, as in ada@example\.com\.$/);
}

describe("every text", () => {
  it("is refused with a sentence, or has a plain key that is its own key", () => {
    const part = fc.string({ unit: "grapheme", maxLength: 20 });
    const anyText = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc
        .tuple(part, part, fc.constantFrom("com", "example", "", "1", "de."))
        .map(([local, domain, top]) => `${local}@${domain}.${top}`),
      fc.emailAddress(),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const outcome = parse(text);
        if (!outcome.ok) {
          expect(outcome.reason).toMatch(/\.$/);
          return;
        }
        expect(outcome.key).toMatch(/^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9.-]+$/);
        expect(outcome.key.length).toBeLessThanOrEqual(254);
        expect(parse(outcome.email)).toEqual(outcome);
        expect(parse(outcome.key)).toMatchObject({ ok: true, key: outcome.key });
      }),
      { numRuns: 300 },
    );
  });

  it("compares without regard to case", () => {
    fc.assert(
      fc.property(fc.emailAddress({ size: "small" }), (text) => {
        const key = text.toLowerCase();
        expect(parse(text.toUpperCase())).toMatchObject({ ok: true, key });
      }),
    );
  });
});
