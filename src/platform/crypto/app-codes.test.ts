// Checks the codes of authenticator apps against the RFCs' vectors, and the window of steps.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { appCodeAt, appUri, encodeAppSecret, findAppStep, newAppSecret } from "./app-codes.ts";

/** Both RFCs use it. */
const RFC_SECRET = Buffer.from("12345678901234567890", "ascii");

describe("row 89: codes", () => {
  it.each([
    [0, "755224"],
    [1, "287082"],
    [2, "359152"],
    [3, "969429"],
    [4, "338314"],
    [5, "254676"],
    [6, "287922"],
    [7, "162583"],
    [8, "399871"],
    [9, "520489"],
  ])("of counter %i are those of RFC 4226, appendix D", (step, code) => {
    expect(appCodeAt({ secret: RFC_SECRET, step })).toBe(code);
  });

  it.each([
    [59, "94287082"],
    [1_111_111_109, "07081804"],
    [1_111_111_111, "14050471"],
    [1_234_567_890, "89005924"],
    [2_000_000_000, "69279037"],
    [20_000_000_000, "65353130"],
  ])("at second %i are those of RFC 6238, appendix B (SHA-1)", (seconds, code) => {
    const step = Math.floor(seconds / 30);
    expect(appCodeAt({ secret: RFC_SECRET, step, digits: 8 })).toBe(code);
    expect(appCodeAt({ secret: RFC_SECRET, step })).toBe(code.slice(2));
  });
});

describe("row 91: a code is found", () => {
  it.each([-2, -1, 0, 1, 2])("at %i steps exactly when the window is that wide", (offset) => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 80_000_000 }), fc.nat(3), (nowStep, wide) => {
        const secret = newAppSecret();
        const code = appCodeAt({ secret, step: nowStep + offset });
        const found = findAppStep({ secret, code, nowStep, stepsEitherWay: wide });
        if (Math.abs(offset) <= wide)
          expect(Math.abs((found ?? Infinity) - nowStep)).toBeLessThan(3);
        // The same six digits in two of seven steps come once in 150,000 times.
        else if (found !== null) expect(appCodeAt({ secret, step: found })).toBe(code);
      }),
      { numRuns: 50 },
    );
  });

  it("at the nearest step, the earlier of two, and never before 1970", () => {
    const codeOf = (step: number) => appCodeAt({ secret: RFC_SECRET, step });
    const find = (code: string, nowStep: number, stepsEitherWay: number) =>
      findAppStep({ secret: RFC_SECRET, code, nowStep, stepsEitherWay });
    expect(find(codeOf(7), 7, 0)).toBe(7);
    expect(find(codeOf(7), 8, 0)).toBeNull();
    expect(find(codeOf(7), 8, 1)).toBe(7);
    expect(find(codeOf(9), 8, 1)).toBe(9);
    expect(find(codeOf(133), 8, 125)).toBe(133);
    expect(find(codeOf(134), 8, 125)).toBeNull();
    expect(find(codeOf(0), 0, 125)).toBe(0);
    for (const wrong of ["", "75522", "7552240", "755 24"]) expect(find(wrong, 0, 9)).toBeNull();
  });
});

describe("a secret", () => {
  it("has 160 bits, and base32 without padding that apps take (RFC 4648)", () => {
    expect(newAppSecret()).toHaveLength(20);
    expect(Buffer.from(newAppSecret()).equals(newAppSecret())).toBe(false);
    expect(encodeAppSecret(RFC_SECRET)).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    expect(encodeAppSecret(newAppSecret())).toMatch(/^[A-Z2-7]{32}$/);
  });

  it("is told to an app by a URI that names everything", () => {
    const named = { issuer: "Müller & Co", account: "ada+x@example.com" };
    const uri = new URL(appUri({ secret: RFC_SECRET, ...named }));
    expect(uri.protocol).toBe("otpauth:");
    expect(uri.host).toBe("totp");
    expect(decodeURIComponent(uri.pathname)).toBe("/Müller & Co:ada+x@example.com");
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: "Müller & Co",
      secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
      algorithm: "SHA1",
      digits: "6",
      period: "30",
    });
  });
});
