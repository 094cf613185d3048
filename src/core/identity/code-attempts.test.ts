// Checks attempts with codes: five, two pauses, the lock, and what is not counted.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, NOW_MS } from "../../../test/identity/example-identity.ts";
import {
  CODE_ATTEMPTS_MAX,
  CODE_LOCK_MS,
  CODE_PAUSE_MS,
  codeStateAt,
  decideCodeAttempt,
  NO_WRONG_CODES,
} from "./code-attempts.ts";
import type { CodeCount, CodeFacts, CodeMatch } from "./code-attempts.ts";

const MINUTE_MS = 60_000;
const MATCHES = [
  "right",
  "wrong",
  "replayed",
  "expired",
  "not-sent",
  "drifted-past",
  "drifted-future",
] as const;

function countWith(count: Partial<CodeCount> = {}): CodeCount {
  return { ...NO_WRONG_CODES, ...count };
}

function told(match: CodeMatch | null, count: Partial<CodeCount> = {}, isClockSuspected = false) {
  const facts = { count: countWith(count), match, isClockSuspected };
  const { verdict, reason, changes, count: after } = decideCodeAttempt(facts, NOW_MS);
  const kinds = changes.map(({ kind }) => kind);
  return [verdict, reason, after.wrongCodes, ...kinds].join(" ");
}

const PAUSED = { wrongCodes: 3, pausedUntilMs: NOW_MS + 1 };
const LOCKED = { wrongCodes: 5, lockedUntilMs: NOW_MS + 1 };

describe("an attempt with a code", () => {
  it.each([
    ["right", "right", {}, "pass code-right 0"],
    ["right after four wrong", "right", { wrongCodes: 4 }, "pass code-right 0"],
    ["first wrong", "wrong", {}, "refuse code-wrong 1 report-offence"],
    ["second wrong", "wrong", { wrongCodes: 1 }, "refuse code-wrong 2 report-offence"],
    ["third wrong", "wrong", { wrongCodes: 2 }, "refuse code-wrong 3 report-offence pause-codes"],
    ["fourth wrong", "wrong", { wrongCodes: 3 }, "refuse code-wrong 4 report-offence pause-codes"],
    [
      "fifth wrong",
      "wrong",
      { wrongCodes: 4 },
      "refuse code-wrong 5 report-offence lock-codes end-sign-in",
    ],
    ["right while paused", "right", PAUSED, "refuse codes-paused 3"],
    ["wrong while paused", "wrong", PAUSED, "refuse codes-paused 3"],
    ["not looked at while paused", null, PAUSED, "refuse codes-paused 3"],
    ["right as the pause ends", "right", { ...PAUSED, pausedUntilMs: NOW_MS }, "pass code-right 0"],
    [
      "wrong as the pause ends",
      "wrong",
      { ...PAUSED, pausedUntilMs: NOW_MS },
      "refuse code-wrong 4 report-offence pause-codes",
    ],
    ["right while locked", "right", LOCKED, "refuse codes-locked 5"],
    ["not looked at while locked", null, LOCKED, "refuse codes-locked 5"],
    ["right as the lock ends", "right", { ...LOCKED, lockedUntilMs: NOW_MS }, "pass code-right 0"],
    [
      "wrong as the lock ends: the count begins anew",
      "wrong",
      { ...LOCKED, lockedUntilMs: NOW_MS },
      "refuse code-wrong 1 report-offence",
    ],
    ["used before", "replayed", { wrongCodes: 4 }, "refuse code-replayed 4"],
    ["too old", "expired", { wrongCodes: 4 }, "refuse code-expired 4"],
    ["never sent", "not-sent", { wrongCodes: 4 }, "refuse code-not-sent 4"],
    ["of a clock that is late", "drifted-past", { wrongCodes: 4 }, "refuse code-drifted 4"],
    // Otherwise a guess would find out which code will be right in a while.
    ["of a time to come", "drifted-future", {}, "refuse code-wrong 1 report-offence"],
    ["not looked at although it might", null, {}, "refuse code-wrong 1 report-offence"],
  ] as const)("%s", (_, match, count, outcome) => {
    expect(told(match, count)).toBe(outcome);
  });

  // attack row 102
  it("of a time to come is no guess when our own clock is suspected", () => {
    expect(told("drifted-future", { wrongCodes: 4 }, true)).toBe("refuse code-drifted 4");
    expect(told("wrong", { wrongCodes: 3 }, true)).toContain("refuse code-wrong 4");
  });

  it("is paused for five minutes, locked for thirty", () => {
    expect([CODE_PAUSE_MS, CODE_LOCK_MS]).toEqual([5 * MINUTE_MS, 30 * MINUTE_MS]);
    const changesAfter = (wrongCodes: number) =>
      decideCodeAttempt(
        { count: countWith({ wrongCodes }), match: "wrong", isClockSuspected: false },
        NOW_MS,
      ).changes;
    const pause = { kind: "pause-codes", untilMs: NOW_MS + CODE_PAUSE_MS };
    expect(changesAfter(2)).toContainEqual(pause);
    expect(changesAfter(3)).toContainEqual(pause);
    expect(changesAfter(4)).toContainEqual({
      kind: "lock-codes",
      untilMs: NOW_MS + CODE_LOCK_MS,
    });
  });

  it("tells its steps in order", () => {
    const facts = { count: NO_WRONG_CODES, match: "right", isClockSuspected: false } as const;
    expect(decideCodeAttempt(facts, NOW_MS).steps.map(({ step }) => step)).toEqual([
      "codes-locked",
      "codes-paused",
      "code-replayed",
      "code-expired",
      "code-not-sent",
      "code-drifted",
      "code-wrong",
    ]);
  });
});

describe("what a page may show", () => {
  it.each([
    ["nothing wrong yet", {}, { mayTry: true, attemptsLeft: 5 }],
    ["two wrong", { wrongCodes: 2 }, { mayTry: true, attemptsLeft: 3 }],
    ["paused", PAUSED, { mayTry: false, attemptsLeft: 2, pausedUntilMs: NOW_MS + 1 }],
    ["after the pause", { ...PAUSED, pausedUntilMs: NOW_MS }, { mayTry: true, attemptsLeft: 2 }],
    ["locked", LOCKED, { mayTry: false, attemptsLeft: 0, lockedUntilMs: NOW_MS + 1 }],
    ["after the lock", { ...LOCKED, lockedUntilMs: NOW_MS }, { mayTry: true, attemptsLeft: 5 }],
  ] as const)("%s", (_, count, state) => {
    const none = { pausedUntilMs: null, lockedUntilMs: null };
    expect(codeStateAt(countWith(count), NOW_MS)).toEqual({ ...none, ...state });
  });
});

describe("a hundred guesses", () => {
  /** As the server does: what may not be tried is not looked at. */
  function guess(count: CodeCount, match: CodeMatch, nowMs: number) {
    const isLookedAt = codeStateAt(count, nowMs).mayTry;
    const facts = { count, match: isLookedAt ? match : null, isClockSuspected: false };
    return { isLookedAt, ...decideCodeAttempt(facts, nowMs) };
  }

  it("at once are compared three times, and one every five minutes five times in all", () => {
    for (const [everyMs, compared] of [
      [0, 3],
      [CODE_PAUSE_MS / 100, 3],
      [CODE_PAUSE_MS, 5],
    ] as const) {
      let count = NO_WRONG_CODES;
      let looked = 0;
      // Up to the fifth: from then on it is locked for longer than this lasts.
      for (let index = 0; index < (everyMs === CODE_PAUSE_MS ? 8 : 100); index += 1) {
        const outcome = guess(count, "wrong", NOW_MS + index * everyMs);
        if (outcome.isLookedAt) looked += 1;
        ({ count } = outcome);
      }
      expect(looked).toBe(compared);
    }
  });

  it("are five in any half hour at most, however they are spread", () => {
    const anyPauses = fc.array(fc.integer({ min: 0, max: 10 * MINUTE_MS }), { minLength: 40 });
    fc.assert(
      fc.property(anyPauses, (pauses) => {
        let count = NO_WRONG_CODES;
        let nowMs = NOW_MS;
        const comparedAtMs: number[] = [];
        for (const pauseMs of pauses) {
          nowMs += pauseMs;
          const outcome = guess(count, "wrong", nowMs);
          if (outcome.isLookedAt) comparedAtMs.push(nowMs);
          ({ count } = outcome);
        }
        for (const [index, sixthAtMs] of comparedAtMs.slice(CODE_ATTEMPTS_MAX).entries()) {
          expect(sixthAtMs - (comparedAtMs[index] ?? 0)).toBeGreaterThanOrEqual(CODE_LOCK_MS);
        }
      }),
    );
  });
});

const anyEnd = fc.option(fc.integer({ min: NOW_MS - DAY_MS, max: NOW_MS + DAY_MS }));
const anyFacts: fc.Arbitrary<CodeFacts> = fc.record({
  count: fc.record({
    wrongCodes: fc.integer({ min: 0, max: CODE_ATTEMPTS_MAX }),
    pausedUntilMs: anyEnd,
    lockedUntilMs: anyEnd,
  }),
  match: fc.option(fc.constantFrom(...MATCHES)),
  isClockSuspected: fc.boolean(),
});

describe("every attempt", () => {
  it("passes only with a right code while codes may be tried, and clears the count", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { verdict, count, changes } = decideCodeAttempt(facts, NOW_MS);
        const { mayTry } = codeStateAt(facts.count, NOW_MS);
        expect(verdict === "pass").toBe(mayTry && facts.match === "right");
        if (verdict === "pass") expect([count, changes]).toEqual([NO_WRONG_CODES, []]);
      }),
      { numRuns: 500 },
    );
  });

  it("is counted by one exactly when it is an offence, and never while it may not be tried", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { verdict, count, changes } = decideCodeAttempt(facts, NOW_MS);
        if (verdict === "pass") return;
        const before = codeStateAt(facts.count, NOW_MS);
        const isOffence = changes.some(({ kind }) => kind === "report-offence");
        const counted = before.attemptsLeft - codeStateAt(count, NOW_MS).attemptsLeft;
        if (!before.mayTry) expect([isOffence, counted]).toEqual([false, 0]);
        else if (before.attemptsLeft > 0) expect(counted).toBe(isOffence ? 1 : 0);
        const isEnded = changes.some(({ kind }) => kind === "end-sign-in");
        if (isEnded) expect(codeStateAt(count, NOW_MS).lockedUntilMs).toBe(NOW_MS + CODE_LOCK_MS);
      }),
      { numRuns: 500 },
    );
  });
});
