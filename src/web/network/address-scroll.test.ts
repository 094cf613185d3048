// Checks that every row of a list of any length can be scrolled to, and stands where it belongs.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  pagesOf,
  rowsShown,
  rowTop,
  scaleOf,
  scrollTopByKey,
  scrollTopFor,
  seenRows,
} from "./address-scroll.ts";

const VIEW = { rowHeight: 44, viewHeight: 616, devicePixelRatio: 1 };

/** As far as a browser scrolls. */
function scrollEnd(list: typeof VIEW & { readonly count: number }): number {
  const { spacing, paddingEnd } = scaleOf(list);
  return Math.max(0, list.count * spacing + paddingEnd - list.viewHeight);
}

describe("scaleOf", () => {
  it("scrolls pixel by pixel as long as a browser can draw it", () => {
    expect(scaleOf({ ...VIEW, count: 100_000 })).toEqual({ spacing: 44, paddingEnd: 0 });
  });

  it("stays below what browsers draw, also on screens of three device pixels", () => {
    for (const devicePixelRatio of [1, 2, 3]) {
      const { spacing, paddingEnd } = scaleOf({ ...VIEW, devicePixelRatio, count: 1_000_000 });
      const height = 1_000_000 * spacing + paddingEnd;
      expect(height).toBeLessThan(17_800_000);
      expect(height * devicePixelRatio).toBeLessThan(33_000_000);
    }
  });

  it("brings the last row to the bottom exactly when all is scrolled, for any length", () => {
    const lists = fc.record({
      count: fc.integer({ min: 20, max: 3_000_000 }),
      rowHeight: fc.constantFrom(44, 104),
      viewHeight: fc.integer({ min: 200, max: 800 }),
      devicePixelRatio: fc.constantFrom(1, 2, 3),
    });
    fc.assert(
      fc.property(lists, (list) => {
        const { spacing } = scaleOf(list);
        const at = { spacing, rowHeight: list.rowHeight };
        expect(rowTop(0, 0, at)).toBe(0);
        const bottom = rowTop(list.count, scrollEnd(list), at);
        expect(bottom).toBeCloseTo(Math.min(list.viewHeight, list.count * list.rowHeight), 2);
      }),
    );
  });
});

describe("seenRows", () => {
  it("holds every row that is on the screen, wherever one has scrolled to", () => {
    const list = { ...VIEW, count: 1_000_000 };
    const scale = scaleOf(list);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        const scrollTop = share * scrollEnd(list);
        const { from, to } = seenRows(scrollTop, scale, { ...list, overscan: 0 });
        const at = { spacing: scale.spacing, rowHeight: list.rowHeight };
        expect(rowTop(from, scrollTop, at)).toBeLessThanOrEqual(0);
        if (to < list.count) {
          expect(rowTop(to, scrollTop, at)).toBeGreaterThanOrEqual(list.viewHeight);
        }
        expect(to - from).toBeLessThanOrEqual(16);
      }),
    );
  });

  it("is nothing of an empty list", () => {
    const list = { ...VIEW, count: 0 };
    expect(seenRows(0, scaleOf(list), { ...list, overscan: 6 })).toEqual({ from: 0, to: 0 });
  });
});

describe("pagesOf", () => {
  it.each([
    [{ from: 0, to: 0 }, [0]],
    [{ from: 0, to: 200 }, [0]],
    [{ from: 190, to: 201 }, [0, 1]],
    [{ from: 999_990, to: 1_000_000 }, [4999]],
  ])("%o", (rows, pages) => expect(pagesOf(rows, 200)).toEqual(pages));
});

describe("scrollTopFor and scrollTopByKey", () => {
  const list = { ...VIEW, count: 1_000_000 };
  const at = { ...list, ...scaleOf(list) };

  it("brings a row on the screen with as little scrolling as it takes", () => {
    const middle = 500_000 * at.spacing;
    expect(rowTop(499_990, scrollTopFor(499_990, middle, at), at)).toBeCloseTo(0, 3);
    expect(scrollTopFor(500_003, middle, at)).toBe(middle);
    const below = scrollTopFor(500_100, middle, at);
    expect(rowTop(500_100, below, at)).toBeCloseTo(VIEW.viewHeight - VIEW.rowHeight, 3);
  });

  it.each([
    ["ArrowDown", 44],
    ["PageDown", 13 * 44],
    ["PageUp", -13 * 44],
    ["ArrowUp", -44],
  ])("%s moves the rows by %i pixels and leaves out none", (key, moved) => {
    const before = 1000 * at.spacing;
    const after = scrollTopByKey(key, before, at)!;
    expect(rowTop(1000, before, at) - rowTop(1000, after, at)).toBeCloseTo(moved, 3);
  });

  it("leaves other keys to the browser", () => {
    expect(scrollTopByKey("Tab", 100, at)).toBeNull();
    expect(scrollTopByKey("Home", 100, at)).toBe(0);
  });
});

describe("rowsShown", () => {
  const phone = { rowsMax: 6, wholeMax: 12 };
  it.each([
    [0, 1],
    [1, 1],
    [11, 11],
    [12, 12],
    [13, 6.5],
    [1_000_000, 6.5],
  ])("of %i entries are seen %f", (count, rows) => expect(rowsShown(count, phone)).toBe(rows));
});
