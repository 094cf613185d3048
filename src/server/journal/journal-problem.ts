// The refusals of this domain: each code with its status and words.
import { defineProblems } from "../../platform/problem/define-problems.ts";

export const journalProblem = defineProblems({
  "address-malformed": { status: 400, title: "The address cannot be read" },
  "time-malformed": { status: 400, title: "The time cannot be read" },
  "cursor-malformed": {
    status: 400,
    title: "The place to go on from cannot be read",
    detail: "after must be the `next` of an earlier answer, unchanged; leave it out to begin anew.",
  },
  "decision-not-found": {
    status: 404,
    title: "There is no such decision",
    detail: "No decision has this id, or it is older than decisions are kept.",
  },
  "tail-full": {
    status: 503,
    title: "Too many are watching",
    detail: "As many clients as are accepted follow the events already; close one of them.",
  },
});
