// Checks calendar months against a table and against a calendar that counts day by day.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addMonths } from "./calendar-months.ts";

const DAY_MS = 86_400_000;
const at = (text: string) => Date.parse(text.includes("T") ? text : `${text}T00:00:00Z`);

describe("calendar months", () => {
  it.each([
    // attack row 74: Aug 31 → Feb 28
    ["2026-08-31", 6, "2027-02-28"],
    ["2027-08-31", 6, "2028-02-29"],
    ["2026-08-28", 6, "2027-02-28"],
    ["2026-01-31", 1, "2026-02-28"],
    ["2026-03-31", 1, "2026-04-30"],
    ["2026-12-31", 2, "2027-02-28"],
    ["2024-02-29", 12, "2025-02-28"],
    ["2024-02-29", 48, "2028-02-29"],
    ["1999-11-30", 3, "2000-02-29"],
    ["2099-11-30", 3, "2100-02-28"],
    ["2026-11-15", 60, "2031-11-15"],
    ["2026-05-31", 0, "2026-05-31"],
    ["2026-03-31", -1, "2026-02-28"],
    ["1970-01-31", -11, "1969-02-28"],
    ["2026-08-31T23:59:59.999Z", 6, "2027-02-28T23:59:59.999Z"],
  ])("%s and %i are %s", (from, months, to) => {
    expect(new Date(addMonths(at(from), months)).toISOString()).toBe(
      new Date(at(to)).toISOString(),
    );
  });

  it("are those of a calendar that is walked day by day", () => {
    const days = walkCalendar(250);
    const indexOf = new Map(
      days.map(({ year, month, day }, index) => [`${year}-${month}-${day}`, index]),
    );
    const slowly = (index: number, months: number): number => {
      let { year, month, day } = days[index]!;
      for (let count = 0; count < months; count += 1) {
        month += 1;
        if (month === 13) [year, month] = [year + 1, 1];
      }
      while (!indexOf.has(`${year}-${month}-${day}`)) day -= 1;
      return indexOf.get(`${year}-${month}-${day}`)!;
    };
    const anyDay = fc.integer({ min: 0, max: 240 * 365 });
    const anyTimeOfDay = fc.integer({ min: 0, max: DAY_MS - 1 });
    fc.assert(
      fc.property(anyDay, anyTimeOfDay, fc.integer({ min: 0, max: 60 }), (index, ms, months) => {
        const expected = slowly(index, months) * DAY_MS + ms;
        expect(addMonths(index * DAY_MS + ms, months)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it("have 28 to 31 days each, before 1970 too", () => {
    const anyTime = fc.integer({ min: -1e13, max: 1e13 });
    fc.assert(
      fc.property(anyTime, fc.integer({ min: 1, max: 60 }), (atMs, months) => {
        const days = (addMonths(atMs, months) - atMs) / DAY_MS;
        expect(Number.isInteger(days)).toBe(true);
        expect(days).toBeGreaterThanOrEqual(months * 28);
        expect(days).toBeLessThanOrEqual(months * 31);
        expect(addMonths(atMs, months + 1)).toBeGreaterThan(addMonths(atMs, months));
      }),
    );
  });
});

/** Every day since 1970-01-01, as a person would cross them off. */
function walkCalendar(years: number) {
  const days: { readonly year: number; readonly month: number; readonly day: number }[] = [];
  for (let year = 1970; year < 1970 + years; year += 1) {
    const hasLeapDay = year % 400 === 0 || (year % 4 === 0 && year % 100 !== 0);
    const lengths = [31, hasLeapDay ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    lengths.forEach((length, index) => {
      for (let day = 1; day <= length; day += 1) days.push({ year, month: index + 1, day });
    });
  }
  return days;
}
