// Keeps how many wrong codes a user has sent, and until when codes are paused or locked.
import type { Selectable, Transaction } from "kysely";
import { NO_WRONG_CODES } from "../../../core/identity/code-attempts.ts";
import type { CodeCount } from "../../../core/identity/code-attempts.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { SignInTable } from "../../migrations/identity-tables.ts";
import type { Schema } from "../../migrations/schema.ts";

const COLUMNS = ["wrong_codes", "codes_paused_until_at", "codes_locked_until_at"] as const;

/** To show it; whether a code may be tried is decided from `lockCodeCount`. */
export async function readCodeCount(db: ReadDatabase<Schema>, userId: string): Promise<CodeCount> {
  const row = await db
    .selectFrom("identity_sign_in")
    .select([...COLUMNS])
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row === undefined ? NO_WRONG_CODES : toCount(row);
}

/**
 * The count, and the user's row until the transaction ends: others that check, change or lock wait.
 * Null: there is no such user (any more), and then nothing may be compared.
 */
export async function lockCodeCount(
  trx: Transaction<Schema>,
  userId: string,
): Promise<CodeCount | null> {
  const row = await trx
    .updateTable("identity_sign_in")
    // Writing the row is what makes others wait.
    .set({ user_id: userId })
    .where("user_id", "=", userId)
    .returning([...COLUMNS])
    .executeTakeFirst();
  return row === undefined ? null : toCount(row);
}

export async function writeCodeCount(
  trx: Transaction<Schema>,
  userId: string,
  count: CodeCount,
): Promise<void> {
  await trx
    .updateTable("identity_sign_in")
    .set({
      wrong_codes: count.wrongCodes,
      codes_paused_until_at: count.pausedUntilMs,
      codes_locked_until_at: count.lockedUntilMs,
    })
    .where("user_id", "=", userId)
    .execute();
}

/** With it go pause and lock: after a right code, or when an administrator opens the user. */
export async function clearCodeCount(trx: Transaction<Schema>, userId: string): Promise<void> {
  await writeCodeCount(trx, userId, NO_WRONG_CODES);
}

function toCount(row: Pick<Selectable<SignInTable>, (typeof COLUMNS)[number]>): CodeCount {
  return {
    wrongCodes: row.wrong_codes,
    pausedUntilMs: row.codes_paused_until_at,
    lockedUntilMs: row.codes_locked_until_at,
  };
}
