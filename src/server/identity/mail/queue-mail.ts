// Puts a mail into the queue, in the transaction of what it tells.
import type { Transaction } from "kysely";
import type { EmailCodePurpose } from "../../../core/identity/second-factor.ts";
import { randomId } from "../../../platform/crypto/random.ts";
import type { Schema } from "../../migrations/schema.ts";
import { LINK_MAIL_KINDS, linkPurposeOf } from "./mail-content.ts";
import type { CodeMailData, MailContent } from "./mail-content.ts";

export type NewMail = MailContent & {
  /** Null only for a test. */
  readonly userId: string | null;
  /** One e-mail address, checked by core's parser. */
  readonly to: string;
  readonly nowMs: number;
};

/**
 * Returns the mail's id. It leaves when the transaction is committed: within seconds, or at once
 * when `Mails.wake` is called then.
 */
export async function queueMail(trx: Transaction<Schema>, mail: NewMail): Promise<string> {
  const { kind, userId, to, data, nowMs } = mail;
  // Two mails with links would arrive together after an outage, and the first one's be void.
  if (userId !== null && linkPurposeOf(kind) !== null) {
    await deleteWaitingLinkMails(trx, userId);
  }
  const id = randomId();
  await trx
    .insertInto("identity_mail")
    .values({
      id,
      kind,
      user_id: userId,
      to_address: to,
      data_json: JSON.stringify(data),
      created_at: nowMs,
      next_attempt_at: nowMs,
      attempts: 0,
      claimed_until_at: null,
      sent_at: null,
      failed_at: null,
      last_error: null,
    })
    .execute();
  return id;
}

/** Also one that is being sent right now: its link is void, or about to be. */
export async function deleteWaitingLinkMails(
  trx: Transaction<Schema>,
  userId: string,
): Promise<void> {
  await trx
    .deleteFrom("identity_mail")
    .where("user_id", "=", userId)
    .where("kind", "in", [...LINK_MAIL_KINDS])
    .where("sent_at", "is", null)
    .where("failed_at", "is", null)
    .execute();
}

/** Also one that is being sent right now. `purpose` null: of every purpose. */
export async function deleteWaitingCodeMails(
  trx: Transaction<Schema>,
  userId: string,
  purpose: EmailCodePurpose | null,
): Promise<void> {
  const waiting = await trx
    .selectFrom("identity_mail")
    .select(["id", "data_json"])
    .where("user_id", "=", userId)
    .where("kind", "=", "second-factor-code")
    .where("sent_at", "is", null)
    .where("failed_at", "is", null)
    .execute();
  for (const { id, data_json: json } of waiting) {
    const data = JSON.parse(json) as CodeMailData;
    if (purpose !== null && data.purpose !== purpose) continue;
    await trx
      .deleteFrom("identity_mail")
      .where("id", "=", id)
      // It may have been sent since the look; then it is kept like every mail that is done with.
      .where("sent_at", "is", null)
      .execute();
  }
}

/** For a user who is deleted. */
export async function deleteMailsOf(trx: Transaction<Schema>, userId: string): Promise<void> {
  await trx.deleteFrom("identity_mail").where("user_id", "=", userId).execute();
}
