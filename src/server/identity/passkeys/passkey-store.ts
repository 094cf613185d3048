// Keeps passkeys: which credential is whose, its public key, its counter, its name.
import type { Transaction } from "kysely";
import { randomId } from "../../../platform/crypto/random.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { CreatedPasskey } from "../../../platform/webauthn/verify-creation.ts";
import type { PasskeyTable } from "../../migrations/factor-tables.ts";
import type { Schema } from "../../migrations/schema.ts";

export type StoredPasskey = {
  readonly id: string;
  readonly userId: string;
  readonly credentialId: string;
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly name: string;
  readonly isSynced: boolean;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number | null;
};

/** Null when the credential is somebody's already. */
export async function insertPasskey(
  trx: Transaction<Schema>,
  wanted: {
    readonly userId: string;
    readonly created: CreatedPasskey;
    readonly name: string;
    readonly nowMs: number;
  },
): Promise<string | null> {
  const { userId, created, name, nowMs } = wanted;
  const id = randomId();
  const inserted = await trx
    .insertInto("identity_passkey")
    .values({
      id,
      user_id: userId,
      credential_id: created.credentialId,
      public_key: created.publicKey,
      counter: created.counter,
      transports_json: JSON.stringify(created.transports),
      name,
      is_synced: created.isSynced ? 1 : 0,
      created_at: nowMs,
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.column("credential_id").doNothing())
    .returning("id")
    .executeTakeFirst();
  return inserted === undefined ? null : id;
}

export async function countPasskeys(db: ReadDatabase<Schema>, userId: string): Promise<number> {
  const { count } = await db
    .selectFrom("identity_passkey")
    .select((select) => select.fn.countAll().as("count"))
    .where("user_id", "=", userId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The oldest first. */
export async function listPasskeys(
  db: ReadDatabase<Schema>,
  userId: string,
): Promise<readonly StoredPasskey[]> {
  const rows = await db
    .selectFrom("identity_passkey")
    .selectAll()
    .where("user_id", "=", userId)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map(toPasskey);
}

export async function findPasskey(
  db: ReadDatabase<Schema>,
  credentialId: string,
): Promise<StoredPasskey | null> {
  const row = await db
    .selectFrom("identity_passkey")
    .selectAll()
    .where("credential_id", "=", credentialId)
    .executeTakeFirst();
  return row === undefined ? null : toPasskey(row);
}

/**
 * Writes down that a passkey has signed. False when it is gone, or when its counter does not grow,
 * as a copy's would not (WebAuthn Level 3, 6.1.1): the write decides, so that of two that were
 * signed with one count one passes. Authenticators that do not count always say 0.
 */
export async function notePasskeyUse(
  trx: Transaction<Schema>,
  used: {
    readonly id: string;
    readonly counter: number;
    readonly isSynced: boolean;
    readonly nowMs: number;
  },
): Promise<boolean> {
  const { id, counter, isSynced, nowMs } = used;
  const result = await trx
    .updateTable("identity_passkey")
    .set({ counter, is_synced: isSynced ? 1 : 0, last_used_at: nowMs })
    .where("id", "=", id)
    .where((row) => (counter === 0 ? row("counter", "=", 0) : row("counter", "<", counter)))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export type OwnedPasskey = { readonly id: string; readonly userId: string };

/** Null when the user has no such passkey. */
export async function renamePasskey(
  trx: Transaction<Schema>,
  { id, userId }: OwnedPasskey,
  name: string,
): Promise<StoredPasskey | null> {
  const row = await trx
    .updateTable("identity_passkey")
    .set({ name })
    .where("id", "=", id)
    .where("user_id", "=", userId)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : toPasskey(row);
}

/** Null when the user has no such passkey (any more). */
export async function removePasskey(
  trx: Transaction<Schema>,
  { id, userId }: OwnedPasskey,
): Promise<StoredPasskey | null> {
  const row = await trx
    .deleteFrom("identity_passkey")
    .where("id", "=", id)
    .where("user_id", "=", userId)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : toPasskey(row);
}

/** Returns how many there were. */
export async function deletePasskeysOf(trx: Transaction<Schema>, userId: string): Promise<number> {
  const result = await trx
    .deleteFrom("identity_passkey")
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

function toPasskey(row: PasskeyTable): StoredPasskey {
  return {
    id: row.id,
    userId: row.user_id,
    credentialId: row.credential_id,
    publicKey: row.public_key,
    counter: row.counter,
    transports: JSON.parse(row.transports_json) as readonly string[],
    name: row.name,
    isSynced: row.is_synced === 1,
    createdAtMs: row.created_at,
    lastUsedAtMs: row.last_used_at,
  };
}
