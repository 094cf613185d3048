// The refusals of mails and of asking for one: each code with its status and words.
import { defineProblems } from "../../../platform/problem/define-problems.ts";

export const mailProblem = defineProblems({
  "email-refused": { status: 400, title: "The e-mail address is not accepted" },
  "reset-too-often": {
    status: 429,
    title: "Too many requests for a reset",
    detail: "Five requests within ten minutes are accepted from one address. Please wait.",
  },
  "mail-not-found": { status: 404, title: "There is no such mail" },
  "mail-sent-before": {
    status: 409,
    title: "The mail was sent",
    detail: "Only mails that wait or have failed can be tried again.",
  },
  "recipient-required": {
    status: 400,
    title: "Say where the test goes",
    detail: "Send `to` with an e-mail address such as ada@example.com.",
  },
});
