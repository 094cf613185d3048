// Reads the numbers of a test run from its JSON report, so that a run that saw nothing is noticed.
import { readFileSync } from "node:fs";
import { relative } from "node:path";

/** The projects of vitest.config.ts and where their suites stand. */
const PROJECTS = [
  ["unit", /^(src\/.*|test\/[^/]+)\.test\.tsx?$/],
  ["contracts", /^test\/contracts\//],
  ["system", /^test\/(attacks|guides|faults|system)\//],
  ["scenarios", /^test\/scenarios\//],
  ["browser", /^test\/browser\//],
];

/**
 * Counts a report of vitest's json reporter: how many tests passed, failed and were skipped, and
 * the number of tests that ran or were skipped on purpose in each project. A suite that could not
 * be loaded counts as one failure, and so does a run that failed outside of its tests.
 */
export function countTests(report, root) {
  const counts = { passed: 0, failed: 0, skipped: 0, byProject: {} };
  for (const suite of report.testResults) {
    const path = relative(root, suite.name).replaceAll("\\", "/");
    const project = PROJECTS.find(([, place]) => place.test(path))?.[0] ?? "elsewhere";
    const results = suite.assertionResults;
    const failed = results.filter(({ status }) => status === "failed").length;
    counts.passed += results.filter(({ status }) => status === "passed").length;
    counts.skipped += results.filter(({ status }) => !["passed", "failed"].includes(status)).length;
    counts.failed += failed;
    if (failed === 0 && suite.status === "failed") counts.failed += 1;
    counts.byProject[project] = (counts.byProject[project] ?? 0) + results.length;
  }
  if (report.success !== true && counts.failed === 0) counts.failed = 1;
  return counts;
}

/** The counts of a report file; a run that ended without a report counts as one failure. */
export function readCounts(reportPath, root) {
  try {
    return countTests(JSON.parse(readFileSync(reportPath, "utf8")), root);
  } catch {
    return { passed: 0, failed: 1, skipped: 0, byProject: {} };
  }
}

/** The projects that were asked for and showed no test at all. */
export function findEmptyProjects(counts, projects) {
  return projects.filter((project) => (counts.byProject[project] ?? 0) === 0);
}

export function addCounts(a, b) {
  const byProject = { ...a.byProject };
  for (const [project, count] of Object.entries(b.byProject)) {
    byProject[project] = (byProject[project] ?? 0) + count;
  }
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    byProject,
  };
}

/** The line that a run ends with: `N passed, N failed`, and what was skipped if anything was. */
export function describeCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
