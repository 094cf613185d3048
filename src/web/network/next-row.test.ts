// Checks where the focus goes when the row that had it has gone.

import { expect, it } from "vitest";
import { nextRow } from "./next-row.ts";

it.each([
  [[9, 8, 7], 9, [8, 7], 8],
  [[9, 8, 7], 8, [9, 7], 7],
  [[9, 8, 7], 7, [9, 8], 8],
  // Two nodes had made a ban each of the same address; and one came meanwhile.
  [[9, 8, 7], 9, [10, 7], 7],
  [[9], 9, [10], null],
  [[9], 9, [], null],
])("of %j without %i, now %j: %j", (before, gone, now, next) => {
  expect(nextRow(before, gone, now)).toBe(next);
});
