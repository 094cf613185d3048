// Tables of JSON texts that are read alike everywhere, and of those that are not.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseStrictJson } from "./strict-json.ts";

function parse(text: string): ReturnType<typeof parseStrictJson> {
  return parseStrictJson(Buffer.from(text, "utf8"));
}

describe("parseStrictJson", () => {
  it("gives what JSON.parse gives for any value", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        const result = parse(text);
        // Random objects may hold __proto__ and huge numbers, which are refused on purpose.
        const isOdd = /__proto__|constructor|prototype|\d{16}|e\+?\d/.test(text);
        expect(result.ok || isOdd).toBe(true);
        expect(result).toEqual(result.ok ? { ok: true, value: JSON.parse(text) } : result);
      }),
    );
  });

  it.each([
    '{"a":{"b":1},"b":{"b":2}}',
    '[{"a":1},{"a":2}]',
    '{"a":"\\"a\\":1","c":"}{][,\\\\"}',
    '{"a:b":"x : y", "b" : "a"}',
    "9007199254740991",
    "1.5e300",
    "-0",
  ])("accepts %s", (text) => {
    expect(parse(text)).toEqual({ ok: true, value: JSON.parse(text) });
  });

  it.each([
    ["a repeated key", '{"a":1,"b":2,"a":3}', "twice"],
    ["a repeated key in other letters", '{"a":1,"\\u0061":3}', "twice"],
    ["a repeated key deep down", '[{"x":[{"a":1, "a" :2}]}]', "twice"],
    ["__proto__", '{"__proto__":{"admin":true}}', "__proto__"],
    ["constructor", '{"constructor":{}}', "constructor"],
    ["prototype", '{"a":{"prototype":1}}', "prototype"],
    ["__proto__ in other letters", '{"__pr\\u006fto__":{}}', "__proto__"],
    ["a whole number over 2^53 - 1", "[9007199254740993]", "exactly"],
    ["an endless number", '{"a":1e999}', "exactly"],
    ["a comment", '{"a":1 /* b */}', "broken"],
    ["a byte order mark", '\ufeff{"a":1}', "byte order mark"],
    ["200,000 levels", "[".repeat(200_000) + "]".repeat(200_000), "64 levels"],
    ["65 levels", "[".repeat(65) + "]".repeat(65), "64 levels"],
    ["too many values", `[${"0,".repeat(20_000)}0]`, "20000"],
    ["NaN", "NaN", "broken"],
    ["nothing", "", "broken"],
  ])("refuses %s (attack row 150)", (_name, text, why) => {
    expect(parse(text)).toMatchObject({ ok: false, why: expect.stringContaining(why) });
  });

  it("refuses what is not UTF-8", () => {
    expect(parseStrictJson(Buffer.from('{"a":1}', "utf16le"))).toMatchObject({ ok: false });
    expect(parseStrictJson(Buffer.from([34, 0xff, 34]))).toMatchObject({ ok: false });
  });
});
