// Shows that a broken or empty test run never counts as a good one.
import { describe, expect, it } from "vitest";
import { addCounts, countTests, describeCounts } from "./count-tests.mjs";
import { findEmptyProjects, readCounts } from "./count-tests.mjs";

function suite(name: string, status: string, ...statuses: string[]) {
  return { name: `/repo/${name}`, status, assertionResults: statuses.map((s) => ({ status: s })) };
}

describe("counting a report", () => {
  it("adds up passed, failed and skipped tests by project", () => {
    const testResults = [
      suite("src/core/network/address.test.ts", "failed", "passed", "failed"),
      suite("test/tidy.test.ts", "passed", "passed"),
      suite("test/contracts/store.test.ts", "passed", "passed", "skipped", "pending"),
      suite("test/attacks/headers.test.ts", "passed", "passed"),
      suite("test/browser/sign-in.test.ts", "passed", "passed"),
    ];
    expect(countTests({ success: false, testResults }, "/repo")).toEqual({
      passed: 5,
      failed: 1,
      skipped: 2,
      byProject: { unit: 3, contracts: 3, system: 1, browser: 1 },
    });
  });

  it("counts a suite that could not be loaded as a failure", () => {
    const testResults = [suite("src/core/a.test.ts", "failed")];
    expect(countTests({ success: false, testResults }, "/repo").failed).toBe(1);
  });

  it("counts an error outside of the tests as a failure", () => {
    const testResults = [suite("src/core/a.test.ts", "passed", "passed")];
    expect(countTests({ success: false, testResults }, "/repo").failed).toBe(1);
  });

  it("counts a missing report as a failure", () => {
    expect(readCounts("/nonexistent/report.json", "/repo")).toMatchObject({ passed: 0, failed: 1 });
  });

  it("names the projects that showed no test", () => {
    const testResults = [suite("test/contracts/store.test.ts", "passed", "passed")];
    const counts = countTests({ success: true, testResults }, "/repo");
    expect(findEmptyProjects(counts, ["contracts", "scenarios"])).toEqual(["scenarios"]);
  });

  it("says the sum in one line", () => {
    const one = { passed: 1, failed: 0, skipped: 0, byProject: { unit: 1 } };
    const two = { passed: 2, failed: 1, skipped: 3, byProject: { unit: 4, system: 2 } };
    expect(describeCounts(one)).toBe("1 passed, 0 failed");
    expect(describeCounts(addCounts(one, two))).toBe("3 passed, 1 failed, 3 skipped");
    expect(addCounts(one, two).byProject).toEqual({ unit: 5, system: 2 });
  });
});
