// The refusals of asking for an e-mailed code: each with its status and words.
import { defineProblems } from "../../../platform/problem/define-problems.ts";

export const emailCodeProblem = defineProblems({
  "email-code-too-often": {
    status: 429,
    title: "Too many codes were asked for",
    detail: "Five codes within ten minutes are mailed to one user. The newest one is the good one.",
  },
  "email-codes-off": {
    status: 409,
    title: "E-mail codes are not set up",
    detail: "Codes are mailed to users who have set up e-mail codes as their second factor.",
  },
});
