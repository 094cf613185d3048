// The refusals of sessions: each code with its status and words.
import { defineProblems } from "../../../platform/problem/define-problems.ts";

export const sessionProblem = defineProblems({
  "session-ended": {
    status: 401,
    title: "The session has ended",
    detail: "Sign in again.",
  },
  "session-idle": {
    status: 401,
    title: "Signed out after a time without activity",
    detail: "Sign in again.",
  },
  "user-locked": {
    status: 401,
    title: "The user is locked",
    detail: "Choose a new password by the link under Forgotten password, or ask an administrator.",
  },
  "user-disabled": {
    status: 401,
    title: "The user is disabled",
    detail: "Ask an administrator to enable the user.",
  },
  "user-dormant": {
    status: 401,
    title: "The user has not signed in for too long",
    detail: "Choose a new password by the link under Forgotten password, or ask an administrator.",
  },
  "password-change-required": {
    status: 403,
    title: "A new password is required first",
    detail: "Change the password with POST /api/v1/me/password; then everything else opens.",
  },
  "second-factor-required": {
    status: 403,
    title: "A second factor is required first",
    detail: "Send a code with POST /api/v1/sign-in/second-factor; then everything else opens.",
  },
  "second-factor-set-up-required": {
    status: 403,
    title: "A second factor has to be set up first",
    detail:
      "Set one up with POST /api/v1/me/two-factor/app or /email, or add a passkey with POST " +
      "/api/v1/me/passkeys; then everything else opens.",
  },
  "cross-site-refused": {
    status: 403,
    title: "The request came from another site",
    detail: "Changes are accepted from Postern's own pages, or from programs without a cookie.",
  },
  "session-unchecked": {
    status: 503,
    title: "The session cannot be checked right now",
    detail: "The store does not answer. Try again in a moment.",
  },
  "session-not-found": { status: 404, title: "There is no such session" },
  "browser-not-found": { status: 404, title: "There is no such browser" },
});
