// Addresses: reading, writing and stepping, against two independent readers.
import { isIP } from "node:net";
import fc from "fast-check";
import { Address6 } from "ip-address";
import { describe, expect, it } from "vitest";
import {
  compareAddresses,
  fillAddress,
  formatAddress,
  maskAddress,
  nextAddress,
  parseAddress,
  previousAddress,
  readAddress,
} from "./address.ts";
import type { Address } from "./address.ts";
import { addressKey } from "./address-range.ts";

const word = fc.oneof(
  fc.constantFrom(0, 1, 0xffff, 0x10000, 0xffffffff),
  fc.integer({ min: 0, max: 0xffffffff }),
);
const ipv4 = word.map((w3): Address => ({ family: 4, w0: 0, w1: 0, w2: 0, w3 }));
const ipv6 = fc
  .tuple(word, word, word, word)
  .filter(([w0, w1, w2]) => !(w0 === 0 && w1 === 0 && w2 === 0xffff))
  .map(([w0, w1, w2, w3]): Address => ({ family: 6, w0, w1, w2, w3 }));
const anyAddress = fc.oneof(ipv4, ipv6);

function toNumber(address: Address): bigint {
  return BigInt(`0x${addressKey(address)}`);
}

describe("parseAddress", () => {
  it("reads back what it writes, and the other reader agrees on the number", () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        const text = formatAddress(address);
        expect(parseAddress(text)).toEqual(address);
        expect(isIP(text)).toBe(address.family);
        if (address.family === 6) {
          const oracle = new Address6(text);
          expect(toNumber(address)).toBe(oracle.bigInt());
          expect(text).toBe(oracle.correctForm());
          expect(parseAddress(oracle.canonicalForm())).toEqual(address);
          expect(parseAddress(oracle.canonicalForm().toUpperCase())).toEqual(address);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("is exactly as strict as the runtime, but for dotted tails and zones", () => {
    const text = fc.string({
      unit: fc.constantFrom("0", "1", "9", "25", "a", "F", "ffff", ":", "::", ".", "1.2.3.4"),
      maxLength: 14,
    });
    fc.assert(
      fc.property(text, (input) => {
        const outcome = readAddress(input);
        if (outcome === "dotted-tail") expect(isIP(input)).toBe(6);
        else expect(typeof outcome !== "string").toBe(isIP(input) !== 0);
      }),
      { numRuns: 3000 },
    );
  });

  it("makes the mapped form the IPv4 address, however it is spelt", () => {
    fc.assert(
      fc.property(ipv4, (address) => {
        const hex = `${(address.w3 >>> 16).toString(16)}:${(address.w3 & 0xffff).toString(16)}`;
        for (const text of [
          `::ffff:${formatAddress(address)}`,
          `::FFFF:${hex}`,
          `0:0:0:0:0:ffff:${hex}`,
          `0000::0000:ffff:${formatAddress(address)}`,
        ]) {
          expect(parseAddress(text)).toEqual(address);
        }
      }),
    );
  });

  it.each([
    ["64:ff9b::1.2.3.4", "64:ff9b::102:304"],
    ["0:0:1:0:0:1:0:0", "::1:0:0:1:0:0"],
    ["0:0:1:0:0:0:1:0", "0:0:1::1:0"],
    ["1:0:0:1:0:0:0:1", "1:0:0:1::1"],
    ["1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"],
    ["::", "::"],
    ["0::0", "::"],
    ["1::", "1::"],
    ["::FFFF:0:0", "0.0.0.0"],
    ["::fffe:0:0", "::fffe:0:0"],
    ["::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"],
  ])("%s is %s", (text, canonical) => {
    expect(formatAddress(parseAddress(text)!)).toBe(canonical);
  });

  it.each([
    "",
    "1.2.3",
    "1.2.3.4 ",
    " 1.2.3.4",
    "256.1.1.1",
    "1.2.3.4/32",
    "1..2.3",
    "[::1]",
    "::1%1",
  ])("refuses %j", (text) => expect(parseAddress(text)).toBeNull());
});

describe("order and steps", () => {
  it("compares like the numbers", () => {
    fc.assert(
      fc.property(ipv6, ipv6, (a, b) => {
        const difference = toNumber(a) - toNumber(b);
        expect(Math.sign(compareAddresses(a, b))).toBe(
          difference < 0n ? -1 : difference > 0n ? 1 : 0,
        );
      }),
    );
    expect(compareAddresses(parseAddress("255.255.255.255")!, parseAddress("::")!)).toBeLessThan(0);
  });

  it("steps by one, and not past the edges of a family", () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        const next = nextAddress(address);
        if (next === null) return;
        expect(toNumber(next)).toBe(toNumber(address) + 1n);
        expect(previousAddress(next)).toEqual(address);
      }),
    );
    expect(nextAddress(parseAddress("255.255.255.255")!)).toBeNull();
    expect(previousAddress(parseAddress("0.0.0.0")!)).toBeNull();
    expect(nextAddress(parseAddress("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")!)).toBeNull();
    expect(previousAddress(parseAddress("::")!)).toBeNull();
  });

  it("masks and fills like the numbers", () => {
    fc.assert(
      fc.property(anyAddress, fc.nat(128), (address, length) => {
        const bits = address.family === 4 ? 32 : 128;
        const prefixLength = Math.min(length, bits);
        const rest = (1n << BigInt(bits - prefixLength)) - 1n;
        expect(toNumber(maskAddress(address, prefixLength))).toBe(toNumber(address) & ~rest);
        expect(toNumber(fillAddress(address, prefixLength))).toBe(toNumber(address) | rest);
      }),
    );
    expect(formatAddress(maskAddress(parseAddress("2001:db8:1:2:3::4")!, 64))).toBe(
      "2001:db8:1:2::",
    );
  });
});
