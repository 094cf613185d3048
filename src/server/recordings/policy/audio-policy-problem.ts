// The refusals of the rules of who may hear recordings.
import { defineProblems } from "../../../platform/problem/define-problems.ts";

export const audioPolicyProblem = defineProblems({
  "policy-refused": { status: 400, title: "The rule is not accepted" },
  "range-very-wide": { status: 409, title: "The range is very wide" },
  "policy-moved-on": {
    status: 412,
    title: "Somebody else changed the rule meanwhile",
    detail: "Read it again, look at the difference, and save once more.",
  },
});
