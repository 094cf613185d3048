// Checks the window of an authenticator's codes, that none is good twice, and what differs.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DRIFT_STEPS_EITHER_WAY, judgeTimeStep, timeStepAt } from "./time-step.ts";

describe("a time step", () => {
  // RFC 6238, appendix B
  it.each([
    [59, 1],
    [1_111_111_109, 37_037_036],
    [1_111_111_111, 37_037_037],
    [1_234_567_890, 41_152_263],
    [2_000_000_000, 66_666_666],
    [20_000_000_000, 666_666_666],
  ])("of second %i is %i", (seconds, step) => {
    expect(timeStepAt(seconds * 1000)).toBe(step);
    expect(timeStepAt(seconds * 1000 + 999)).toBe(step);
  });
});

describe("the step of a code", () => {
  // attack rows 90, 91 and 102
  it.each([
    [null, 0, "wrong"],
    [100, 0, "right"],
    [99, 0, "right"],
    [101, 0, "right"],
    [98, 0, "drifted-past"],
    [102, 0, "drifted-future"],
    [100 - DRIFT_STEPS_EITHER_WAY, -200, "drifted-past"],
    [100 + DRIFT_STEPS_EITHER_WAY, 0, "drifted-future"],
    [100, 100, "replayed"],
    [100, 99, "right"],
    [99, 100, "replayed"],
    [101, 100, "right"],
    [101, 101, "replayed"],
    [100, 101, "replayed"],
    // Used a while ago: its clock was right then, so nothing differs.
    [90, 95, "replayed"],
    [90, 89, "drifted-past"],
    // After a restore the last step lies a little ahead.
    [102, 101, "drifted-future"],
  ] as const)("%j at step 100, the last being %i, is %s", (codeStep, lastStep, match) => {
    expect(judgeTimeStep({ codeStep, nowStep: 100, lastStep })).toBe(match);
  });

  it("is right only within one step of now and after the last one used", () => {
    const near = fc.integer({ min: -130, max: 130 });
    fc.assert(
      fc.property(near, near, fc.nat(), (ahead, last, nowStep) => {
        const facts = { codeStep: nowStep + ahead, nowStep, lastStep: nowStep + last };
        const isRight = judgeTimeStep(facts) === "right";
        expect(isRight).toBe(Math.abs(ahead) <= 1 && ahead > last);
      }),
      { numRuns: 500 },
    );
  });

  it("that was right is never right again, nor is an older one", () => {
    const anySteps = fc.array(fc.integer({ min: 90, max: 110 }), { maxLength: 30 });
    fc.assert(
      fc.property(anySteps, (steps) => {
        let lastStep = 0;
        const used: number[] = [];
        for (const [index, codeStep] of steps.entries()) {
          const nowStep = 95 + Math.floor(index / 3);
          if (judgeTimeStep({ codeStep, nowStep, lastStep }) !== "right") continue;
          used.push(codeStep);
          lastStep = codeStep;
        }
        expect(used).toEqual([...new Set(used)].toSorted((a, b) => a - b));
      }),
    );
  });
});
