// Takes what makes backup codes for one user one after the other.
import type { OpenCheck } from "../sessions/read-session.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";

/**
 * Ten slow hashes at a time are enough for one user: fifty requests with one right code would keep
 * everybody else from signing in for half a minute. The second in the row finds the set-up done.
 */
export function inSetupTurn<T>(
  parts: Pick<CredentialParts, "turns">,
  { session }: OpenCheck,
  work: () => Promise<T>,
): Promise<T> {
  return parts.turns.inTurn(`set-up ${session.user.id}`, work);
}
