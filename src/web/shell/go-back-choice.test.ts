// For how many minutes something may be saved, and what the button says then.
import { describe, expect, it } from "vitest";
import { CONFIRM_MINUTES } from "../../api/change-safety-api.ts";
import { labelFor, MINUTES_OFFERED, MINUTES_TO_CONFIRM } from "./go-back-choice.ts";
import { readMinutesToConfirm } from "./go-back-choice.ts";

it("accepts what the API does", () => {
  const { min, max } = CONFIRM_MINUTES;
  expect(MINUTES_TO_CONFIRM).toEqual({ minimum: min, maximum: max });
});

describe("readMinutesToConfirm", () => {
  it.each([...MINUTES_OFFERED, "1", " 7 ", "1440"])("accepts %j", (text) => {
    expect(readMinutesToConfirm(text)).toEqual({ ok: true, value: Number(text) });
  });

  it.each(["", "0", "-5", "1441", "2.5", "ten", "1e3"])(
    "refuses %j, and says what goes",
    (text) => {
      const fault = "A whole number from 1 to 1440.";
      expect(readMinutesToConfirm(text)).toEqual({ ok: false, fault });
    },
  );
});

it.each([
  [null, "Save"],
  [1, "Save for 1 minute"],
  [10, "Save for 10 minutes"],
] as const)("labelFor %j", (minutes, label) => {
  expect(labelFor("Save", minutes)).toBe(label);
});
