// Checks the words about subscribed lists.
import { describe, expect, it } from "vitest";
import { SUBSCRIPTION_STATES } from "../../api/subscription-api.ts";
import { SUBSCRIPTION_FORMATS } from "../../core/network/subscription.ts";
import {
  describeDifference,
  describeKeptBack,
  FORMAT_NAMES,
  sourceFault,
  STATE_WORDS,
} from "./subscription-words.ts";

const NONE = {
  added: 0,
  removed: 0,
  addedSamples: [],
  removedSamples: [],
  badLines: 0,
  badLineSamples: [],
};

describe("a subscribed list", () => {
  it("has words for every state and format", () => {
    expect(Object.keys(STATE_WORDS)).toEqual([...SUBSCRIPTION_STATES]);
    expect(Object.keys(FORMAT_NAMES)).toEqual([...SUBSCRIPTION_FORMATS]);
  });

  it.each([
    [NONE, "none added, none removed"],
    [{ ...NONE, added: 1, addedSamples: ["192.0.2.7"] }, "1 (192.0.2.7) added, none removed"],
    [
      { ...NONE, removed: 2000, removedSamples: ["192.0.2.7"] },
      "none added, 2,000 (192.0.2.7, …) removed",
    ],
    [
      { ...NONE, badLines: 1, badLineSamples: [{ line: 3, message: "empty" }] },
      "none added, none removed; 1 line could not be read (line 3: empty)",
    ],
  ])("says what a copy changed", (difference, words) => {
    expect(describeDifference(difference)).toBe(words);
  });

  it("says what a copy that waits would leave", () => {
    expect(describeKeptBack({ ranges: 4000, difference: NONE })).toBe(
      "4,000 ranges: none added, none removed",
    );
  });

  it.each([
    ["https://lists.example.com/a", true],
    [" file:own.txt ", true],
    ["file:", false],
    ["ftp://lists.example.com", false],
    ["lists", false],
  ])("takes %s as a source: %s", (text, isTaken) => {
    expect(sourceFault(text) === null).toBe(isTaken);
  });
});
