// Checks for how long a change may be made, as it is typed.
import { describe, expect, it } from "vitest";
import { parseConfirmWithin, safetyQuery } from "./safety-options.ts";

describe("how long a change waits", () => {
  it.each([
    ["1m", 1],
    ["10m", 10],
    ["60s", 1],
    ["1h30m", 90],
    ["1d", 1440],
  ])("%s is %i minutes", (text, minutes) => {
    expect(parseConfirmWithin(text)).toBe(minutes);
  });

  it.each(["", "0m", "30s", "90s", "1d1m", "2d", "10", "10min", "-5m", "1.5h"])(
    "%j is refused with what is accepted",
    (text) => {
      expect(() => parseConfirmWithin(text)).toThrow("write whole minutes, from 1m to 1d");
    },
  );
});

it("asks nothing of the server where nothing was said", () => {
  expect(safetyQuery({})).toEqual({});
  expect(safetyQuery({ confirmWithin: 5, overrideLockout: "let it lock me out" })).toEqual({
    confirmMinutes: 5,
    lockoutOverride: "let it lock me out",
  });
});
