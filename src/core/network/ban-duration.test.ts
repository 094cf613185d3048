// Checks how long bans last and how repeats double them.
import { describe, expect, it } from "vitest";
import { platformPolicy } from "../../../test/network/example-network.ts";
import { banDurationSeconds, ESCALATION_MEMORY_MS } from "./ban-duration.ts";
import { countRepeats, rememberBan } from "./repeat-offenders.ts";

const RULE = platformPolicy().ban;
const DAY_MS = 86_400_000;
const COUNTED = { family: 4, w0: 0, w1: 0, w2: 0, w3: 1 } as const;

describe("the blacklist time interval", () => {
  it("is half an hour, however often it happens, while escalation is off", () => {
    for (const repeats of [0, 1, 50]) expect(banDurationSeconds(RULE, repeats)).toBe(1800);
  });

  it.each([
    [0, 1800],
    [1, 3600],
    [2, 7200],
    [8, 460_800],
    [9, 604_800],
    [32, 604_800],
    [10_000, 604_800],
  ])("after %i earlier bans is %i s with escalation", (repeats, seconds) => {
    const escalation = { ...RULE.escalation, enabled: true };
    expect(banDurationSeconds({ ...RULE, escalation }, repeats)).toBe(seconds);
  });

  it("is never cut below its own length by an escalation that is off", () => {
    const escalation = { enabled: false, durationSecondsMax: 60 };
    expect(banDurationSeconds({ ...RULE, escalation }, 3)).toBe(1800);
  });
});

describe("earlier bans", () => {
  it("count for thirty days and not a millisecond longer", () => {
    const repeats = new Map();
    rememberBan(repeats, COUNTED, 1000);
    expect(countRepeats(repeats, COUNTED, 1000 + ESCALATION_MEMORY_MS - 1)).toBe(1);
    expect(countRepeats(repeats, COUNTED, 1000 + 30 * DAY_MS)).toBe(0);
    expect(countRepeats(repeats, { ...COUNTED, w3: 2 }, 1000)).toBe(0);
  });

  it("are kept in bounded number, the newest ones", () => {
    const repeats = new Map<string, number[]>();
    for (let at = 0; at < 100; at += 1) rememberBan(repeats, COUNTED, at);
    expect([...repeats.values()][0]).toEqual(Array.from({ length: 32 }, (_, i) => 68 + i));
  });
});
