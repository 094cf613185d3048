// Checks that a hidden e-mail address tells its owner enough, and others nothing.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hideEmail } from "./hide-email.ts";

describe("hideEmail", () => {
  it.each([
    ["ada@example.com", "a•••@example.com"],
    ["a@example.com", "a•••@example.com"],
    ["Grace.Hopper+postern@example.com", "G•••@example.com"],
    ["ada@bücher.example", "a•••@bücher.example"],
    // The parser takes none of these; nothing of them is shown.
    ["@example.com", "•••"],
    ["ada", "•••"],
    ["", "•••"],
  ])("shows %s as %s", (email, shown) => {
    expect(hideEmail(email)).toBe(shown);
  });

  it("tells of the part before the @ its first letter only", () => {
    const local = fc.stringMatching(/^[a-z0-9]{1,64}$/);
    fc.assert(
      fc.property(local, local, (one, other) => {
        const rest = `@example.com`;
        expect(hideEmail(`${one}${rest}`)).toBe(hideEmail(`${one.charAt(0)}${other}${rest}`));
      }),
    );
  });
});
