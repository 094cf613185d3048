// How long keys are relied on, which of them count, and what is no set of keys.
import { describe, expect, it } from "vitest";
import { countSigningKeys, hasKey, keysGoodForMs, readKeySet } from "./key-set.ts";

const MINUTE_MS = 60_000;

describe("keysGoodForMs", () => {
  it.each([
    [null, 5 * MINUTE_MS],
    ["no-store", 5 * MINUTE_MS],
    ["max-age=60", 5 * MINUTE_MS],
    ["max-age=-1", 5 * MINUTE_MS],
    ["max-age=nonsense", 5 * MINUTE_MS],
    ["x-max-age=7200", 5 * MINUTE_MS],
    ["public,max-age=7200, must-revalidate", 120 * MINUTE_MS],
    ['MAX-AGE="7200"', 120 * MINUTE_MS],
    ["max-age=999999999999999999999", 24 * 60 * MINUTE_MS],
    ["max-age=999999999", 24 * 60 * MINUTE_MS],
  ])("%s", (header, expected) => {
    expect(keysGoodForMs(header)).toBe(expected);
  });
});

describe("readKeySet", () => {
  it.each(["", "<html>", "null", "[]", "{}", '{"keys":{}}', '{"keys":[null]}', '{"keys":["a"]}'])(
    "refuses %j",
    (text) => {
      expect(() => readKeySet(text)).toThrow(/no set of keys/);
    },
  );

  it("tells signing keys from others, and knows their names", () => {
    const modulus = "x".repeat(342);
    const keys = [
      { kty: "RSA", kid: "a", n: modulus },
      { kty: "RSA", kid: "b", n: modulus, use: "enc" },
      { kty: "RSA", kid: "c", n: "x".repeat(171) },
      { kty: "EC", kid: "d", use: "sig" },
      { kty: "OKP" },
      { kty: "oct", k: "c2VjcmV0" },
    ];
    const set = readKeySet(JSON.stringify({ keys }));
    expect(countSigningKeys(set)).toBe(3);
    expect([hasKey(set, "d"), hasKey(set, "../d"), hasKey(set, null)]).toEqual([true, false, true]);
  });
});
