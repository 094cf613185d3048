// The refusals of sign-in, passwords and setup: each code with its status and words.
import { defineProblems } from "../../../platform/problem/define-problems.ts";

export const signInProblem = defineProblems({
  // INVARIANT: one code and one sentence for every reason, or the answer tells who has an account.
  "sign-in-refused": {
    status: 401,
    title: "The sign-in is refused",
    detail:
      "The e-mail address or the password is not right, or the account is locked. After several " +
      "wrong passwords it is locked; the link under Forgotten password opens it again.",
  },
  "sign-in-unavailable": {
    status: 503,
    title: "Signing in is not possible right now",
    detail: "The attempt could not be recorded, so nobody is let in. Try again in a moment.",
  },
  "password-wrong": {
    status: 403,
    title: "The current password is not right",
    detail: "currentPassword must be the password that signs you in now.",
  },
  "password-none": {
    status: 409,
    title: "You have no password",
    detail: "You choose one by the link that Forgotten password mails to you.",
  },
  "password-refused": {
    status: 422,
    title: "The new password is not accepted",
    detail: "Choose another password; errors says what it needs.",
  },
  "password-changed-meanwhile": {
    status: 409,
    title: "The password was changed meanwhile",
    detail: "Somebody changed it while this was asked. Sign in with the newer password.",
  },
  "link-invalid": {
    status: 404,
    title: "The link does not work any more",
    detail: "The link has expired, was used, or a newer one was sent. Ask for a new one.",
  },
  "assessment-busy": {
    status: 503,
    title: "Busy",
    detail: "The strength of the password cannot be assessed at the moment.",
  },
  "setup-closed": {
    status: 404,
    title: "There is nothing to set up",
    detail: "The first operator was set up before, or the link is not the newest one.",
  },
  "user-not-found": { status: 404, title: "There is no such user" },
  "password-not-settable": {
    status: 403,
    title: "This password is not set in this way",
    detail:
      "Your own password you change with the present one; API tokens set none. Operators, admins " +
      "and the host's shell set those of other users.",
  },
  "setup-email-refused": {
    status: 422,
    title: "The e-mail address is not accepted",
    detail: "Send an e-mail address that no user has, such as ada@example.com.",
  },
  "user-disabled": {
    status: 409,
    title: "The user is disabled",
    detail: "Enable the user first.",
  },
});
