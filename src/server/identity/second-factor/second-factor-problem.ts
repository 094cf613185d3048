// The refusals of second factors at sign-in and proof: each code with its status and words.
import { defineProblems } from "../../../platform/problem/define-problems.ts";

export const secondFactorProblem = defineProblems({
  "second-factor-not-asked": {
    status: 409,
    title: "No second factor is asked for",
    detail: "Only a sign-in whose password was right and that waits for its second factor asks.",
  },
  "code-malformed": {
    status: 400,
    title: "This is not a code",
    detail: "Send six digits such as 123456, or a backup code such as abcde-fghjk.",
  },
  "code-wrong": { status: 403, title: "The code is not right" },
  "code-used": {
    status: 403,
    title: "The code was used before",
    detail:
      "Each code signs in once. Wait until your app shows the next one, or ask for a new one.",
  },
  "code-expired": {
    status: 403,
    title: "The code is not good any more",
    detail: "An e-mailed code is good for ten minutes, in the sign-in it was asked for in.",
  },
  "code-of-another-time": {
    status: 403,
    title: "The code is of another time",
    detail: "Let the device of your authenticator app set its clock by itself, then try again.",
  },
  "codes-paused": { status: 429, title: "Please try again in five minutes" },
  "codes-locked": { status: 429, title: "Codes are locked for thirty minutes" },
  "sign-in-ended": {
    status: 401,
    title: "Too many wrong codes",
    detail:
      "This was the fifth wrong code: the sign-in has ended and codes are locked for thirty " +
      "minutes. Sign in again in thirty minutes.",
  },
  "second-factor-unreadable": {
    status: 503,
    title: "The authenticator app cannot be checked",
    detail:
      "Its secret cannot be read here. If you have another method or a backup code, use it; " +
      "otherwise an administrator can reset your two-factor authentication.",
  },
});
