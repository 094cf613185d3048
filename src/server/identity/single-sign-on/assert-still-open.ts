// Asks once more, in the transaction of a change, whether its user may still be here.
import { decideUserState } from "../../../core/identity/user-state.ts";
import type { StateContext } from "../../../core/identity/user-state.ts";
import type { OpenCheck } from "../sessions/read-session.ts";
import { sessionProblem } from "../sessions/session-problem.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import type { PersonReading } from "../sign-in/read-person.ts";

type Parts = Pick<CredentialParts, "clock" | "isClockTrusted">;

export function contextOf(parts: Parts, { session }: OpenCheck): StateContext {
  const { isKnownBrowser } = session;
  return { nowMs: parts.clock.nowMs(), isClockTrusted: parts.isClockTrusted(), isKnownBrowser };
}

/**
 * INVARIANT: who was locked or disabled since the request was let in takes no way in away (row
 * 114). Throws the refusal of the session (401).
 */
export function assertStillOpen(parts: Parts, open: OpenCheck, reading: PersonReading): void {
  const { person, rules } = reading;
  if (person === null) throw sessionProblem("session-ended");
  const state = decideUserState(person.facts, rules, contextOf(parts, open));
  switch (state.reason) {
    case "user-disabled":
    case "user-locked":
    case "user-dormant":
      throw sessionProblem(state.reason);
    default:
  }
}
