// Keeps binds: whom a provider has named, until somebody proves which user that is.
import type { Transaction } from "kysely";
import { BIND_MS } from "../../../core/identity/single-sign-on/provider.ts";
import { randomId } from "../../../platform/crypto/random.ts";
import { sha256Hex } from "../../../platform/crypto/sha256-hex.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { BindTable } from "../../migrations/single-sign-on-tables.ts";
import { createSessionToken, isSessionToken } from "../sessions/session-token.ts";
import type { AssertedIdentity } from "./connection-store.ts";

/** INVARIANT: bound to issuer, subject and tenant, as the provider said them (row 108). */
export type StoredBind = AssertedIdentity & {
  readonly id: string;
  readonly providerId: string;
  readonly accountShown: string;
  readonly expiresAtMs: number;
};

/** Gives the token for the cookie, of which the hash only is kept. */
export async function insertBind(
  trx: Transaction<Schema>,
  wanted: AssertedIdentity & {
    readonly providerId: string;
    readonly accountShown: string;
    readonly nowMs: number;
  },
): Promise<string> {
  const { providerId, issuer, subject, tenant, accountShown, nowMs } = wanted;
  const { token, tokenHash } = createSessionToken();
  await trx
    .insertInto("identity_bind")
    .values({
      id: randomId(),
      token_hash: tokenHash,
      provider_id: providerId,
      issuer,
      subject,
      tenant,
      account_shown: accountShown,
      created_at: nowMs,
      expires_at: nowMs + BIND_MS,
      used_at: null,
    })
    .execute();
  return token;
}

/** Null when there is none, it was used, or the ten minutes are over. */
export async function findBind(
  db: ReadDatabase<Schema>,
  token: string,
  nowMs: number,
): Promise<StoredBind | null> {
  if (!isSessionToken(token)) return null;
  const row = await db
    .selectFrom("identity_bind")
    .selectAll()
    .where("token_hash", "=", sha256Hex(token))
    .where("used_at", "is", null)
    .where("expires_at", ">", nowMs)
    .executeTakeFirst();
  return row === undefined ? null : toBind(row);
}

/** Also one that was used or has expired. */
export async function findBindById(
  db: ReadDatabase<Schema>,
  id: string,
): Promise<StoredBind | null> {
  const row = await db
    .selectFrom("identity_bind")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined ? null : toBind(row);
}

/**
 * INVARIANT: of any number of calls, on any number of nodes, one gives it: the update is
 * conditional and its row decides. Null when it was used, has expired or is gone.
 */
export async function takeBind(
  trx: Transaction<Schema>,
  id: string,
  nowMs: number,
): Promise<StoredBind | null> {
  const row = await trx
    .updateTable("identity_bind")
    .set({ used_at: nowMs })
    .where("id", "=", id)
    .where("used_at", "is", null)
    .where("expires_at", ">", nowMs)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : toBind(row);
}

export async function deleteBind(trx: Transaction<Schema>, token: string): Promise<void> {
  await trx.deleteFrom("identity_bind").where("token_hash", "=", sha256Hex(token)).execute();
}

/** Both are compared at use, so this only saves room. */
export async function dropOverdueBinds(trx: Transaction<Schema>, nowMs: number): Promise<void> {
  await trx
    .deleteFrom("identity_bind")
    .where("expires_at", "<=", nowMs - MARGIN_MS)
    .execute();
}

/** As nodes' clocks differ. */
const MARGIN_MS = 60_000;

function toBind(row: BindTable): StoredBind {
  return {
    id: row.id,
    providerId: row.provider_id,
    issuer: row.issuer,
    subject: row.subject,
    tenant: row.tenant,
    accountShown: row.account_shown,
    expiresAtMs: row.expires_at,
  };
}
