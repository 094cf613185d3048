// Big and pathological address sets: order, nesting, memory, and searches that stay short.
import { describe, expect, it } from "vitest";
import type { Address } from "./address.ts";
import {
  bytesUsed,
  entryCount,
  findAllCovering,
  findCovering,
  removeEntry,
} from "./address-set.ts";
import { appendKeys, buildAddressSet, createAddressSetBuilder } from "./address-set-builder.ts";

const ROWS = 50_000;

function hex(word: number): string {
  return word.toString(16).padStart(8, "0");
}

function ipv4(w3: number): Address {
  return { family: 4, w0: 0, w1: 0, w2: 0, w3 };
}

function keyed(start: number, end: number, id: number) {
  return { family: 4 as const, start: hex(start), end: hex(end), id, expiresAtMs: null };
}

describe("the builder", () => {
  it("refuses entries out of order, twice the same, reversed or malformed", () => {
    const builder = createAddressSetBuilder();
    appendKeys(builder, keyed(5, 9, 2));
    for (const bad of [keyed(4, 9, 3), keyed(5, 10, 3), keyed(5, 9, 2), keyed(5, 9, 1)]) {
      expect(() => appendKeys(builder, bad)).toThrow("order");
    }
    expect(() => appendKeys(builder, keyed(9, 8, 3))).toThrow("above");
    for (const start of ["", "0000000", "0000000G", "0000000A", "0000000:", "000000001"]) {
      expect(() => appendKeys(builder, { ...keyed(9, 9, 3), start })).toThrow("key");
    }
    appendKeys(builder, {
      ...keyed(0, 0, 1),
      family: 6,
      start: "0".repeat(32),
      end: "0".repeat(32),
    });
    appendKeys(builder, keyed(5, 8, 1));
    expect(entryCount(buildAddressSet(builder))).toBe(3);
  });

  it("finds every single address of a long list, and nothing between", () => {
    const builder = createAddressSetBuilder();
    const step = Math.floor(2 ** 32 / ROWS);
    for (let i = 0; i < ROWS; i++) appendKeys(builder, keyed(i * step, i * step, i + 1));
    const set = buildAddressSet(builder);
    for (let i = 0; i < ROWS; i++) {
      if (findCovering(set, ipv4(i * step), 0) !== i + 1) expect.fail(`entry ${i + 1} is missed`);
      if (findCovering(set, ipv4(i * step + 1), 0) !== 0) expect.fail(`hit behind ${i + 1}`);
    }
    expect(bytesUsed(set) / ROWS).toBeLessThan(40);
  });

  it("stays under 40 bytes an entry for IPv6 blocks that expire", () => {
    const builder = createAddressSetBuilder();
    for (let i = 0; i < ROWS; i++) {
      const upper = `2001${hex(i * 65536 + 7)}0000`;
      appendKeys(builder, {
        family: 6,
        start: upper.padEnd(32, "0"),
        end: upper.padEnd(32, "f"),
        id: i + 1,
        expiresAtMs: 5000 + i,
      });
    }
    const set = buildAddressSet(builder);
    expect(bytesUsed(set) / ROWS).toBeLessThan(40);
    const at: Address = { family: 6, w0: 0x20010003, w1: 0x00070000, w2: 1, w3: 1 };
    expect(findCovering(set, at, 5002)).toBe(4);
    expect(findCovering(set, at, 5003)).toBe(0);
  });
});

describe("pathological nesting", () => {
  /** [0, N], [1, N-1], [2, N-2] …: as many enclosing ranges as entries. */
  function nested(rows: number, last: number) {
    const builder = createAddressSetBuilder();
    for (let i = 0; i < rows; i++) appendKeys(builder, keyed(i, last - i, i + 1));
    return buildAddressSet(builder);
  }

  it("finds the innermost of 50,000 enclosing ranges", () => {
    const last = 0xffffffff;
    const set = nested(ROWS, last);
    for (const depth of [0, 1, 2, 63, 64, 65, 1000, 4095, 4096, 31_337, ROWS - 1]) {
      expect(findCovering(set, ipv4(last - depth), 0)).toBe(depth + 1);
      expect(findCovering(set, ipv4(depth), 0)).toBe(depth + 1);
    }
    expect(findAllCovering(set, ipv4(last - 3), 0, 9)).toEqual([4, 3, 2, 1]);
    expect(findCovering(set, ipv4(last - ROWS), 0)).toBe(ROWS);
  });

  it("searches do not walk through them one by one", () => {
    const set = nested(ROWS, 0xffffffff);
    findCovering(set, ipv4(0xffffffff), 0);
    let quickestMs = Infinity;
    for (let i = 0; i < 5; i++) {
      const startMs = performance.now();
      for (let n = 0; n < 2000; n++) findCovering(set, ipv4(0xffffffff - (n & 7)), 0);
      quickestMs = Math.min(quickestMs, performance.now() - startMs);
    }
    // One by one these would be 100 million steps.
    expect(quickestMs).toBeLessThan(50);
  });

  it("skips a removed inner range to one that overlaps without enclosing it", () => {
    const builder = createAddressSetBuilder();
    appendKeys(builder, keyed(0, 100, 1));
    appendKeys(builder, keyed(10, 60, 2));
    appendKeys(builder, keyed(20, 90, 3));
    appendKeys(builder, keyed(30, 35, 4));
    appendKeys(builder, keyed(40, 80, 5));
    const set = buildAddressSet(builder);
    expect(findAllCovering(set, ipv4(55), 0, 9)).toEqual([5, 3, 2, 1]);
    removeEntry(set, { id: 5, range: { family: 4, start: ipv4(40), end: ipv4(80) } });
    removeEntry(set, { id: 3, range: { family: 4, start: ipv4(20), end: ipv4(90) } });
    expect(findCovering(set, ipv4(55), 0)).toBe(2);
    expect(findCovering(set, ipv4(70), 0)).toBe(1);
  });
});
