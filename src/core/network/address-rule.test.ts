// List entries as people write them: what is read, what is refused, and how it is put right.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRule } from "./address-rule.ts";

describe("accepted", () => {
  it.each([
    ["1.2.3.4/32", "1.2.3.4", "cidr"],
    ["0.0.0.0-255.255.255.255", "0.0.0.0/0", "range"],
    ["::ffff:0:0/96", "0.0.0.0/0", "cidr"],
    ["::FFFF:102:304/128", "1.2.3.4", "cidr"],
    ["2001:DB8::/32", "2001:db8::/32", "cidr"],
    ["2001:0db8:0000:0000:0000:0000:0000:0000/32", "2001:db8::/32", "cidr"],
    ["2001:db8::-2001:db8::ff", "2001:db8::/120", "range"],
    ["2001:db8::1  -\t".trim() + " 2001:db8::3", "2001:db8::1-2001:db8::3", "range"],
    ["64:ff9b::1.2.3.0/120", "64:ff9b::102:300/120", "cidr"],
    ["::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::/0", "range"],
    ["::/97", "::/97", "cidr"],
  ])("%s is %s", (text, canonical, kind) => {
    expect(parseRule(text)).toMatchObject({ ok: true, canonical, kind });
  });
});

describe("refused", () => {
  it.each([
    ["1.2.3.4-2001:db8::1", "range-mixed-families", null],
    ["::1-1.2.3.4", "range-mixed-families", null],
    ["::1-::ffff:1.2.3.4", "range-mixed-families", null],
    ["2001:db8::9-2001:db8::1", "range-reversed", "2001:db8::1-2001:db8::9"],
    ["::1-2001:db8::", "covers-mapped-block", null],
    ["::/1", "covers-mapped-block", null],
    ["::/95", null, null],
    ["1.2.3.4/-1", "prefix-malformed", null],
    ["1.2.3.4/255.255.0.0", "prefix-malformed", "1.2.0.0/16 or 1.2.3.4"],
    ["1.2.3.0/0.0.0.255", "prefix-malformed", "1.2.3.0/24"],
    ["1.2.3.0/255.0.255.0", "prefix-malformed", null],
    ["1.2.3.4/024", "prefix-malformed", "1.2.3.0/24 or 1.2.3.4"],
    ["https://[2001:db8::1]:8443/x?y", "prefix-malformed", "2001:db8::1"],
    ["1.2.*", "ipv4-malformed", "1.2.0.0/16"],
    ["1.2.*.*", "ipv4-malformed", "1.2.0.0/16"],
    ["*.*.*.*", "ipv4-malformed", "0.0.0.0/0"],
    ["1.*.3.4", "ipv4-malformed", null],
    ["*.2.3.4", "ipv4-malformed", null],
    ["2001:db8:*", "not-an-address", "2001:db8::/32"],
    ["10/8", "ipv4-malformed", "10.0.0.0/8"],
    ["10.1/8", "ipv4-malformed", null],
    ["1.2.3.4:80", "ipv4-malformed", "1.2.3.4"],
    ["[2001:db8::1]", "not-an-address", "2001:db8::1"],
    ["[2001:db8::1]:443", "not-an-address", "2001:db8::1"],
    ["[2001:db8::1]/64", "not-an-address", "2001:db8::/64 or 2001:db8::1"],
    ["fe80::1%eth0/64", "zone-not-allowed", "fe80::/64 or fe80::1"],
    ["::1/64", "host-bits-set", "::1"],
    ["::ffff:203.0.113.7/24", "host-bits-set", "203.0.113.0/24 or 203.0.113.7"],
    ["::ffff:203.0.113.7/120", "host-bits-set", "203.0.113.0/24 or 203.0.113.7"],
    ["1.2.3.4,", "ipv4-malformed", "1.2.3.4"],
    ["1.2.3.4 1.2.3.5;1.2.3.6", "ipv4-malformed", "3 entries"],
    ["10.0.0.0/8, 11.0.0.0/8", "prefix-malformed", "two entries"],
    ["1.2.3.0 /24", "ipv4-malformed", null],
    ["1.2.3.4-3", "ipv4-malformed", null],
    ["1.2.3.4\t1.2.3.5", "non-ascii", null],
    ["1.2.3.4\0", "non-ascii", null],
    ["1.2.3.4\u00a0", "non-ascii", null],
    ["12345::", "ipv6-malformed", null],
    ["-", "ipv4-malformed", null],
    ["/", "prefix-malformed", null],
  ])("%j", (text, code, suggest) => {
    const reading = parseRule(text);
    if (code === null) expect(reading.ok).toBe(true);
    else expect(reading).toMatchObject({ ok: false, code, suggest });
  });

  it.each([undefined, true, 0, 1n, Symbol("x"), {}, [], new String("1.2.3.4")])(
    "what is no string (%#)",
    (input) => expect(parseRule(input)).toMatchObject({ ok: false, code: "not-a-string" }),
  );
});

describe("warnings", () => {
  it.each([
    ["0.0.0.0/0", "whole-family"],
    ["::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "whole-family"],
    ["10.0.0.0/7", "very-wide"],
    ["1.0.0.0-5.0.0.0", "very-wide"],
    ["8000::/1", "very-wide"],
    ["::", "never-a-client"],
    ["224.0.0.1", "never-a-client"],
    ["ff02::1", "never-a-client"],
    ["10.0.0.0/8", null],
    ["0.0.0.0/8", null],
    ["fe80::1", null],
  ])("%s: %s", (text, warnCode) => expect(parseRule(text)).toMatchObject({ ok: true, warnCode }));
});

describe("invariants", () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        "1.2.3.4",
        "::ffff:",
        "2001:db8::",
        "/",
        "/24",
        "-",
        ":",
        "::",
        ".",
        "*",
        "%1",
      ),
      fc.constantFrom("0", "1", "255", " ", "\t", ",", "[", "]", ":80", "http://", "0x", "é"),
    ),
    maxLength: 9,
  });

  it("the canonical text is its own canonical text, and names the same range", () => {
    fc.assert(
      fc.property(text, (input) => {
        const reading = parseRule(input);
        if (!reading.ok) return;
        expect(parseRule(reading.canonical)).toMatchObject({
          ok: true,
          canonical: reading.canonical,
          range: reading.range,
        });
      }),
      { numRuns: 3000 },
    );
  });

  it("whatever is suggested is accepted", () => {
    fc.assert(
      fc.property(text, (input) => {
        const { suggest } = parseRule(input);
        if (suggest === null || suggest.endsWith("entries")) return;
        for (const part of suggest.replace("?", "").split(" or ")) {
          expect(parseRule(part), `${input} -> ${part}`).toMatchObject({
            ok: true,
            canonical: part,
          });
        }
      }),
      { numRuns: 3000 },
    );
  });

  it.each(["1", ":", " ", "1.2.3.4,", "[", "::ffff:", "%", "*.", "é", '"\\', "1 ", "1-", "a://"])(
    "%j, repeated up to 1 MiB, is refused in under 50 microseconds",
    (piece) => {
      for (const length of [64, 128, 129, 2 ** 20]) {
        const input = piece.repeat(length / piece.length);
        let quickestNs = Infinity;
        for (let i = 0; i < 200; i++) {
          const startNs = process.hrtime.bigint();
          const reading = parseRule(input);
          quickestNs = Math.min(quickestNs, Number(process.hrtime.bigint() - startNs));
          if (reading.ok) expect.fail(`accepted: ${input.slice(0, 128)}`);
        }
        expect(quickestNs).toBeLessThan(50_000);
      }
    },
  );
});
