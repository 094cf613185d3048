// The shapes of count-tests.mjs for the compiler.
export type TestCounts = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly byProject: Readonly<Record<string, number>>;
};
export type TestReport = {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
};
export function countTests(report: TestReport, root: string): TestCounts;
export function readCounts(reportPath: string, root: string): TestCounts;
export function findEmptyProjects(counts: TestCounts, projects: readonly string[]): string[];
export function addCounts(a: TestCounts, b: TestCounts): TestCounts;
export function describeCounts(counts: TestCounts): string;
