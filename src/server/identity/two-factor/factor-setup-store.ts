// Keeps the authenticator app that is being set up or reset, until a code has proved it.
import type { Transaction } from "kysely";
import { FACTOR_SETUP_MS } from "../../../core/identity/second-factor.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

/** So many wrong codes void a set-up; they are not counted on the user. */
const SETUP_CODES_MAX = 5;

export type FactorSetup = { readonly sealedSecret: string };

/** What the key ring seals the new secret for: it opens in this user's set-up only (row 100). */
export function setupSecretRow(userId: string): string {
  return `identity_factor_setup/${userId}`;
}

/** One for each user: whoever begins again, in whichever tab, voids what was begun before. */
export async function putFactorSetup(
  trx: Transaction<Schema>,
  setup: {
    readonly userId: string;
    readonly sessionId: string;
    readonly sealedSecret: string;
    readonly nowMs: number;
  },
): Promise<void> {
  const values = {
    session_id: setup.sessionId,
    sealed_secret: setup.sealedSecret,
    wrong_codes: 0,
    created_at: setup.nowMs,
  };
  await trx
    .insertInto("identity_factor_setup")
    .values({ user_id: setup.userId, ...values })
    .onConflict((conflict) => conflict.column("user_id").doUpdateSet(values))
    .execute();
}

/** Null when there is none, another session's, or its ten minutes are over. */
export async function readFactorSetup(
  db: ReadDatabase<Schema>,
  wanted: { readonly userId: string; readonly sessionId: string; readonly nowMs: number },
): Promise<FactorSetup | null> {
  const row = await db
    .selectFrom("identity_factor_setup")
    .select("sealed_secret")
    .where("user_id", "=", wanted.userId)
    .where("session_id", "=", wanted.sessionId)
    .where("created_at", ">", wanted.nowMs - FACTOR_SETUP_MS)
    .executeTakeFirst();
  return row === undefined ? null : { sealedSecret: row.sealed_secret };
}

/** Gives how many tries are left; with none the set-up is gone. */
export async function countWrongSetupCode(
  trx: Transaction<Schema>,
  userId: string,
): Promise<number> {
  const row = await trx
    .updateTable("identity_factor_setup")
    .set((eb) => ({ wrong_codes: eb("wrong_codes", "+", 1) }))
    .where("user_id", "=", userId)
    .returning("wrong_codes")
    .executeTakeFirst();
  const left = row === undefined ? 0 : Math.max(0, SETUP_CODES_MAX - row.wrong_codes);
  if (left === 0) await deleteFactorSetup(trx, userId);
  return left;
}

export async function deleteFactorSetup(trx: Transaction<Schema>, userId: string): Promise<void> {
  await trx.deleteFrom("identity_factor_setup").where("user_id", "=", userId).execute();
}
