// Checks when a provider's word counts for a second factor, and that junk never does.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { vouchesForFactor } from "./vouches-for-factor.ts";

const ACR = "http://schemas.openid.net/pape/policies/2007/06/multi-factor";

describe("a provider vouches for a second factor", () => {
  it.each([
    ["with nothing said", [], null, [], false],
    ["by mfa", ["pwd", "mfa"], null, [], true],
    ["by mfa alone", ["mfa"], null, [], true],
    ["not by a password", ["pwd"], null, [], false],
    ["not by a code alone", ["otp"], null, [], false],
    ["by password and code", ["pwd", "otp"], null, [], true],
    ["by password and key", ["hwk", "pwd"], null, [], true],
    ["by key and finger", ["hwk", "fpt"], null, [], true],
    ["by smart card and PIN", ["sc", "pin"], null, [], true],
    ["by telephone and answers", ["kba", "tel"], null, [], true],
    // Two of one kind are one factor.
    ["not by password and PIN", ["pwd", "pin", "kba"], null, [], false],
    ["not by a code and a message", ["otp", "sms"], null, [], false],
    ["not by face and voice", ["face", "vbm"], null, [], false],
    ["not by the same twice", ["pwd", "pwd"], null, [], false],
    // Not what was proved, but where, how often or that somebody was there.
    ["not by password and place", ["pwd", "geo", "rba", "user", "wia", "mca"], null, [], false],
    ["not in capitals", ["PWD", "OTP", "MFA"], null, [], false],
    ["not by names that are no methods", ["pwd", "constructor", "__proto__", ""], null, [], false],
    ["not by a list in one text", ["pwd otp"], null, [], false],
    ["by a level that counts", [], ACR, [ACR], true],
    ["by a level among several", ["pwd"], ACR, ["other", ACR], true],
    ["not by another level", ["pwd"], "urn:other", [ACR], false],
    ["not by a level where none counts", [], ACR, [], false],
    ["not by part of a level", [], ACR.slice(1), [ACR], false],
    ["not by an empty level", [], "", [""], false],
    ["not by no level", [], null, [""], false],
  ] as const)("%s", (_, amr, acr, factorAcrs, vouches) => {
    expect(vouchesForFactor({ amr, acr }, factorAcrs)).toBe(vouches);
  });

  it("by what was said, in any order and beside any junk", () => {
    const methods = ["pwd", "pin", "otp", "hwk", "fpt", "mfa", "geo"];
    // As a provider may send it: the types say texts, JSON says anything.
    const junk = fc.array(fc.anything().filter((value) => !methods.includes(value as string)));
    fc.assert(
      fc.property(fc.shuffledSubarray(methods), junk, (said, rest) => {
        const amr = [...rest, ...said, ...rest] as string[];
        const vouches = vouchesForFactor({ amr, acr: null }, []);
        const plain = vouchesForFactor({ amr: said.toSorted(), acr: null }, []);
        expect(vouches).toBe(plain);
        expect(vouchesForFactor({ amr: [...said, "mfa"], acr: null }, [])).toBe(true);
      }),
    );
  });
});
