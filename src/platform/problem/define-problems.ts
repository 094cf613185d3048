// Builds a domain's table of problems, so that each code has one status and one title.
import { Problem, type ProblemOptions } from "./problem.ts";

/** What each code means; the code is the key. */
export type ProblemTable = Readonly<Record<string, ProblemDefinition>>;
export type ProblemDefinition = {
  readonly status: number;
  readonly title: string;
  /** Used when the place that throws has nothing more exact to say. */
  readonly detail?: string;
};

/**
 * `const networkProblem = defineProblems({ "entry-exists": { status: 409, title: "…" } })`, then
 * `throw networkProblem("entry-exists", { detail: "…" })`.
 */
export function defineProblems<Table extends ProblemTable>(
  table: Table,
): (code: keyof Table & string, options?: Omit<ProblemOptions, "title">) => Problem {
  return function createProblem(code, options = {}) {
    const definition = table[code];
    if (definition === undefined) throw new Error(`no problem is defined for the code ${code}`);
    const { status, ...words } = definition;
    return new Problem(code, status, { ...words, ...options });
  };
}
