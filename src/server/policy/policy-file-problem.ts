// The refusals of policy files.
import { defineProblems } from "../../platform/problem/define-problems.ts";

export const policyFileProblem = defineProblems({
  "policy-file-refused": { status: 400, title: "The policy file is not accepted" },
  "policy-file-no-text": {
    status: 400,
    title: "The policy file is no text",
    detail: "The body must be YAML 1.2 in UTF-8, sent as application/yaml.",
  },
  "policy-file-too-costly": {
    status: 400,
    title: "The policy file takes too much to be read",
    detail: "Bring long lists in with postern entry import, and leave `entries` out of the file.",
  },
  "policy-file-moved-on": {
    status: 412,
    title: "The rules are other than they were",
    detail:
      "The rules, or the file, are other than they were when the plan was made. Make the plan " +
      "again, look at the difference, and apply it.",
  },
  "policy-list-too-long": { status: 400, title: "The list is too long for a policy file" },
});
