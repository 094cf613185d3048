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
  "change-waits": {
    status: 409,
    title: "A change of it waits to be confirmed",
    detail: "Confirm that change or take it back first; else it goes back by itself.",
  },
  "unconfirmed-not-found": {
    status: 404,
    title: "No such change waits to be confirmed",
    detail: "It was confirmed, was taken back, or has gone back by itself; the history says which.",
  },
  "confirm-from-outside": {
    status: 409,
    title: "The host's shell cannot confirm a change",
    detail:
      "No rule refuses the host's shell, so it cannot tell whether people still get in. Confirm " +
      "in the console, or with an API token, from where the change applies.",
  },
  "cannot-go-back": {
    status: 400,
    title: "This change cannot go back by itself",
  },
  "rules-moved-on": {
    status: 409,
    title: "Rules are being changed on other nodes",
    detail: "Nothing was stored. Look at the rules as they are now, and make the change again.",
  },
  "tail-full": {
    status: 503,
    title: "Too many are watching",
    detail: "As many clients as are accepted follow the events already; close one of them.",
  },
});
