// Queues the mails about a missed call, one for each user who may hear its recording.
import type { Transaction } from "kysely";
import { findUserById } from "../../accounts/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { MissedCallData } from "./mail-content.ts";
import { queueMail } from "./queue-mail.ts";

export type MissedCall = {
  readonly recording: MissedCallData;
  /** Who is granted the tracking number; each once. */
  readonly users: readonly { readonly userId: string; readonly email: string }[];
  readonly nowMs: number;
};

/**
 * In the transaction that keeps the recording: both or neither. Users who are disabled get none,
 * also when they are disabled before it is sent. Returns the mails' ids, in the order of `users`.
 */
export async function queueMissedCallMails(
  trx: Transaction<Schema>,
  { recording: data, users, nowMs }: MissedCall,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const { userId, email } of users) {
    const user = await findUserById(trx, userId);
    if (user === null || user.isDisabled) continue;
    ids.push(await queueMail(trx, { kind: "missed-call", userId, to: email, data, nowMs }));
  }
  return ids;
}
