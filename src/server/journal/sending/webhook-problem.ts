// The refusals of changes of webhooks: each code with its status and words.
import { WEBHOOK_BOUNDS } from "../../../api/webhook-api.ts";
import { defineProblems } from "../../../platform/problem/define-problems.ts";

export const webhookProblem = defineProblems({
  "webhook-not-found": { status: 404, title: "There is no such webhook" },
  "webhook-refused": { status: 400, title: "The webhook is not accepted" },
  "webhooks-full": {
    status: 409,
    title: "There are enough webhooks",
    detail: `There are at most ${WEBHOOK_BOUNDS.webhooks}. Delete one first.`,
  },
  "webhook-not-editable": {
    status: 403,
    title: "Not for API tokens",
    detail:
      "Whoever adds a webhook gets every event it asks for: API tokens read webhooks and test " +
      "them. Operators and the host's shell change them.",
  },
  "webhook-moved-on": {
    status: 412,
    title: "Somebody else changed the webhook meanwhile",
    detail: "Read it again, look at the difference, and save once more.",
  },
});
