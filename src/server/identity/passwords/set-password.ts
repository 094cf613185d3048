// Puts a new password in place, with everything that follows from it, in one transaction.
import type { Transaction } from "kysely";
import type { Schema } from "../../migrations/schema.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { toMailPlace } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { completeSetup } from "../setup/setup-store.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import type { Person } from "../sign-in/read-person.ts";
import { signInProblem } from "../sign-in/sign-in-problem.ts";
import { insertSignIn, passSignIn, releaseSignIn } from "../sign-in/sign-in-store.ts";
import { endWhatCameBefore } from "./end-what-came-before.ts";
import { hasBeenSetUp } from "./has-been-set-up.ts";
import { replacePassword } from "./password-store.ts";

export type NewPassword = {
  readonly person: Person;
  readonly hash: string;
  readonly how: "change" | "reset" | "administrator";
  /** Who did it, for the record. */
  readonly actor: string | null;
  readonly place: PersonPlace | null;
  readonly nowMs: number;
  /** The session that goes on. */
  readonly keptSessionId: string | null;
};

/**
 * Throws `password-changed-meanwhile` (409) when another change came first. Sessions, known
 * and trusted browsers, links and mailed codes end (SPEC 3.2, ASVS 7.4.3); after the commit come
 * `followUserChanges` and `wakeMails`.
 */
export async function setPassword(
  trx: Transaction<Schema>,
  parts: Pick<CredentialParts, "recordEvent">,
  change: NewPassword,
): Promise<void> {
  const { person, hash, how, nowMs, place } = change;
  const { user } = person;
  // First the row that every sign-in writes: one that is under way is then seen, or sees this.
  await insertSignIn(trx, user.id, nowMs);
  // Guesses at a password that was not there say nothing of the new one.
  const clearsCount = person.hash === null;
  const pass = { userId: user.id, onlyUnlocked: false, clearsCount, signedInAtMs: null };
  if (!(await passSignIn(trx, pass))) throw signInProblem("user-not-found");
  if (how === "reset") await releaseSignIn(trx, user.id, nowMs);
  const isMade = await replacePassword(trx, {
    userId: user.id,
    hash,
    replacing: person.hash,
    nowMs,
    mustChange: how === "administrator",
  });
  if (!isMade) throw signInProblem("password-changed-meanwhile");
  if (user.isOperator) await completeSetup(trx, null, nowMs);
  await parts.recordEvent(trx, {
    kind: how === "reset" ? "password-reset" : "password-changed",
    atMs: nowMs,
    userId: user.id,
    actor: change.actor,
    account: person.accountCode,
    place,
    reason: how,
    detail: { email: user.email },
  });
  // Nobody had the first password, so nobody has to be told that it is another one now.
  if (hasBeenSetUp(person)) {
    const data = { changedAtMs: nowMs, how, place: place === null ? null : toMailPlace(place) };
    await queueMail(trx, {
      kind: "password-changed",
      userId: user.id,
      to: user.email,
      data,
      nowMs,
    });
  }
  await endWhatCameBefore(trx, user.id, { keptSessionId: change.keptSessionId, nowMs });
}
