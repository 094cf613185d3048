// Records a change of a second factor, and tells its owner by mail.
import type { Transaction } from "kysely";
import type { FactorChange } from "../../../core/identity/factor-change.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { toMailPlace } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import type { Person } from "../sign-in/read-person.ts";

/** INVARIANT: in the transaction of the change, so none goes unrecorded or untold (ASVS 6.3.7). */
export async function recordFactorChange(
  trx: Transaction<Schema>,
  parts: Pick<CredentialParts, "recordEvent">,
  changed: {
    readonly person: Person;
    readonly change: FactorChange;
    /** Who did it, as it is recorded. */
    readonly actor: string;
    /** The e-mail address of somebody else who did it, for the mail. */
    readonly changedBy?: string | null;
    readonly place: PersonPlace | null;
    readonly nowMs: number;
  },
): Promise<void> {
  const { person, change, actor, changedBy = null, place, nowMs } = changed;
  const { id: userId, email } = person.user;
  await parts.recordEvent(trx, {
    kind: "second-factor-changed",
    atMs: nowMs,
    userId,
    actor,
    account: person.accountCode,
    place,
    reason: change,
    detail: { email },
  });
  await queueMail(trx, {
    kind: "second-factor-changed",
    userId,
    to: email,
    data: {
      changedAtMs: nowMs,
      change,
      changedBy,
      place: place === null || changedBy !== null ? null : toMailPlace(place),
    },
    nowMs,
  });
}
