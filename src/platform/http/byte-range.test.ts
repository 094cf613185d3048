// Tables of Range headers, and what holds for every header and size.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readByteRange } from "./byte-range.ts";
import type { ByteRange } from "./byte-range.ts";

const part = (first: number, last: number): ByteRange => ({ kind: "part", first, last });
const WHOLE: ByteRange = { kind: "whole" };
const UNSATISFIABLE: ByteRange = { kind: "unsatisfiable" };

describe("readByteRange", () => {
  it.each<[string | undefined, ByteRange]>([
    [undefined, WHOLE],
    ["bytes=0-0", part(0, 0)],
    ["bytes=0-99", part(0, 99)],
    ["bytes=10-19", part(10, 19)],
    ["BYTES=10-19", part(10, 19)],
    ["bytes= 10-19 ", part(10, 19)],
    ["bytes=,10-19,", part(10, 19)],
    ["bytes=99-", part(99, 99)],
    ["bytes=0-", part(0, 99)],
    ["bytes=90-1000", part(90, 99)],
    ["bytes=90-99999999999999999999999999", part(90, 99)],
    ["bytes=-1", part(99, 99)],
    ["bytes=-100", part(0, 99)],
    ["bytes=-1000", part(0, 99)],
    ["bytes=007-08", part(7, 8)],
    // satisfiable by nothing there is
    ["bytes=100-", UNSATISFIABLE],
    ["bytes=100-200", UNSATISFIABLE],
    ["bytes=99999999999999999999999999-", UNSATISFIABLE],
    ["bytes=-0", UNSATISFIABLE],
    // malformed, and other units
    ["bytes=20-10", WHOLE],
    ["bytes=", WHOLE],
    ["bytes=-", WHOLE],
    ["bytes=a-b", WHOLE],
    ["bytes=+1-2", WHOLE],
    ["bytes=1.5-2", WHOLE],
    ["bytes=0x1-2", WHOLE],
    ["bytes=1 - 2", WHOLE],
    ["bytes=1--2", WHOLE],
    ["bytes =1-2", WHOLE],
    ["bytes 1-2", WHOLE],
    ["items=0-9", WHOLE],
    ["", WHOLE],
    // several
    ["bytes=0-1,4-5", WHOLE],
    ["bytes=0-1, bytes=4-5", WHOLE],
    [`bytes=${Array.from({ length: 1000 }, () => "0-").join(",")}`, WHOLE],
  ])("%j of 100 bytes", (header, expected) => {
    expect(readByteRange(header, 100)).toEqual(expected);
  });

  it("finds nothing in what is empty", () => {
    expect(readByteRange("bytes=0-", 0)).toEqual(UNSATISFIABLE);
    expect(readByteRange("bytes=-5", 0)).toEqual(UNSATISFIABLE);
  });

  it("never leads outside, whatever is asked", () => {
    const number = fc.oneof(fc.nat(200), fc.maxSafeNat(), fc.constant(""));
    const asked = fc.oneof(
      fc.string(),
      fc.tuple(number, number).map(([from, to]) => `bytes=${from}-${to}`),
    );
    fc.assert(
      fc.property(asked, fc.nat(150), (header, sizeBytes) => {
        const range = readByteRange(header, sizeBytes);
        if (range.kind !== "part") return;
        expect(range.first).toBeGreaterThanOrEqual(0);
        expect(range.last).toBeGreaterThanOrEqual(range.first);
        expect(range.last).toBeLessThan(sizeBytes);
      }),
    );
  });

  it("gives exactly the bytes between two that are there", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (one, other) => {
        const [first, last] = [Math.min(one, other), Math.max(one, other)];
        expect(readByteRange(`bytes=${first}-${last}`, last + 1)).toEqual(part(first, last));
      }),
    );
  });
});
