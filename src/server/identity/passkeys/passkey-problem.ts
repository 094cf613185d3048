// The refusals of passkeys: each code with its status and words.
import { defineProblems } from "../../../platform/problem/define-problems.ts";

export const passkeyProblem = defineProblems({
  // INVARIANT: one sentence for every reason, as for passwords.
  "passkey-refused": {
    status: 403,
    title: "The passkey is not accepted",
    detail:
      "Use a passkey of your own that was added here, within five minutes of being asked; or " +
      "choose another way.",
  },
  "passkey-not-created": {
    status: 422,
    title: "The passkey was not added",
    detail:
      "A passkey is accepted from a device that checks who you are (finger, face or PIN) and " +
      "within five minutes of being asked. Try again.",
  },
  "passkey-exists": {
    status: 409,
    title: "This passkey was added before",
    detail: "The device has a passkey here already. Use another device, or the one that there is.",
  },
  "passkeys-too-many": {
    status: 409,
    title: "No further passkey can be added",
    detail: "Twenty passkeys can be kept. Remove one that you do not use any more.",
  },
  "passkeys-none": {
    status: 409,
    title: "There is no passkey",
    detail: "Choose another way: no passkey was added to this user, or the last one was removed.",
  },
  "passkey-not-found": { status: 404, title: "There is no such passkey" },
  "passkeys-unavailable": {
    status: 409,
    title: "Passkeys are not possible at this address",
  },
});

/** INVARIANT: one for every reason, or the answer tells whose passkey it was. */
export const PASSKEY_SIGN_IN_DETAIL =
  "The passkey is not accepted: it was not added here, was removed, or its user is locked or " +
  "disabled. Try again, or sign in with e-mail address and password.";
