// Why a request was refused, or would have been, in words for those who run the portal.
import type { RequestReason } from "../../core/gate/decide-request.ts";

export type ReasonWords = {
  /** Two or three words, for rows and charts. */
  readonly name: string;
  /** What that means, as one sentence. */
  readonly sentence: string;
};

export const REASON_WORDS: Readonly<Record<RequestReason, ReasonWords>> = {
  "on-allow-list": {
    name: "On the allow list",
    sentence: "An allow entry covers the address, so no other network rule holds for it.",
  },
  "on-deny-list": {
    name: "On the deny list",
    sentence: "A deny entry covers the address.",
  },
  "on-subscribed-list": {
    name: "On a subscribed list",
    sentence: "A list that the platform subscribes to covers the address.",
  },
  banned: {
    name: "Banned",
    sentence: "The address is under a ban, which ends by itself.",
  },
  "over-hard-limit": {
    name: "Over the hard limit",
    sentence: "The address sent more requests in a minute than the platform takes from anybody.",
  },
  "country-denied": {
    name: "Country not allowed",
    sentence: "The address is in a country that the rules do not allow.",
  },
  "over-webchat-limit": {
    name: "Too many web chat requests",
    sentence: "The address sent more web chat requests than are accepted.",
  },
  "over-rate-limit": {
    name: "Over the rate limit",
    sentence: "The address sent more requests than the rate limit of this surface accepts.",
  },
  "no-rule-matched": {
    name: "No rule refused it",
    sentence: "Every rule was looked at, and none of them refuses the request.",
  },
  "client-address-unresolvable": {
    name: "Address not readable",
    sentence: "The proxy did not say in a readable way whose request it was.",
  },
  "request-malformed": {
    name: "Request not readable",
    sentence: "The proxy's description of the request is missing, doubled or malformed.",
  },
  "facts-unavailable": {
    name: "Rules not available",
    sentence: "What the rules need could not be had, and the gate is closed then.",
  },
  "session-missing": {
    name: "Not signed in",
    sentence: "A sign-in is asked for here, and there was none.",
  },
  "role-missing": {
    name: "Not in the role",
    sentence: "Who is signed in does not have the role that is asked for here.",
  },
  "half-sign-in-ended": {
    name: "Sign-in not finished in time",
    sentence: "The sign-in was begun, and its time was over before it was finished.",
  },
  "session-idle": {
    name: "Signed out for doing nothing",
    sentence: "The log-out policy had ended the session.",
  },
  "sign-in-unfinished": {
    name: "Sign-in not finished",
    sentence: "The sign-in still asks for something, such as a second factor.",
  },
  "user-disabled": { name: "User disabled", sentence: "Somebody has disabled the user." },
  "user-locked": {
    name: "User locked out",
    sentence: "There were too many wrong passwords for the user.",
  },
  "user-dormant": {
    name: "User away for too long",
    sentence: "The user has not signed in for longer than the account's rule allows.",
  },
  "password-missing": {
    name: "No password yet",
    sentence: "The user was invited and has not chosen a password.",
  },
  "password-expired": {
    name: "Password expired",
    sentence: "The password is older than the account's rule allows.",
  },
  "password-must-change": {
    name: "Password has to be changed",
    sentence: "The user has to choose another password first.",
  },
  "address-not-whitelisted": {
    name: "Not on the IP whitelist",
    sentence: "The address is not on the account's whitelist for its recordings.",
  },
  "number-not-shareable": {
    name: "Number not shareable",
    sentence: "The whitelist alone opens only numbers that are marked shareable.",
  },
  "recording-unknown": { name: "No such recording", sentence: "No recording has this link." },
  "account-not-theirs": {
    name: "Not in the account",
    sentence: "Who is signed in has no membership in the recording's account.",
  },
  "number-not-granted": {
    name: "Number not granted",
    sentence: "Who is signed in has not been granted the recording's tracking number.",
  },
};

/** A reason that this page does not know is shown as it is. */
export function reasonName(reason: string): string {
  const words = REASON_WORDS[reason as RequestReason] as ReasonWords | undefined;
  return words?.name ?? readableCode(reason);
}

/** Null where this page does not know the reason. */
export function reasonSentence(reason: string): string | null {
  const words = REASON_WORDS[reason as RequestReason] as ReasonWords | undefined;
  return words?.sentence ?? null;
}

/** "wrong-passwords" as "Wrong passwords" */
export function readableCode(code: string): string {
  const words = code.replaceAll("-", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
