// The refusals of the network domain's API.

import { defineProblems } from "../../platform/problem/define-problems.ts";
import type { Problem } from "../../platform/problem/problem.ts";

export const networkProblem = defineProblems({
  "account-unknown": { status: 404, title: "There is no such account" },
  "section-unknown": {
    status: 404,
    title: "There is no such section",
    detail: "Accounts have the sections address-lists, country and rate-limits.",
  },
  "policy-refused": { status: 400, title: "The rule is not accepted" },
  "policy-moved-on": {
    status: 412,
    title: "Somebody else changed the rule meanwhile",
    detail: "Read it again, look at the difference, and save once more.",
  },
  "address-refused": { status: 400, title: "The address or range is not accepted" },
  "range-very-wide": { status: 409, title: "The range is very wide" },
  "entry-exists": { status: 409, title: "The same range is on the list already" },
  "entry-not-found": { status: 404, title: "There is no such entry" },
  "expiry-refused": { status: 400, title: "The expiry is not accepted" },
  "import-refused": { status: 422, title: "The list was not imported" },
  "export-needs-action": {
    status: 400,
    title: "Plain text carries no action",
    detail: "Say action=allow or action=deny, or export as csv or ndjson.",
  },
  "ban-not-found": { status: 404, title: "There is no such ban in force" },
  "country-database-refused": { status: 422, title: "The country database was not taken" },
  "rule-always-on": { status: 400, title: "This rule cannot be switched off" },
});

/** The same words for an account that is somebody else's. */
export function accountUnknown(code: string): Problem {
  const detail = `No account has the code ${JSON.stringify(code)}.`;
  return networkProblem("account-unknown", { detail });
}
