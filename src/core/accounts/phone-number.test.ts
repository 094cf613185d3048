// Checks which texts are tracking numbers in the form of E.164.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePhoneNumber } from "./phone-number.ts";

describe("phone numbers", () => {
  it.each([
    ["+61255501234", "+61255501234"],
    ["+61 2 5550 1234", "+61255501234"],
    ["+1 (202) 555-0123", "+12025550123"],
    ["+44.20.7946.0000", "+442079460000"],
    [" +61255501234 ", "+61255501234"],
    ["+12345678", "+12345678"],
    ["+123456789012345", "+123456789012345"],
  ])("%j is accepted", (text, number) => {
    expect(parsePhoneNumber(text)).toEqual({ ok: true, number });
  });

  it.each([
    ["", "+ and 8 to 15 digits"],
    ["61255501234", "+ and 8 to 15 digits"],
    ["0061255501234", "+ and 8 to 15 digits"],
    ["++61255501234", "+ and 8 to 15 digits"],
    ["+61 2 5550 1234 x12", "+ and 8 to 15 digits"],
    ["+61255501234\n", "+ and 8 to 15 digits"],
    ["+６１２５５５０１２３４", "+ and 8 to 15 digits"],
    ["+٦١٢٥٥٥٠١٢٣٤", "+ and 8 to 15 digits"],
    ["+61\u00a0255501234", "+ and 8 to 15 digits"],
    [`+${"1".repeat(10_240)}`, "+ and 8 to 15 digits"],
    ["+0255501234", "never begins with 0"],
    ["+ (-0255501234", "never begins with 0"],
    ["+44 (0)20 7946 0000", "has no (0)"],
    ["+1234567", "this one has 7"],
    ["+1234567890123456", "this one has 16"],
    ["+ ()", "this one has 0"],
  ])("%j is refused: %s", (text, told) => {
    const outcome = parsePhoneNumber(text);
    expect(outcome.ok).toBe(false);
    expect(outcome.ok ? "" : outcome.reason).toContain(told);
    expect(outcome.ok ? "" : outcome.reason).toContain("+61255501234");
  });

  it("are one number however their digits are grouped", () => {
    const digits = fc.stringMatching(/^[1-9][0-9]{7,14}$/);
    const gaps = fc.array(fc.constantFrom("", " ", "-", "."), { minLength: 15, maxLength: 15 });
    fc.assert(
      fc.property(digits, gaps, (plain, between) => {
        const grouped = `+${Array.from(plain)
          .map((digit, at) => `${digit}${between[at]}`)
          .join("")}`;
        expect(parsePhoneNumber(grouped)).toEqual({ ok: true, number: `+${plain}` });
      }),
    );
  });

  it("are + and 8 to 15 digits, whatever was written", () => {
    const anyText = fc.string({
      unit: fc.constantFrom(...Array.from("+0123456789 ()-.x")),
      maxLength: 34,
    });
    fc.assert(
      fc.property(anyText, (text) => {
        const outcome = parsePhoneNumber(text);
        if (outcome.ok) expect(outcome.number).toMatch(/^\+[1-9][0-9]{7,14}$/);
      }),
    );
  });
});
