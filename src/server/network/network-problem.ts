// The refusals of the network domain's API.

import { defineProblems } from "../../platform/problem/define-problems.ts";

export const networkProblem = defineProblems({
  "section-unknown": {
    status: 404,
    title: "There is no such section",
    detail: "Accounts have the sections address-lists, country and rate-limits.",
  },
  "section-doubled": {
    status: 400,
    title: "A section is named twice",
    detail: "Give each section once.",
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
  "entry-moved-on": {
    status: 412,
    title: "Somebody else changed the entry meanwhile",
    detail: "Look at the difference, and save once more with the version it has now.",
  },
  "list-moved-on": {
    status: 412,
    title: "Somebody else changed the list meanwhile",
    detail: "Look at the difference again, and make the change once more.",
  },
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
  "subscription-not-found": { status: 404, title: "There is no such subscription" },
  "subscription-exists": {
    status: 409,
    title: "There is such a subscription already",
    detail: "Each subscription has a name and a source of its own.",
  },
  "subscription-source-refused": { status: 400, title: "The source is not accepted" },
  "subscriptions-too-many": {
    status: 409,
    title: "There are too many subscriptions",
    detail: "At most 50 lists can be subscribed to; remove one first.",
  },
  "subscription-moved-on": {
    status: 412,
    title: "Somebody else changed the subscription meanwhile",
    detail: "Read it again, look at the difference, and save once more.",
  },
  "copy-moved-on": {
    status: 412,
    title: "The copy that was looked at is gone",
    detail: "A newer copy was read meanwhile. Look at the subscription again.",
  },
  "rule-always-on": { status: 400, title: "This rule cannot be switched off" },
});
