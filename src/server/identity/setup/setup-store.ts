// Keeps the one setup: a token's hash while it is open, and that it is done for ever after.
import type { Transaction } from "kysely";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

const SETUP_ROW = 1;

/** Takes the place of the token of an earlier start. False: it was completed before. */
export async function writeSetupToken(
  trx: Transaction<Schema>,
  tokenHash: string | null,
  nowMs: number,
): Promise<boolean> {
  const result = await trx
    .updateTable("identity_setup")
    .set({ token_hash: tokenHash, created_at: nowMs })
    .where("id", "=", SETUP_ROW)
    .where("completed_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Whether this token would set up now; null: whether any would. */
export async function isSetupTokenOpen(
  db: ReadDatabase<Schema>,
  tokenHash: string | null,
): Promise<boolean> {
  let query = db
    .selectFrom("identity_setup")
    .select("id")
    .where("id", "=", SETUP_ROW)
    .where("completed_at", "is", null)
    .where("token_hash", "is not", null);
  if (tokenHash !== null) query = query.where("token_hash", "=", tokenHash);
  return (await query.executeTakeFirst()) !== undefined;
}

/**
 * INVARIANT: completed once, by one conditional write, and never opened again, whatever happens to
 * the operators (CVE-2023-46249). `tokenHash` null: without a token, from the host's shell. False:
 * somebody else was first.
 */
export async function completeSetup(
  trx: Transaction<Schema>,
  tokenHash: string | null,
  nowMs: number,
): Promise<boolean> {
  let query = trx
    .updateTable("identity_setup")
    .set({ token_hash: null, completed_at: nowMs })
    .where("id", "=", SETUP_ROW)
    .where("completed_at", "is", null);
  if (tokenHash !== null) query = query.where("token_hash", "=", tokenHash);
  const result = await query.executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function hasOperator(db: ReadDatabase<Schema>): Promise<boolean> {
  const row = await db
    .selectFrom("accounts_user")
    .select("id")
    .where("is_operator", "=", 1)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
