// The refusals of this domain: each code with its status and words.
import { defineProblems } from "../../platform/problem/define-problems.ts";

export const accountsProblem = defineProblems({
  "token-required": {
    status: 401,
    title: "Sign in, or send an API token",
    detail: "Sign in, or send an API token as Authorization: Bearer pst_….",
  },
  "token-invalid": {
    status: 401,
    title: "The token is not accepted",
    detail: "The token is unknown, has expired or was revoked.",
  },
  "scope-missing": { status: 403, title: "The token may not do this" },
  "token-refused": { status: 403, title: "Not for API tokens" },
  "host-shell-required": {
    status: 403,
    title: "Only from the host's shell",
    detail: "This is done by the `postern` command (such as `postern token`) on the host itself.",
  },
  "user-required": {
    status: 403,
    title: "Only for signed-in users",
    detail: "This is for people who have signed in, not for API tokens or the host's shell.",
  },
  "operator-required": {
    status: 403,
    title: "Only for operators",
    detail: "This is for operators of the platform.",
  },
  "manager-required": {
    status: 403,
    title: "Only for admins and operators",
    detail: "This is for admins of an account and for operators of the platform.",
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
  "account-not-found": { status: 404, title: "There is no such account" },
  "account-deletion-unconfirmed": { status: 409, title: "Confirm the deletion" },
  "user-not-found": { status: 404, title: "There is no such user" },
  "user-not-managed": {
    status: 403,
    title: "The user belongs to another account too",
    detail:
      "Admins change users who belong to their accounts only, operators all; " +
      "here you may set or end the membership in your own account.",
  },
  "email-refused": { status: 400, title: "The e-mail address is not accepted" },
  "email-taken": { status: 409, title: "The e-mail address is taken" },
  "memberships-refused": { status: 400, title: "The memberships are not accepted" },
  "membership-missing": { status: 409, title: "The user is no member of the account" },
  "membership-not-found": { status: 404, title: "There is no such membership" },
  "own-user": {
    status: 409,
    title: "Somebody else has to do this",
    detail: "Nobody deletes, disables or demotes their own user; somebody else has to do it.",
  },
  "last-operator": {
    status: 409,
    title: "This is the last operator",
    detail: "Somebody must be able to run the platform: make another user an operator first.",
  },
  "number-refused": { status: 400, title: "The number is not accepted" },
  "number-taken": { status: 409, title: "The number is taken" },
  "number-not-found": { status: 404, title: "There is no such tracking number" },
  "number-has-recordings": { status: 409, title: "The number has recordings" },
  "grant-not-found": { status: 404, title: "There is no such grant" },
  "cursor-malformed": {
    status: 400,
    title: "The place in the list is not accepted",
    detail: "Send `next` of the answer before as `after`, or leave it out.",
  },
  "token-not-found": { status: 404, title: "There is no such token" },
});
