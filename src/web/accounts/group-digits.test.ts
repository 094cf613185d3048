// Numbers in groups: the country code first, no digit alone or lost.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupDigits } from "./group-digits.ts";

describe("groups of a number", () => {
  it.each([
    ["+61255501234", "+61 255 501 234"],
    ["+14155550132", "+1 415 555 0132"],
    ["+442079460018", "+44 207 946 0018"],
    ["+35312345678", "+353 123 456 78"],
    ["+85221234567", "+852 212 345 67"],
    ["+6421", "+6421"],
    ["anonymous", "anonymous"],
  ])("writes %s as %s", (number, written) => {
    expect(groupDigits(number)).toBe(written);
  });

  it("loses no digit and leaves none alone", () => {
    const number = fc.stringMatching(/^\+[1-9]\d{6,14}$/);
    fc.assert(
      fc.property(number, (text) => {
        const groups = groupDigits(text).split(" ");
        expect(groups.join("")).toBe(text);
        expect(groups.slice(1).every((group) => group.length > 1)).toBe(true);
      }),
    );
  });
});
