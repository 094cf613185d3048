// Puts a new password in place, with everything that follows from it, in one transaction.
import type { Transaction } from "kysely";
import type { Schema } from "../../migrations/schema.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { dropEmailCodesOf } from "../email-codes/email-code-store.ts";
import { dropLinksOf } from "../links/link-store.ts";
import { toMailPlace } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { distrustBrowsersOf } from "../second-factor/trusted-browser-store.ts";
import { completeSetup } from "../setup/setup-store.ts";
import { forgetBrowsersOf } from "../sessions/browser-store.ts";
import { endSessionsOf } from "../sessions/end-sessions.ts";
import { recordUserChange } from "../sessions/user-changes.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import type { Person } from "../sign-in/read-person.ts";
import { signInProblem } from "../sign-in/sign-in-problem.ts";
import { insertSignIn, passSignIn, releaseSignIn } from "../sign-in/sign-in-store.ts";
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
  const pass = { userId: user.id, onlyUnlocked: false, clearsCount: false, signedInAtMs: null };
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
  await dropLinksOf(trx, user.id);
  await dropEmailCodesOf(trx, user.id);
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
  if (person.hash !== null) {
    const data = { changedAtMs: nowMs, how, place: place === null ? null : toMailPlace(place) };
    await queueMail(trx, {
      kind: "password-changed",
      userId: user.id,
      to: user.email,
      data,
      nowMs,
    });
  }
  await endSessionsOf(trx, user.id, { exceptId: change.keptSessionId, nowMs });
  await forgetBrowsersOf(trx, user.id, nowMs);
  await distrustBrowsersOf(trx, user.id);
  await recordUserChange(trx, user.id, nowMs);
}
