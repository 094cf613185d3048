// The refusals of changes of second factors: each code with its status and words.
import { defineProblems } from "../../../platform/problem/define-problems.ts";

export const twoFactorProblem = defineProblems({
  "proof-required": {
    status: 403,
    title: "Prove once more who you are",
    detail:
      "Enter your password or a second factor (POST /api/v1/me/proof); it is good for ten " +
      "minutes in this session.",
  },
  "set-up-ended": {
    status: 409,
    title: "The set-up has ended",
    detail: "It lasts ten minutes and five codes, in the session that began it. Begin again.",
  },
  "set-up-code-wrong": { status: 403, title: "The code is not right" },
  "factor-not-on": {
    status: 404,
    title: "This method is off",
    detail: "Only a method that is on can be turned off.",
  },
  "second-factor-off": {
    status: 409,
    title: "No second factor is on",
    detail: "Set up a second factor first; backup codes are made with it.",
  },
  "second-factor-required-by-account": {
    status: 409,
    title: "Your account requires a second factor",
    detail: "The last method cannot be turned off. Set up another one first.",
  },
  "two-factor-changed-meanwhile": {
    status: 409,
    title: "The second factors were changed meanwhile",
    detail: "Somebody changed them while this was asked. Load the page again.",
  },
  "two-factor-not-resettable": {
    status: 403,
    title: "These second factors are not reset in this way",
    detail:
      "Your own you change in the user settings; API tokens reset none. Operators, admins and " +
      "the host's shell reset those of other users.",
  },
  "trusted-browser-not-found": { status: 404, title: "There is no such trusted browser" },
});
