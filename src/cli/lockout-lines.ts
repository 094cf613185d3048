// Says in a terminal why a change was refused that would lock somebody out, step by step.
import { LOCKOUT_OVERRIDE } from "../api/change-safety-api.ts";
import type { LockoutAnswer } from "../api/lockout-api.ts";

/** INVARIANT: `members` are those of the problem `would-lock-out`. */
export function lockoutLines(members: Readonly<Record<string, unknown>>): readonly string[] {
  const lockout = members as LockoutAnswer;
  const [why = "", ...how] = explainLockout(lockout);
  return [`${why}; nothing was changed:`, ...how];
}

/** Whom it would lock out, without an end of the sentence; then why, and what helps. */
export function explainLockout(lockout: LockoutAnswer): readonly string[] {
  const { address, surface, account, at, decision, remedy } = lockout;
  const from = address === null ? "" : ` from ${address}`;
  const of = account === null ? "" : ` of ${account}`;
  const since = at === null ? "" : `, from ${at} on`;
  return [
    `it would lock out ${whomOf(lockout)}${from} on ${surface}${of}${since}`,
    ...decision.steps.map(({ step, layer, result, detail = {} }) => {
      const entry = detail["entry"];
      const what = typeof entry === "string" ? ` (${entry})` : "";
      return `  ${layer} ${step}${what}: ${result}`;
    }),
    adviceOf(remedy),
    `or add --override-lockout "${LOCKOUT_OVERRIDE}"`,
  ];
}

export function whomOf({ who }: Pick<LockoutAnswer, "who">): string {
  return who === "you" ? "you" : "every operator who could get in";
}

function adviceOf(remedy: LockoutAnswer["remedy"]): string {
  switch (remedy.code) {
    case "allow-address": {
      const owner = remedy.account === null ? "" : ` --account ${remedy.account}`;
      return `first: postern entry add ${remedy.range} --action allow${owner}`;
    }
    case "add-to-whitelist":
      return `put ${remedy.range} on the whitelist as well`;
    case "set-up-second-factor":
      return "first: set up a second factor";
    case "sign-in-again":
      return "first: sign out and in again";
    case "set-otherwise":
      return "set the rule so that somebody gets in";
    default:
      return remedy satisfies never;
  }
}
