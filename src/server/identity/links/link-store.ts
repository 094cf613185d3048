// Keeps the one-time links that are mailed: one live link a user, its token only as a hash.
import type { Transaction } from "kysely";
import type { LINK_PURPOSES } from "../../../api/passwords-api.ts";
import { randomToken } from "../../../platform/crypto/random.ts";
import { sha256Hex } from "../../../platform/crypto/sha256-hex.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { deleteWaitingLinkMails } from "../mail/queue-mail.ts";

export type LinkPurpose = (typeof LINK_PURPOSES)[number];

export const LINK_LIFETIME_MS: Readonly<Record<LinkPurpose, number>> = {
  reset: 30 * 60_000,
  invitation: 7 * 86_400_000,
};

const TOKEN_BYTES = 32;

export type StoredLink = {
  readonly userId: string;
  readonly purpose: LinkPurpose;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
};

/** Returns the token, which exists nowhere else. The user's link before it stops working. */
export async function issueLink(
  trx: Transaction<Schema>,
  wanted: { readonly userId: string; readonly purpose: LinkPurpose; readonly nowMs: number },
): Promise<string> {
  const { userId, purpose, nowMs } = wanted;
  const token = randomToken(TOKEN_BYTES);
  const link = {
    token_hash: sha256Hex(token),
    purpose,
    created_at: nowMs,
    expires_at: nowMs + LINK_LIFETIME_MS[purpose],
  };
  await trx
    .insertInto("identity_reset")
    .values({ user_id: userId, ...link })
    .onConflict((conflict) => conflict.column("user_id").doUpdateSet(link))
    .execute();
  return token;
}

/** Looking does not use the link up. Null for one that is unknown, used, replaced or expired. */
export async function findLink(
  db: ReadDatabase<Schema>,
  tokenHash: string,
  nowMs: number,
): Promise<StoredLink | null> {
  const row = await db
    .selectFrom("identity_reset")
    .selectAll()
    .where("token_hash", "=", tokenHash)
    .where("expires_at", ">", nowMs)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    userId: row.user_id,
    purpose: row.purpose as LinkPurpose,
    createdAtMs: row.created_at,
    expiresAtMs: row.expires_at,
  };
}

/**
 * Uses the link up. INVARIANT: of any number of calls for a token, on any number of nodes, one
 * gets it: the delete is conditional and its row decides.
 */
export async function takeLink(
  trx: Transaction<Schema>,
  tokenHash: string,
  nowMs: number,
): Promise<{ readonly userId: string; readonly purpose: LinkPurpose } | null> {
  const row = await trx
    .deleteFrom("identity_reset")
    .where("token_hash", "=", tokenHash)
    .where("expires_at", ">", nowMs)
    .returning(["user_id", "purpose"])
    .executeTakeFirst();
  return row === undefined ? null : { userId: row.user_id, purpose: row.purpose as LinkPurpose };
}

/**
 * For a user whose e-mail address changes, or who is disabled or deleted: what was mailed stops
 * working, and what waits to be mailed is not sent.
 */
export async function dropLinksOf(trx: Transaction<Schema>, userId: string): Promise<void> {
  // In this order: whoever claims a mail in the same moment has made its link by the time that its
  // row is free.
  await deleteWaitingLinkMails(trx, userId);
  await trx.deleteFrom("identity_reset").where("user_id", "=", userId).execute();
}
