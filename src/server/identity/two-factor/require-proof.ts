// Asks whether who is signed in has just proved it once more, before second factors change.
import type { Transaction } from "kysely";
import { isProofFresh } from "../../../core/identity/proof.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { OpenCheck } from "../sessions/read-session.ts";
import { methodsOf, readFactors } from "../second-factor/factor-store.ts";
import { sessionProblem } from "../sessions/session-problem.ts";
import { twoFactorProblem } from "./two-factor-problem.ts";

/**
 * Throws `proof-required` (403). A session that was stolen must not change what protects its
 * owner (ASVS 7.5.1). At stage set-up-second-factor the sign-in just made is the proof.
 */
export function requireProof(check: OpenCheck, nowMs: number): void {
  if (check.stage === "set-up-second-factor") return;
  if (isProofFresh(check.session.session.provedAtMs, nowMs)) return;
  throw twoFactorProblem("proof-required");
}

/**
 * The same by the store's word, in the transaction of a change, and keeps the session from ending
 * until the commit. INVARIANT: a session that was ended elsewhere changes nothing any more.
 */
export async function holdProvedSession(
  trx: Transaction<Schema>,
  check: OpenCheck,
  nowMs: number,
): Promise<void> {
  const { id, userId } = check.session.session;
  const held = await trx
    .updateTable("identity_session")
    .set({ user_id: userId })
    .where("id", "=", id)
    .where("user_id", "=", userId)
    .returning(["proved_at", "stage"])
    .executeTakeFirst();
  if (held === undefined) throw sessionProblem("session-ended");
  if (held.stage === "set-up-second-factor") return assertFirst(trx, userId);
  if (!isProofFresh(held.proved_at, nowMs)) throw twoFactorProblem("proof-required");
}

/** The password alone sets up the first method, and nothing beside or after it. */
async function assertFirst(trx: Transaction<Schema>, userId: string): Promise<void> {
  const methods = methodsOf(await readFactors(trx, userId));
  if (methods.length > 0) throw sessionProblem("session-ended");
}
