// Keeps e-mailed codes: one for each user and purpose, as a mac, for one session and one use.
import type { ExpressionBuilder, Transaction } from "kysely";
import type { CodeMatch } from "../../../core/identity/code-attempts.ts";
import { EMAIL_CODE_MS } from "../../../core/identity/second-factor.ts";
import type { EmailCodePurpose } from "../../../core/identity/second-factor.ts";
import type { KeyRing } from "../../../platform/crypto/key-ring.ts";
import { randomDigits } from "../../../platform/crypto/random-digits.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { deleteWaitingCodeMails } from "../mail/queue-mail.ts";

/** Whose code it is, for what, and where it is good. */
export type EmailCodeUse = {
  readonly userId: string;
  readonly purpose: EmailCodePurpose;
  readonly sessionId: string;
};

type EmailCodeGuess = EmailCodeUse & {
  readonly code: string;
  readonly nowMs: number;
  readonly keyRing: KeyRing;
};

const DIGITS = 6;
const WRONG_CODES_MAX = 5;
const MAC_PURPOSE = "email-code";
const KEEP_MS = 3_600_000;
const PRUNE_ROWS = 500;

/** Clocks of nodes differ a little; a code of the far future is one of a clock set back since. */
const CLOCK_MARGIN_MS = 60_000;

/** Voids the user's code for the same purpose, whatever session it was for. */
export async function putEmailCodeRequest(
  trx: Transaction<Schema>,
  request: EmailCodeUse & { readonly nowMs: number },
): Promise<void> {
  const { userId, purpose, sessionId, nowMs } = request;
  const fresh = {
    session_id: sessionId,
    mac: null,
    wrong_codes: 0,
    requested_at: nowMs,
    sent_at: null,
  };
  await trx
    .insertInto("identity_email_code")
    .values({ user_id: userId, purpose, ...fresh })
    .onConflict((conflict) => conflict.columns(["user_id", "purpose"]).doUpdateSet(fresh))
    .execute();
}

/**
 * Makes the code of a mail that is sent now, and returns it; it exists nowhere else. Each attempt
 * at sending has one of its own. Null when nobody waits for it: another code was asked for since,
 * the session has ended, or the request is older than a code would last.
 */
export async function makeEmailCode(
  trx: Transaction<Schema>,
  keyRing: KeyRing,
  made: EmailCodeUse & { readonly askedAtMs: number; readonly nowMs: number },
): Promise<string | null> {
  const { userId, purpose, sessionId, askedAtMs, nowMs } = made;
  if (nowMs >= askedAtMs + EMAIL_CODE_MS) return null;
  const session = await trx
    .selectFrom("identity_session")
    .select("id")
    .where("id", "=", sessionId)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  if (session === undefined) return null;
  const code = randomDigits(DIGITS);
  const result = await trx
    .updateTable("identity_email_code")
    .set({ mac: keyRing.mac(macText(made, code), MAC_PURPOSE), sent_at: nowMs })
    .where("user_id", "=", userId)
    .where("purpose", "=", purpose)
    .where("session_id", "=", sessionId)
    .where("requested_at", "=", askedAtMs)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n ? code : null;
}

/**
 * For a mail that could not be sent. `isWaiting`: it is tried again, with another code; otherwise
 * nobody waits for it any more.
 */
export async function takeBackEmailCode(
  trx: Transaction<Schema>,
  made: EmailCodeUse & { readonly askedAtMs: number; readonly isWaiting: boolean },
): Promise<void> {
  const thisOne = {
    user_id: made.userId,
    purpose: made.purpose,
    session_id: made.sessionId,
    requested_at: made.askedAtMs,
  };
  if (made.isWaiting) {
    await trx
      .updateTable("identity_email_code")
      .set({ mac: null, sent_at: null })
      .where((eb) => eb.and(thisOne))
      .execute();
    return;
  }
  await trx
    .deleteFrom("identity_email_code")
    .where((eb) => eb.and(thisOne))
    .execute();
}

/**
 * Consumes the code when it is right. INVARIANT: a guess is counted before it is compared, by a
 * conditional write that holds the row, so that of any number of guesses, on any number of nodes,
 * at most five are compared and at most one is right (row 90). The fifth wrong one voids the code.
 */
export async function judgeEmailCode(
  trx: Transaction<Schema>,
  guess: EmailCodeGuess,
): Promise<CodeMatch> {
  const { userId, purpose, code, keyRing } = guess;
  const counted = await trx
    .updateTable("identity_email_code")
    .set((eb) => ({ wrong_codes: eb("wrong_codes", "+", 1) }))
    .where((eb) => mayBeTried(eb, guess))
    .returning(["mac", "wrong_codes"])
    .executeTakeFirst();
  if (counted === undefined || counted.mac === null) return matchOfNoCode(trx, guess);
  const isRight = keyRing.isMac(counted.mac, macText(guess, code), MAC_PURPOSE);
  if (isRight || counted.wrong_codes >= WRONG_CODES_MAX) {
    await trx
      .deleteFrom("identity_email_code")
      .where("user_id", "=", userId)
      .where("purpose", "=", purpose)
      .execute();
  }
  return isRight ? "right" : "wrong";
}

/**
 * Whether `judgeEmailCode` would find it right now. Neither counts nor consumes, so it lets nobody
 * in and tells nobody anything: for whether costly work is worth its while, no more.
 */
export async function isEmailCodeRight(
  db: ReadDatabase<Schema>,
  guess: EmailCodeGuess,
): Promise<boolean> {
  const row = await db
    .selectFrom("identity_email_code")
    .select("mac")
    .where((eb) => mayBeTried(eb, guess))
    .executeTakeFirst();
  const mac = row?.mac ?? null;
  return mac !== null && guess.keyRing.isMac(mac, macText(guess, guess.code), MAC_PURPOSE);
}

function mayBeTried(
  eb: ExpressionBuilder<Schema, "identity_email_code">,
  { userId, purpose, sessionId, nowMs }: EmailCodeUse & { readonly nowMs: number },
) {
  return eb.and([
    eb("user_id", "=", userId),
    eb("purpose", "=", purpose),
    eb("session_id", "=", sessionId),
    eb("mac", "is not", null),
    eb("sent_at", ">", nowMs - EMAIL_CODE_MS),
    eb("sent_at", "<=", nowMs + CLOCK_MARGIN_MS),
    eb("wrong_codes", "<", WRONG_CODES_MAX),
  ]);
}

/** After a wrong one; none when the code is gone. */
export async function readEmailCodeTriesLeft(
  db: ReadDatabase<Schema>,
  use: EmailCodeUse,
): Promise<number> {
  const row = await findRow(db, use);
  return row === undefined ? 0 : Math.max(0, WRONG_CODES_MAX - row.wrong_codes);
}

async function matchOfNoCode(trx: Transaction<Schema>, use: EmailCodeUse): Promise<CodeMatch> {
  const row = await findRow(trx, use);
  return row === undefined || row.sent_at === null ? "not-sent" : "expired";
}

/**
 * Of a code that is good in this session, or whose mail is on its way (then the times are null).
 * Null when there is none: never asked for, used, expired, or asked for elsewhere since.
 */
export async function readEmailCodeState(
  db: ReadDatabase<Schema>,
  asked: EmailCodeUse & { readonly nowMs: number },
): Promise<{ readonly sentAtMs: number | null; readonly expiresAtMs: number | null } | null> {
  const row = await findRow(db, asked);
  if (row === undefined) return null;
  const expiresAtMs = (row.sent_at ?? row.requested_at) + EMAIL_CODE_MS;
  const isAhead = (row.sent_at ?? row.requested_at) > asked.nowMs + CLOCK_MARGIN_MS;
  if (expiresAtMs <= asked.nowMs || isAhead) return null;
  if (row.sent_at === null) return { sentAtMs: null, expiresAtMs: null };
  return { sentAtMs: row.sent_at, expiresAtMs };
}

function findRow(db: ReadDatabase<Schema>, { userId, purpose, sessionId }: EmailCodeUse) {
  return db
    .selectFrom("identity_email_code")
    .select(["requested_at", "sent_at", "wrong_codes"])
    .where("user_id", "=", userId)
    .where("purpose", "=", purpose)
    .where("session_id", "=", sessionId)
    .executeTakeFirst();
}

/**
 * When the e-mail address or the password changes, or a factor is reset: what was mailed stops
 * working, and what waits to be mailed is not sent (row 94).
 */
export async function dropEmailCodesOf(trx: Transaction<Schema>, userId: string): Promise<void> {
  // In this order: whoever claims a mail in the same moment has made its code by the time that its
  // row is free.
  await deleteWaitingCodeMails(trx, userId, null);
  await trx.deleteFrom("identity_email_code").where("user_id", "=", userId).execute();
}

/** For a user who is deleted: also who asked when, and from where. */
export async function deleteEmailCodesOf(trx: Transaction<Schema>, userId: string): Promise<void> {
  await dropEmailCodesOf(trx, userId);
  await trx.deleteFrom("identity_email_code_request").where("user_id", "=", userId).execute();
}

/** Codes that are over for an hour, at most 500 in one go. Returns how many went. */
export async function pruneEmailCodes(trx: Transaction<Schema>, nowMs: number): Promise<number> {
  const result = await trx
    .deleteFrom("identity_email_code")
    .where("user_id", "in", (eb) =>
      eb
        .selectFrom("identity_email_code")
        .select("user_id")
        .where("requested_at", "<=", nowMs - KEEP_MS)
        .limit(PRUNE_ROWS),
    )
    .where("requested_at", "<=", nowMs - KEEP_MS)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** INVARIANT: the whole use stands in the mac: a row that is swapped with another is no code. */
function macText({ userId, purpose, sessionId }: EmailCodeUse, code: string): string {
  return [userId, purpose, sessionId, code].join("\n");
}
