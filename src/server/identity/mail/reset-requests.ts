// Takes requests for a reset, and answers them later by a mail to whom the address belongs.
import type { Transaction } from "kysely";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import { randomId } from "../../../platform/crypto/random.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { IdentityParts, PersonPlace } from "../identity-parts.ts";
import { hasBeenSetUp } from "../passwords/has-been-set-up.ts";
import { readPersonByEmail } from "../sign-in/read-person.ts";
import { queueMail } from "./queue-mail.ts";
import { admitThrottled, clientThrottleKey, emailThrottleKey } from "./reset-throttle.ts";

export type ResetRequest = { readonly emailKey: string; readonly place: PersonPlace };

export type AskOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly retryAfterMs: number };

/**
 * INVARIANT: nobody looks here whether there is such a user, so that answer and time tell nothing
 * (OWASP Forgot Password). Too many for one address are accepted and not answered.
 */
export async function askForReset(
  parts: Pick<IdentityParts, "database" | "clock">,
  request: ResetRequest,
): Promise<AskOutcome> {
  const { emailKey, place } = request;
  const nowMs = parts.clock.nowMs();
  return await parts.database.transaction(async (trx) => {
    // Client before e-mail address, always: two requests never wait for each other's row.
    const client = await admitThrottled(trx, clientThrottleKey(place.address), nowMs);
    if (!client.ok) return client;
    const email = await admitThrottled(trx, emailThrottleKey(emailKey), nowMs);
    if (email.ok) await insertRequest(trx, request, nowMs);
    return { ok: true };
  });
}

async function insertRequest(
  trx: Transaction<Schema>,
  { emailKey, place }: ResetRequest,
  nowMs: number,
): Promise<void> {
  await trx
    .insertInto("identity_reset_request")
    .values({
      id: randomId(),
      email_key: emailKey,
      address: place.addressText,
      country: place.country,
      user_agent: place.userAgent,
      requested_at: nowMs,
    })
    .execute();
}

/** Oldest first. */
export async function listResetRequests(
  db: ReadDatabase<Schema>,
  limit: number,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("identity_reset_request")
    .select("id")
    .orderBy("requested_at")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/**
 * Takes the request away and, when a user who may sign in has the address, queues the mail: both
 * or neither. Locked and dormant users get it: it is their way back (guide: "the password reset
 * steps"). INVARIANT: nothing about the user changes (attack row 124).
 */
export async function answerResetRequest(
  trx: Transaction<Schema>,
  id: string,
  nowMs: number,
): Promise<void> {
  const request = await trx
    .deleteFrom("identity_reset_request")
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
  if (request === undefined) return;
  const { person } = await readPersonByEmail(trx, request.email_key);
  if (person === null || person.user.isDisabled) return;
  const { user } = person;
  const to = { userId: user.id, to: user.email, nowMs };
  if (!hasBeenSetUp(person)) {
    // Half an hour in the place of the invitation's seven days would be a change for the worse.
    const data = { invitedBy: null, accountName: null };
    await queueMail(trx, { ...to, kind: "invitation", data });
    return;
  }
  const { address, country, user_agent: userAgent, requested_at: askedAtMs } = request;
  const data = { askedAtMs, place: { address, country, userAgent } };
  await queueMail(trx, { ...to, kind: "password-reset", data });
}
