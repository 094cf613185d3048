// The refusals of imports of traffic: each code with its status and words.
import { defineProblems } from "../../../platform/problem/define-problems.ts";

export const trafficProblem = defineProblems({
  "host-malformed": {
    status: 400,
    title: "The host cannot be read",
    detail: "Give a name such as portal.example.com, as it stands in the configured routes.",
  },
  "traffic-refused": { status: 422, title: "The log was not imported" },
  "traffic-too-large": { status: 413, title: "The log is too large for one import" },
});
