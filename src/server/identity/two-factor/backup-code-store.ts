// Keeps the ten backup codes of a user: one salt, slow hashes, each good once.
import type { Transaction } from "kysely";
import {
  hashBackupCode,
  newBackupCodes,
  newBackupSalt,
  showBackupCode,
} from "../../../platform/crypto/backup-codes.ts";
import type { PasswordHasher } from "../../../platform/crypto/password-hasher.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

/** Hashed before the transaction: ten slow hashes must not hold a row. */
export type PreparedBackupCodes = {
  /** As they are shown, once. */
  readonly codes: readonly string[];
  readonly salt: string;
  readonly hashes: readonly string[];
};

/** Throws Problem `busy` (503) when the hasher has no room. */
export async function prepareBackupCodes(hasher: PasswordHasher): Promise<PreparedBackupCodes> {
  const codes = newBackupCodes();
  const salt = newBackupSalt(hasher);
  const hashes = await hasher.withRoom(async (work) => {
    const made: string[] = [];
    for (const code of codes) made.push(await hashBackupCode(work, code, salt));
    return made;
  });
  return { codes: codes.map(showBackupCode), salt, hashes };
}

/** All earlier ones of the user are void. Gives the codes as they are shown. */
export async function makeBackupCodes(
  trx: Transaction<Schema>,
  userId: string,
  made: { readonly prepared: PreparedBackupCodes; readonly nowMs: number },
): Promise<string[]> {
  const { codes, salt, hashes } = made.prepared;
  await deleteBackupCodesOf(trx, userId);
  await trx
    .insertInto("identity_backup_set")
    .values({ user_id: userId, salt, created_at: made.nowMs })
    .execute();
  await trx
    .insertInto("identity_backup_code")
    .values(hashes.map((hash) => ({ user_id: userId, hash, used_at: null })))
    .execute();
  return [...codes];
}

/** Null: the user has none, and nothing has to be hashed. */
export async function readBackupSalt(
  db: ReadDatabase<Schema>,
  userId: string,
): Promise<string | null> {
  const row = await db
    .selectFrom("identity_backup_set")
    .select("salt")
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row?.salt ?? null;
}

/**
 * Uses a code up. INVARIANT: of any number of calls with one code, on any number of nodes, one is
 * `right`: the update is conditional (CVE-2025-64175).
 * @param taken.hash made with the user's salt; of codes that were replaced none is found
 */
export async function takeBackupCode(
  trx: Transaction<Schema>,
  taken: { readonly userId: string; readonly hash: string; readonly nowMs: number },
): Promise<"right" | "replayed" | "wrong"> {
  const { userId, hash, nowMs } = taken;
  const used = await trx
    .updateTable("identity_backup_code")
    .set({ used_at: nowMs })
    .where("user_id", "=", userId)
    .where("hash", "=", hash)
    .where("used_at", "is", null)
    .executeTakeFirst();
  if (used.numUpdatedRows > 0n) return "right";
  const known = await trx
    .selectFrom("identity_backup_code")
    .select("used_at")
    .where("user_id", "=", userId)
    .where("hash", "=", hash)
    .executeTakeFirst();
  return known === undefined ? "wrong" : "replayed";
}

/** Null: none were made, or they went with the last method. */
export async function readBackupCodesLeft(
  db: ReadDatabase<Schema>,
  userId: string,
): Promise<{ readonly left: number; readonly createdAtMs: number } | null> {
  const row = await db
    .selectFrom("identity_backup_set as made")
    .select((eb) => [
      "made.created_at",
      eb
        .selectFrom("identity_backup_code as code")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .whereRef("code.user_id", "=", "made.user_id")
        .where("code.used_at", "is", null)
        .as("left"),
    ])
    .where("made.user_id", "=", userId)
    .executeTakeFirst();
  return row === undefined ? null : { left: row.left ?? 0, createdAtMs: row.created_at };
}

export async function deleteBackupCodesOf(trx: Transaction<Schema>, userId: string): Promise<void> {
  await trx.deleteFrom("identity_backup_set").where("user_id", "=", userId).execute();
  await trx.deleteFrom("identity_backup_code").where("user_id", "=", userId).execute();
}
