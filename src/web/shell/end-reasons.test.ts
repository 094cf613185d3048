// Which page a problem code leads to.
import { expect, it } from "vitest";
import { endReasonOf, isShutOut } from "./end-reasons.ts";

it.each([
  ["session-idle", "idle", false],
  ["session-ended", "ended", false],
  ["sign-in-ended", "codes-locked", true],
  ["user-locked", "user-locked", true],
  ["user-dormant", "user-dormant", true],
  ["user-disabled", "user-disabled", true],
  ["token-required", "missing", false],
  ["http-401", "missing", false],
] as const)("%s is %s", (code, reason, isOut) => {
  expect(endReasonOf(code)).toBe(reason);
  expect(isShutOut(endReasonOf(code))).toBe(isOut);
});
