// The refusals of the rules of sign-ins.
import { defineProblems } from "../../../platform/problem/define-problems.ts";

export const identityPolicyProblem = defineProblems({
  "policy-refused": { status: 400, title: "The rule is not accepted" },
  "policy-moved-on": {
    status: 412,
    title: "Somebody else changed the rule meanwhile",
    detail: "Read it again, look at the difference, and save once more.",
  },
});
