// The facts of events as lines that people read.
import { describe, expect, it } from "vitest";
import { changedLines, detailLines } from "./detail-lines.ts";

const at = (ms: number): string => `at ${ms}`;

describe("the facts of an event", () => {
  it("are named in words, with instants as instants and nothing that is empty", () => {
    const detail = {
      wrongCodes: 5,
      lockedUntilMs: 1000,
      endsAtMs: 2000,
      isOperator: true,
      note: "",
      session: null,
      banId: 7,
      stats: { a: 1 },
    };
    expect(detailLines(detail, at)).toEqual([
      { name: "Wrong codes", value: "5" },
      { name: "Locked until", value: "at 1000" },
      { name: "Ends at", value: "at 2000" },
      { name: "Is operator", value: "yes" },
      { name: "Stats", value: '{"a":1}' },
    ]);
  });

  it("tell of a confirmed change what it was, and who had made it", () => {
    const madeBy = "grace@example.com (abcdefghijklmnopqrst)";
    const changeId = "a".repeat(20);
    const detail = { changeId, madeBy, subjects: ["country", "ban"], revisions: [1041, 1042] };
    expect(detailLines(detail, at)).toEqual([
      { name: "Made by", value: "grace@example.com" },
      { name: "Subjects", value: "Allowed countries, Blacklist time interval" },
      { name: "Revisions", value: "1041, 1042" },
    ]);
  });

  it("tell of changed rules what differs", () => {
    const before = { mode: "off", countries: { NZ: "allow", JP: "deny" }, windowSeconds: 60 };
    const after = { mode: "enforce", countries: { NZ: "allow", RU: "deny" }, windowSeconds: 60 };
    expect(changedLines({ before, after })).toEqual([
      { name: "Mode", value: "off → enforce" },
      { name: "Countries: JP", value: "deny → not set" },
      { name: "Countries: RU", value: "not set → deny" },
    ]);
    expect(changedLines({})).toEqual([]);
  });
});
