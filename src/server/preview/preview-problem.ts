// The refusals of the preview domain's API.
import { defineProblems } from "../../platform/problem/define-problems.ts";

export const previewProblem = defineProblems({
  "would-lock-out": {
    status: 409,
    title: "The change would lock somebody out",
  },
});
