// The refusals of the preview domain's API.
import { defineProblems } from "../../platform/problem/define-problems.ts";

export const previewProblem = defineProblems({
  "confirm-refused-here": { status: 409, title: "The change refuses you where it applies" },
  "would-lock-out": {
    status: 409,
    title: "The change would lock somebody out",
  },
});
