// What is taken out of an ID token, and that what is shown of it cannot deceive.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idTokenFacts } from "./id-token-facts.ts";

const shown = (claims: Readonly<Record<string, unknown>>) =>
  idTokenFacts(claims, false).accountShown;

describe("idTokenFacts", () => {
  it.each([
    [{ email: "a@example.com", preferred_username: "b", sub: "s" }, "a@example.com"],
    [{ email: "\u202e \n", preferred_username: "b", upn: "c", sub: "s" }, "b"],
    [{ email: 7, upn: "c", name: "d", sub: "s" }, "c"],
    [{ name: "Ada\u0000 Love\u200flace", sub: "s" }, "Ada Lovelace"],
    [{ sub: "s" }, "s"],
    [{ email: "\u202emoc.elpmaxe@ada", sub: "s" }, "moc.elpmaxe@ada"],
    [{ name: "😀".repeat(300) }, "😀".repeat(200)],
  ])("shows %j as %j", (claims, expected) => {
    expect(shown(claims)).toBe(expected);
  });

  it("shows no control or format character of any text", () => {
    const unit = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), (email) => {
        expect(shown({ email })).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it("takes the tenant from Microsoft only, and methods and class as they should be", () => {
    const claims = { iss: "i", sub: "s", tid: "AB-CD", amr: ["mfa", 1, null], acr: 5 };
    const facts = { issuer: "i", subject: "s", accountShown: "s", amr: ["mfa"], acr: null };
    expect(idTokenFacts(claims, true)).toEqual({ ...facts, tenant: "ab-cd" });
    expect(idTokenFacts({ ...claims, amr: "mfa" }, false)).toEqual({
      ...facts,
      tenant: "",
      amr: [],
    });
  });
});
