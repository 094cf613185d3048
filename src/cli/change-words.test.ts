// Checks the words for what a change is about.
import { expect, it } from "vitest";
import { describeParts } from "./change-words.ts";

it.each([
  [[["country", null, 0]], "country of the platform"],
  [[["entries", "acme", 1]], "1 entry of acme"],
  [
    [
      ["country", null, 0],
      ["log-out", "acme", 0],
      ["entries", null, 2000],
      ["country", null, 0],
    ],
    "country, 2,000 entries of the platform; log-out of acme",
  ],
] as const)("%j is %j", (rows, words) => {
  const parts = rows.map(([subject, account, entries]) => ({ subject, account, entries }));
  expect(describeParts(parts)).toBe(words);
});
