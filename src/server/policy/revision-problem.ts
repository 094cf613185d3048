// The refusals of the history of the rules.
import { defineProblems } from "../../platform/problem/define-problems.ts";

export const revisionProblem = defineProblems({
  "revision-not-found": { status: 404, title: "There is no such revision" },
  "revision-too-far": {
    status: 400,
    title: "Too many entries have changed since then",
    detail:
      "At most 100,000 changes of entries are gone back over. Bring the list in again from an " +
      "export of that time with postern entry import.",
  },
  "layer-or-account": {
    status: 400,
    title: "Either the platform or an account",
    detail: "Leave out layer or account.",
  },
});
