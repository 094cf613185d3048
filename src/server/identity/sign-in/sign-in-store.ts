// Keeps what locks: the count of wrong passwords, the lock, and when somebody last signed in.
import type { Transaction } from "kysely";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { hasOtherWayIn } from "../single-sign-on/has-other-way-in.ts";

/**
 * The row on which attempts for addresses that nobody has are counted, so that they take the same
 * writes. It locks nobody; ids of users are longer.
 */
export const NOBODY_ID = "nobody";

export type StoredSignIn = {
  readonly wrongPasswords: number;
  readonly lockedAtMs: number | null;
  readonly lastSignedInAtMs: number | null;
  readonly activeSinceAtMs: number;
  /** Beside a password: see `hasOtherWayIn`. */
  readonly hasOtherWayIn: boolean;
};

/** Once for each user, from the moment there is one; again it does nothing. */
export async function insertSignIn(
  trx: Transaction<Schema>,
  userId: string,
  nowMs: number,
): Promise<void> {
  await trx
    .insertInto("identity_sign_in")
    .columns(["user_id", "wrong_passwords", "active_since_at"])
    // From the user's own row, so that none is made for a user who has just been deleted.
    .expression((from) =>
      from
        .selectFrom("accounts_user")
        .select((row) => ["id", row.lit(0).as("wrong"), row.val(nowMs).as("since")])
        .where("id", "=", userId),
    )
    .onConflict((conflict) => conflict.column("user_id").doNothing())
    .execute();
}

export async function deleteSignIn(trx: Transaction<Schema>, userId: string): Promise<void> {
  await trx.deleteFrom("identity_sign_in").where("user_id", "=", userId).execute();
}

export async function readSignIn(
  db: ReadDatabase<Schema>,
  userId: string,
): Promise<StoredSignIn | null> {
  const row = await db
    .selectFrom("identity_sign_in")
    .select(["wrong_passwords", "locked_at", "last_signed_in_at", "active_since_at"])
    .select(hasOtherWayIn("identity_sign_in.user_id").as("has_other_way_in"))
    .where("user_id", "=", userId)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    wrongPasswords: row.wrong_passwords,
    lockedAtMs: row.locked_at,
    lastSignedInAtMs: row.last_signed_in_at,
    activeSinceAtMs: row.active_since_at,
    hasOtherWayIn: row.has_other_way_in === 1,
  };
}

/**
 * Writes an attempt down before its password is looked at, as if it were wrong. Gives the count
 * with it; null when there is no such row, and then nothing may be verified.
 */
export async function raiseUserCount(
  trx: Transaction<Schema>,
  userId: string,
): Promise<{ readonly wrongPasswords: number; readonly lockedAtMs: number | null } | null> {
  const row = await trx
    .updateTable("identity_sign_in")
    .set((set) => ({ wrong_passwords: set("wrong_passwords", "+", 1) }))
    .where("user_id", "=", userId)
    .returning(["wrong_passwords", "locked_at"])
    .executeTakeFirst();
  return row === undefined
    ? null
    : { wrongPasswords: row.wrong_passwords, lockedAtMs: row.locked_at };
}

/** The same for a browser in which the user is known. */
export async function raiseBrowserCount(
  trx: Transaction<Schema>,
  browserId: string,
): Promise<number | null> {
  const row = await trx
    .updateTable("identity_browser")
    .set((set) => ({ wrong_passwords: set("wrong_passwords", "+", 1) }))
    .where("id", "=", browserId)
    .returning("wrong_passwords")
    .executeTakeFirst();
  return row?.wrong_passwords ?? null;
}

export async function clearUserCount(trx: Transaction<Schema>, userId: string): Promise<void> {
  await trx
    .updateTable("identity_sign_in")
    .set({ wrong_passwords: 0 })
    .where("user_id", "=", userId)
    .execute();
}

export async function clearBrowserCount(
  trx: Transaction<Schema>,
  browserId: string,
): Promise<void> {
  await trx
    .updateTable("identity_browser")
    .set({ wrong_passwords: 0 })
    .where("id", "=", browserId)
    .execute();
}

/** False when the user was locked before: a lock is never renewed. */
export async function lockUser(
  trx: Transaction<Schema>,
  lock: { readonly userId: string; readonly cause: string; readonly nowMs: number },
): Promise<boolean> {
  const result = await trx
    .updateTable("identity_sign_in")
    .set({ locked_at: lock.nowMs, lock_cause: lock.cause })
    .where("user_id", "=", lock.userId)
    .where("locked_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/**
 * INVARIANT: with `onlyUnlocked`, nobody signs in whom another request has locked meanwhile: this
 * row decides, in the transaction that opens the session.
 */
export async function passSignIn(
  trx: Transaction<Schema>,
  passed: {
    readonly userId: string;
    readonly onlyUnlocked: boolean;
    readonly clearsCount: boolean;
    /** Null for a half sign-in, which is none yet. */
    readonly signedInAtMs: number | null;
  },
): Promise<boolean> {
  let query = trx
    .updateTable("identity_sign_in")
    .set({
      ...(passed.clearsCount ? { wrong_passwords: 0 } : {}),
      ...(passed.signedInAtMs === null ? {} : { last_signed_in_at: passed.signedInAtMs }),
      // Writing the row is what keeps a change of the password waiting, or makes this wait for it.
      user_id: passed.userId,
    })
    .where("user_id", "=", passed.userId);
  if (passed.onlyUnlocked) query = query.where("locked_at", "is", null);
  const result = await query.executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** When a sign-in is whole; a half one is none yet. */
export async function noteSignedIn(
  trx: Transaction<Schema>,
  userId: string,
  nowMs: number,
): Promise<void> {
  await trx
    .updateTable("identity_sign_in")
    .set({ last_signed_in_at: nowMs })
    .where("user_id", "=", userId)
    .execute();
}

/** After a reset, or when somebody else opens the user: dormancy counts from now, too. */
export async function releaseSignIn(
  trx: Transaction<Schema>,
  userId: string,
  nowMs: number,
): Promise<void> {
  await trx
    .updateTable("identity_sign_in")
    .set({ wrong_passwords: 0, locked_at: null, lock_cause: null, active_since_at: nowMs })
    .where("user_id", "=", userId)
    .execute();
}

/** For a user who was disabled: nobody could sign in meanwhile, so that time does not count. */
export async function restartDormancy(
  trx: Transaction<Schema>,
  userId: string,
  nowMs: number,
): Promise<void> {
  await trx
    .updateTable("identity_sign_in")
    .set({ active_since_at: nowMs })
    .where("user_id", "=", userId)
    .execute();
}
