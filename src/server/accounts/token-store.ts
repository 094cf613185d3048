// Keeps API tokens: only their hashes, never their text.
import type { Transaction } from "kysely";
import { isScope } from "../../api/scopes.ts";
import type { Scope } from "../../api/scopes.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { ApiTokenTable } from "../migrations/accounts-tables.ts";
import type { Schema } from "../migrations/schema.ts";

export type StoredToken = {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAtMs: number;
  readonly createdBy: string;
  /** Null: it does not expire. */
  readonly expiresAtMs: number | null;
  readonly revokedAtMs: number | null;
  /** Written at most once a minute. */
  readonly lastUsedAtMs: number | null;
};

export async function insertToken(
  trx: Transaction<Schema>,
  token: StoredToken,
  tokenHash: string,
): Promise<void> {
  await trx
    .insertInto("accounts_api_token")
    .values({
      id: token.id,
      name: token.name,
      token_hash: tokenHash,
      scopes: token.scopes.join(" "),
      account_id: null,
      created_at: token.createdAtMs,
      created_by: token.createdBy,
      expires_at: token.expiresAtMs,
      revoked_at: null,
      last_used_at: null,
    })
    .execute();
}

/** Newest first; also those that have expired or were revoked. */
export async function listTokens(db: ReadDatabase<Schema>): Promise<readonly StoredToken[]> {
  const rows = await db
    .selectFrom("accounts_api_token")
    .selectAll()
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute();
  return rows.map(toToken);
}

/**
 * The index compares hashes: how long that takes tells nothing of a text of 256 random bits, so
 * no comparison in constant time is needed on top (attack row 158).
 */
export async function findTokenByHash(
  db: ReadDatabase<Schema>,
  tokenHash: string,
): Promise<StoredToken | null> {
  const row = await db
    .selectFrom("accounts_api_token")
    .selectAll()
    .where("token_hash", "=", tokenHash)
    .executeTakeFirst();
  return row === undefined ? null : toToken(row);
}

export async function findTokenById(
  db: ReadDatabase<Schema>,
  id: string,
): Promise<StoredToken | null> {
  const row = await db
    .selectFrom("accounts_api_token")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined ? null : toToken(row);
}

/** False when it was revoked before, or there is none: the write decides, not a read before it. */
export async function markTokenRevoked(
  trx: Transaction<Schema>,
  id: string,
  atMs: number,
): Promise<boolean> {
  const result = await trx
    .updateTable("accounts_api_token")
    .set({ revoked_at: atMs })
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Never sets a time back: several processes may write. */
export async function writeLastUse(
  trx: Transaction<Schema>,
  id: string,
  atMs: number,
): Promise<void> {
  await trx
    .updateTable("accounts_api_token")
    .set({ last_used_at: atMs })
    .where("id", "=", id)
    .where((row) => row.or([row("last_used_at", "is", null), row("last_used_at", "<", atMs)]))
    .execute();
}

function toToken(row: ApiTokenTable): StoredToken {
  return {
    id: row.id,
    name: row.name,
    // A scope that a later version knew and this one does not grants nothing.
    scopes: row.scopes.split(" ").filter(isScope),
    createdAtMs: row.created_at,
    createdBy: row.created_by,
    expiresAtMs: row.expires_at,
    revokedAtMs: row.revoked_at,
    lastUsedAtMs: row.last_used_at,
  };
}
