// The refusals of this domain: each code with its status and words.
import { defineProblems } from "../../platform/problem/define-problems.ts";

export const accountsProblem = defineProblems({
  "token-required": {
    status: 401,
    title: "A token is required",
    detail: "Send an API token as Authorization: Bearer pst_….",
  },
  "token-invalid": {
    status: 401,
    title: "The token is not accepted",
    detail: "The token is unknown, has expired or was revoked.",
  },
  "scope-missing": { status: 403, title: "The token may not do this" },
  "host-shell-required": {
    status: 403,
    title: "Only from the host's shell",
    detail: "This is done by the `postern` command (such as `postern token`) on the host itself.",
  },
  "account-exists": { status: 409, title: "The account exists" },
  "account-code-reserved": {
    status: 400,
    title: "The code is reserved",
    detail: "The code `platform` stands for the platform's own policy; take another one.",
  },
  "expiry-passed": {
    status: 400,
    title: "The expiry has passed",
    detail: "expiresAt must be a time in the future, or null for no end.",
  },
  "token-not-found": { status: 404, title: "There is no such token" },
});
