// Checks how a list is recognised before it is sent, and how its lines are found again.

import { describe, expect, it } from "vitest";
import { countLines, formatOfFile, guessFormat, spanOfLine } from "./address-import.ts";

describe("guessFormat", () => {
  it.each([
    ["203.0.113.7 # a note, with a comma", "text"],
    ["\n\nrange,action\n203.0.113.7,deny", "csv"],
    ["203.0.113.7,deny,scanner", "csv"],
    [' {"range":"203.0.113.7"}', "ndjson"],
    ["", "text"],
  ])("%o is %s", (text, format) => expect(guessFormat(text)).toBe(format));
});

describe("formatOfFile", () => {
  it.each([
    ["drop.netset", "text"],
    ["entries.CSV", "csv"],
    ["entries.ndjson", "ndjson"],
    ["entries", null],
  ])("%s is %s", (name, format) => expect(formatOfFile(name)).toBe(format));
});

describe("spanOfLine", () => {
  it.each([
    [1, "one"],
    [2, ""],
    [3, "three"],
    [4, "four"],
    [9, "four"],
  ])("line %i of lines that end in every way", (line, expected) => {
    const text = "one\r\n\nthree\rfour";
    expect(text.slice(...spanOfLine(text, line))).toBe(expected);
  });
});

it("counts the lines that say something", () => {
  expect(countLines("a\r\n\r\n  \nb\rc")).toBe(3);
});
