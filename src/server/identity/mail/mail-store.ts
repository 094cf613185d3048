// Reads and writes the queue of mails: claiming, settling, listing, trying again, pruning.
import type { Transaction } from "kysely";
import type { MailKind } from "../../../api/mail-api.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { MailTable } from "../../migrations/identity-tables.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { MailContent } from "./mail-content.ts";

export type StoredMail = MailContent & {
  readonly id: string;
  readonly kind: MailKind;
  readonly userId: string | null;
  readonly to: string;
  readonly createdAtMs: number;
  readonly nextAttemptAtMs: number;
  /** Those begun, the one under way included. */
  readonly attempts: number;
  readonly claimedUntilMs: number | null;
  readonly sentAtMs: number | null;
  readonly failedAtMs: number | null;
  readonly lastError: string | null;
};

/** Whoever claimed a mail and was killed holds it no longer than this. */
export const CLAIM_MS = 2 * 60_000;

/** A mail older than this that nobody took is given up. */
export const GIVE_UP_AFTER_MS = 24 * 3_600_000;

const KEEP_MS = 30 * 86_400_000;
const PRUNE_ROWS = 500;

/** Ids of mails that are due and that nobody is sending, those due longest first. */
export async function listDueMails(
  db: ReadDatabase<Schema>,
  nowMs: number,
  limit: number,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("identity_mail")
    .select("id")
    .where("sent_at", "is", null)
    .where("failed_at", "is", null)
    .where("next_attempt_at", "<=", nowMs)
    .where((eb) => eb.or([eb("claimed_until_at", "is", null), eb("claimed_until_at", "<=", nowMs)]))
    .orderBy("next_attempt_at")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** INVARIANT: of any number of nodes one gets the mail: the conditional write's row decides. */
export async function claimMail(
  trx: Transaction<Schema>,
  id: string,
  nowMs: number,
): Promise<StoredMail | null> {
  const row = await trx
    .updateTable("identity_mail")
    .set((eb) => ({
      claimed_until_at: nowMs + CLAIM_MS,
      attempts: eb("attempts", "+", 1),
    }))
    .where("id", "=", id)
    .where("sent_at", "is", null)
    .where("failed_at", "is", null)
    .where("next_attempt_at", "<=", nowMs)
    .where((eb) => eb.or([eb("claimed_until_at", "is", null), eb("claimed_until_at", "<=", nowMs)]))
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : toMail(row);
}

export type MailSettlement =
  | { readonly kind: "sent"; readonly atMs: number }
  | { readonly kind: "waiting"; readonly untilMs: number; readonly error: string }
  | { readonly kind: "failed"; readonly atMs: number; readonly error: string };

/** False when the claim had run out and somebody else has the mail, or it is gone. */
export async function settleMail(
  trx: Transaction<Schema>,
  claimed: StoredMail,
  settlement: MailSettlement,
): Promise<boolean> {
  const { kind } = settlement;
  const result = await trx
    .updateTable("identity_mail")
    .set({
      claimed_until_at: null,
      sent_at: kind === "sent" ? settlement.atMs : null,
      failed_at: kind === "failed" ? settlement.atMs : null,
      last_error: kind === "sent" ? null : settlement.error,
      ...(kind === "waiting" ? { next_attempt_at: settlement.untilMs } : {}),
    })
    .where("id", "=", claimed.id)
    // Attempts only grow: the number says whose claim it is.
    .where("attempts", "=", claimed.attempts)
    .where("claimed_until_at", "is not", null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export type RetryOutcome = "due" | "sent-before" | "not-found";

/** Makes a mail due now, also one that was given up. One that is being sent goes on. */
export async function makeMailDue(
  trx: Transaction<Schema>,
  id: string,
  nowMs: number,
): Promise<RetryOutcome> {
  const result = await trx
    .updateTable("identity_mail")
    .set({ next_attempt_at: nowMs, failed_at: null })
    .where("id", "=", id)
    .where("sent_at", "is", null)
    .executeTakeFirst();
  if (result.numUpdatedRows === 1n) return "due";
  return (await findMail(trx, id)) === null ? "not-found" : "sent-before";
}

export async function findMail(db: ReadDatabase<Schema>, id: string): Promise<StoredMail | null> {
  const row = await db
    .selectFrom("identity_mail")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined ? null : toMail(row);
}

/** Newest first. */
export async function listMails(
  db: ReadDatabase<Schema>,
  limit: number,
): Promise<readonly StoredMail[]> {
  const rows = await db
    .selectFrom("identity_mail")
    .selectAll()
    .orderBy("created_at", "desc")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(toMail);
}

export async function countMails(
  db: ReadDatabase<Schema>,
): Promise<{ readonly waiting: number; readonly failed: number }> {
  const row = await db
    .selectFrom("identity_mail")
    .select((eb) => [
      eb.fn.countAll<number>().as("unsent"),
      eb.fn.count<number>("failed_at").as("failed"),
    ])
    .where("sent_at", "is", null)
    .executeTakeFirstOrThrow();
  return { waiting: row.unsent - row.failed, failed: row.failed };
}

/** What an operator should look at. One query each way, over what is not sent. */
export type MailTrouble = {
  readonly waiting: number;
  /** Those of them that a server has refused for now. */
  readonly retried: number;
  readonly failedLately: number;
};

export async function countMailTrouble(
  db: ReadDatabase<Schema>,
  failedSinceMs: number,
): Promise<MailTrouble> {
  const rows = await db
    .selectFrom("identity_mail")
    .select(["attempts", "last_error", "failed_at"])
    .where("sent_at", "is", null)
    .where((eb) => eb.or([eb("failed_at", "is", null), eb("failed_at", ">=", failedSinceMs)]))
    .execute();
  const waiting = rows.filter((row) => row.failed_at === null);
  return {
    waiting: waiting.length,
    retried: waiting.filter((row) => row.last_error !== null).length,
    failedLately: rows.length - waiting.length,
  };
}

/** Mails that are done with, after 30 days; at most 500 in one go. Returns how many went. */
export async function pruneMails(trx: Transaction<Schema>, nowMs: number): Promise<number> {
  const result = await trx
    .deleteFrom("identity_mail")
    .where("id", "in", (eb) =>
      eb
        .selectFrom("identity_mail")
        .select("id")
        .where((or) =>
          or.or([or("sent_at", "<=", nowMs - KEEP_MS), or("failed_at", "<=", nowMs - KEEP_MS)]),
        )
        .limit(PRUNE_ROWS),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

function toMail(row: MailTable): StoredMail {
  // What queueMail wrote: the kind says what the data is.
  const content = { kind: row.kind, data: JSON.parse(row.data_json) as unknown } as MailContent;
  return {
    ...content,
    id: row.id,
    userId: row.user_id,
    to: row.to_address,
    createdAtMs: row.created_at,
    nextAttemptAtMs: row.next_attempt_at,
    attempts: row.attempts,
    claimedUntilMs: row.claimed_until_at,
    sentAtMs: row.sent_at,
    failedAtMs: row.failed_at,
    lastError: row.last_error,
  };
}
