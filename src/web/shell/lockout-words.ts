// What a refused change would have done to whoever saves it, in sentences.
import type { LockoutAnswer } from "../../api/lockout-api.ts";
import { momentText } from "../journal/moment-text.ts";

export function lockoutTitle({ who, surface }: LockoutAnswer): string {
  if (who === "operators") return "This would lock every operator out";
  return surface === "audio"
    ? "This would keep you from the recordings"
    : "This would lock you out";
}

const SURFACE_WORDS: Readonly<Record<LockoutAnswer["surface"], string>> = {
  portal: "the pages",
  api: "the console",
  "sign-in": "the sign-in and the console",
  webchat: "the web chat",
  audio: "the recordings",
};

const LATER = "when an entry ends or a change that waits goes back";

/** "From 203.0.113.7 you would not get to the console any more." */
export function whoIsLockedOut(lockout: LockoutAnswer): string {
  const { who, address, surface, account, at } = lockout;
  const whom = who === "you" ? "you" : "no operator";
  const not = who === "you" ? "would not" : "would";
  if (address === null)
    return `Saved like this, ${whom} ${who === "you" ? "could not" : "could"} sign in any more.`;
  const place = `${SURFACE_WORDS[surface]}${account === null ? "" : ` of ${account}`}`;
  const since = at === null ? "" : ` from ${momentText(Date.parse(at))} on, ${LATER}`;
  const from = who === "you" ? `from your address ${address}` : `from ${address} or elsewhere`;
  return `Saved like this, ${whom} ${not} get to ${place} ${from}${since}.`;
}

/** What to do first. */
export function remedyWords({ who, remedy }: LockoutAnswer): string {
  switch (remedy.code) {
    case "allow-address": {
      const list = remedy.account === null ? "the platform's" : `${remedy.account}'s`;
      return `With ${remedy.range} on ${list} allow list, the change locks nobody out.`;
    }
    case "add-to-whitelist":
      return `Put ${remedy.range} on the IP whitelist above, and save again.`;
    case "set-up-second-factor":
      return "Set up a second factor in your User settings first, and save again.";
    case "sign-in-again":
      return "Sign out and in again first, and save again: both begin anew with that.";
    case "set-otherwise":
      return who === "you"
        ? "Set the rule so that you still get in."
        : "Set the rule so that somebody who runs the platform still gets in.";
    default:
      return remedy satisfies never;
  }
}
