// Takes a request for an e-mailed code and queues its mail; the code is made when the mail is sent.
import type { Transaction } from "kysely";
import type { EmailCodePurpose } from "../../../core/identity/second-factor.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { toMailPlace } from "../mail/mail-content.ts";
import { deleteWaitingCodeMails, queueMail } from "../mail/queue-mail.ts";
import { networkOf } from "../sign-in/network-of.ts";
import { emailCodeProblem } from "./email-code-problem.ts";
import { putEmailCodeRequest } from "./email-code-store.ts";
import { admitEmailCode } from "./email-code-throttle.ts";

export type WantedEmailCode = {
  readonly userId: string;
  /** The user's own present address, from the store: never one that a request brought. */
  readonly to: string;
  readonly purpose: EmailCodePurpose;
  /** The code is good in this session only. */
  readonly sessionId: string;
  readonly place: PersonPlace;
  readonly nowMs: number;
};

/**
 * The user's code for the same purpose before it is void from now on. After the commit comes
 * `Mails.wake`. Throws `email-code-too-often` (429).
 */
export async function askForEmailCode(
  trx: Transaction<Schema>,
  wanted: WantedEmailCode,
): Promise<void> {
  const { userId, to, purpose, sessionId, place, nowMs } = wanted;
  if (!(await holdUser(trx, userId))) return;
  const outcome = await admitEmailCode(trx, { userId, network: networkOf(place), nowMs });
  if (!outcome.ok) {
    const retryAfterSeconds = Math.ceil(outcome.retryAfterMs / 1000);
    const detail = outcome.of === "network" ? { detail: NETWORK_DETAIL } : {};
    throw emailCodeProblem("email-code-too-often", { retryAfterSeconds, ...detail });
  }
  // In this order: whoever claims the mail before in the same moment has made its code by the time
  // that its row is free, and that code is replaced here.
  await deleteWaitingCodeMails(trx, userId, purpose);
  await putEmailCodeRequest(trx, { userId, purpose, sessionId, nowMs });
  const data = { purpose, sessionId, askedAtMs: nowMs, place: toMailPlace(place) };
  await queueMail(trx, { kind: "second-factor-code", userId, to, data, nowMs });
}

const NETWORK_DETAIL =
  "Fifty codes within ten minutes are mailed at the request of one network. Please wait.";

/** Requests of one user follow one another, on any number of nodes. False: the user is gone. */
async function holdUser(trx: Transaction<Schema>, userId: string): Promise<boolean> {
  const held = await trx
    .updateTable("identity_sign_in")
    .set({ user_id: userId })
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return held.numUpdatedRows > 0n;
}
