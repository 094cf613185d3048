// Keeps the hash of each user's password and of those before it.
import type { Transaction } from "kysely";
import { PASSWORDS_KEPT } from "../../../core/identity/identity-policy.ts";
import { randomId } from "../../../platform/crypto/random.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

export type StoredPassword = {
  readonly hash: string;
  readonly changedAtMs: number;
  readonly mustChange: boolean;
};

export async function readPassword(
  db: ReadDatabase<Schema>,
  userId: string,
): Promise<StoredPassword | null> {
  const row = await db
    .selectFrom("identity_password")
    .select(["hash", "changed_at", "must_change"])
    .where("user_id", "=", userId)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { hash: row.hash, changedAtMs: row.changed_at, mustChange: row.must_change !== 0 };
}

/** The newest first. */
export async function readPastHashes(
  db: ReadDatabase<Schema>,
  userId: string,
  countMax: number,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("identity_password_past")
    .select("hash")
    .where("user_id", "=", userId)
    .orderBy("replaced_at", "desc")
    .orderBy("id", "desc")
    .limit(countMax)
    .execute();
  return rows.map(({ hash }) => hash);
}

export type PasswordReplacement = {
  readonly userId: string;
  readonly hash: string;
  /** What the new one was compared with; null: there was no password. */
  readonly replacing: string | null;
  readonly nowMs: number;
  readonly mustChange: boolean;
};

/**
 * INVARIANT: of two changes that race one is made, because each names the hash it replaces: else
 * the history would not have seen the other one. False when somebody else came first.
 */
export async function replacePassword(
  trx: Transaction<Schema>,
  change: PasswordReplacement,
): Promise<boolean> {
  const { userId, hash, replacing, nowMs } = change;
  const values = { hash, changed_at: nowMs, must_change: change.mustChange ? 1 : 0 };
  if (replacing === null) {
    const result = await trx
      .insertInto("identity_password")
      .values({ user_id: userId, ...values })
      .onConflict((conflict) => conflict.column("user_id").doNothing())
      .executeTakeFirst();
    return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }
  const result = await trx
    .updateTable("identity_password")
    .set(values)
    .where("user_id", "=", userId)
    .where("hash", "=", replacing)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) return false;
  // The new one is among those that count.
  await keepPast(trx, { userId, hash: replacing, nowMs, kept: PASSWORDS_KEPT - 1 });
  return true;
}

async function keepPast(
  trx: Transaction<Schema>,
  past: {
    readonly userId: string;
    readonly hash: string;
    readonly nowMs: number;
    readonly kept: number;
  },
): Promise<void> {
  const { userId } = past;
  const newest = await trx
    .selectFrom("identity_password_past")
    .select(({ fn }) => fn.max("replaced_at").as("at"))
    .where("user_id", "=", userId)
    .executeTakeFirst();
  // Two changes in one millisecond, or a clock that was set back, keep their order.
  const replacedAtMs = Math.max(past.nowMs, (newest?.at ?? 0) + 1);
  await trx
    .insertInto("identity_password_past")
    .values({ user_id: userId, replaced_at: replacedAtMs, id: randomId(), hash: past.hash })
    .execute();
  const kept = trx
    .selectFrom("identity_password_past")
    .select("id")
    .where("user_id", "=", userId)
    .orderBy("replaced_at", "desc")
    .limit(past.kept);
  await trx
    .deleteFrom("identity_password_past")
    .where("user_id", "=", userId)
    .where("id", "not in", kept)
    .execute();
}

/**
 * The hash stays among the past ones: it counts for the history when one is chosen again. False
 * when there is none (any more).
 */
export async function removePasswordRow(
  trx: Transaction<Schema>,
  userId: string,
  nowMs: number,
): Promise<boolean> {
  const removed = await trx
    .deleteFrom("identity_password")
    .where("user_id", "=", userId)
    .returning("hash")
    .executeTakeFirst();
  if (removed === undefined) return false;
  await keepPast(trx, { userId, hash: removed.hash, nowMs, kept: PASSWORDS_KEPT });
  return true;
}

/** The same password with stronger parameters; nothing when it was changed meanwhile. */
export async function rehashPassword(
  trx: Transaction<Schema>,
  rehash: { readonly userId: string; readonly from: string; readonly to: string },
): Promise<void> {
  await trx
    .updateTable("identity_password")
    .set({ hash: rehash.to })
    .where("user_id", "=", rehash.userId)
    .where("hash", "=", rehash.from)
    .execute();
}

export async function deletePasswords(trx: Transaction<Schema>, userId: string): Promise<void> {
  await trx.deleteFrom("identity_password").where("user_id", "=", userId).execute();
  await trx.deleteFrom("identity_password_past").where("user_id", "=", userId).execute();
}
