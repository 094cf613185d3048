// Records that a connection was made or removed, and tells its owner by mail.
import type { Transaction } from "kysely";
import type { ConnectionChange } from "../../../core/identity/single-sign-on/connection-change.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { toMailPlace } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import type { Person } from "../sign-in/read-person.ts";

export type ChangedConnection = {
  readonly person: Pick<Person, "accountCode"> & {
    readonly user: Pick<Person["user"], "id" | "email">;
  };
  readonly change: ConnectionChange;
  readonly provider: { readonly id: string; readonly name: string };
  /** As the provider calls the person. */
  readonly accountShown: string;
  /** Who did it, as it is recorded. */
  readonly actor: string;
  /** The e-mail address of somebody else who did it, for the mail. */
  readonly changedBy?: string | null;
  readonly place: PersonPlace | null;
  readonly nowMs: number;
};

/**
 * INVARIANT: in the transaction of the change, so none goes unrecorded or untold (row 111, ASVS
 * 6.3.7). After the commit comes `wakeMails`.
 */
export async function recordConnectionChange(
  trx: Transaction<Schema>,
  parts: Pick<CredentialParts, "recordEvent">,
  changed: ChangedConnection,
): Promise<void> {
  const { person, change, provider, accountShown, changedBy = null, place, nowMs } = changed;
  const { id: userId, email } = person.user;
  await parts.recordEvent(trx, {
    kind: change === "connected" || change === "bound" ? "connection-made" : "connection-removed",
    atMs: nowMs,
    userId,
    actor: changed.actor,
    account: person.accountCode,
    place,
    reason: change,
    detail: { email, provider: provider.id, accountShown },
  });
  // Where an administrator sits is nobody else's to know.
  const isByOther = change === "disconnected-by-administrator";
  await queueMail(trx, {
    kind: "connection-changed",
    userId,
    to: email,
    data: {
      changedAtMs: nowMs,
      change,
      providerName: provider.name,
      accountShown,
      changedBy,
      place: place === null || isByOther ? null : toMailPlace(place),
    },
    nowMs,
  });
}
