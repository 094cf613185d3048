// The refusals of changes of master keys: each code with its status and words.
import { defineProblems } from "../../../platform/problem/define-problems.ts";

export const keyProblem = defineProblems({
  "key-file-unusable": { status: 503, title: "The key file cannot be changed" },
});
