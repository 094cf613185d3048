// Shows that the order of members says nothing, and that everything else does.
import { describe, expect, it } from "vitest";
import { isSameValue } from "./is-same-value.ts";

describe("isSameValue", () => {
  it.each([
    [
      { mode: "enforce", countries: { NZ: "deny", CL: "deny", IS: "allow" } },
      { countries: { CL: "deny", IS: "allow", NZ: "deny" }, mode: "enforce" },
      true,
    ],
    [{ list: [{ a: 1, b: 2 }] }, { list: [{ b: 2, a: 1 }] }, true],
    [{ a: 1, b: undefined }, { a: 1 }, true],
    [{ a: { CL: "deny" } }, { a: { CL: "allow" } }, false],
    [{ a: ["one", "two"] }, { a: ["two", "one"] }, false],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1 }, { a: "1" }, false],
    [null, {}, false],
    [[], {}, false],
    ["off", "off", true],
    [undefined, undefined, true],
    [undefined, null, false],
  ])("%j and %j: %s", (one, other, isSame) => {
    expect(isSameValue(one, other)).toBe(isSame);
    expect(isSameValue(other, one)).toBe(isSame);
  });
});
