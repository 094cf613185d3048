// Keeps the browsers that are not asked for a second factor, each until its fixed end.
import type { Transaction } from "kysely";
import { trustEndsAtMs } from "../../../core/identity/trusted-browser.ts";
import { randomId } from "../../../platform/crypto/random.ts";
import { sha256Hex } from "../../../platform/crypto/sha256-hex.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { createSessionToken, isSessionToken } from "../sessions/session-token.ts";

export type StoredTrustedBrowser = {
  readonly id: string;
  readonly address: string;
  readonly country: string;
  readonly userAgent: string;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number;
  readonly expiresAtMs: number;
};

/** With more, the one used longest ago is asked again. */
const TRUSTED_BROWSERS_MAX = 20;

/** Returns the token for the cookie, which exists nowhere else. */
export async function trustBrowser(
  trx: Transaction<Schema>,
  wanted: { readonly userId: string; readonly place: PersonPlace; readonly nowMs: number },
): Promise<{ readonly id: string; readonly token: string }> {
  const { userId, place, nowMs } = wanted;
  const { token, tokenHash } = createSessionToken();
  const id = randomId();
  await trx
    .insertInto("identity_trusted_browser")
    .values({
      id,
      token_hash: tokenHash,
      user_id: userId,
      address: place.addressText,
      country: place.country,
      user_agent: place.userAgent,
      created_at: nowMs,
      last_used_at: nowMs,
      expires_at: trustEndsAtMs(nowMs),
    })
    .execute();
  await distrustOldest(trx, userId, nowMs);
  return { id, token };
}

async function distrustOldest(
  trx: Transaction<Schema>,
  userId: string,
  nowMs: number,
): Promise<void> {
  const kept = trx
    .selectFrom("identity_trusted_browser")
    .select("id")
    .where("user_id", "=", userId)
    .where("expires_at", ">", nowMs)
    .orderBy("last_used_at", "desc")
    .orderBy("created_at", "desc")
    .orderBy("id")
    .limit(TRUSTED_BROWSERS_MAX);
  await trx
    .deleteFrom("identity_trusted_browser")
    .where("user_id", "=", userId)
    .where("id", "not in", kept)
    .execute();
}

/** Of this very user; whether it still holds, core's `isBrowserTrusted` says. */
export async function findTrustedBrowser(
  db: ReadDatabase<Schema>,
  token: string,
  userId: string,
): Promise<{ readonly id: string; readonly expiresAtMs: number } | null> {
  if (!isSessionToken(token)) return null;
  const row = await db
    .selectFrom("identity_trusted_browser")
    .select(["id", "expires_at"])
    .where("token_hash", "=", sha256Hex(token))
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, expiresAtMs: row.expires_at };
}

/** Its end stays where it is. */
export async function useTrustedBrowser(
  trx: Transaction<Schema>,
  id: string,
  nowMs: number,
): Promise<void> {
  await trx
    .updateTable("identity_trusted_browser")
    .set({ last_used_at: nowMs })
    .where("id", "=", id)
    .execute();
}

/** The one used last first; without those whose end has come. */
export async function listTrustedBrowsers(
  db: ReadDatabase<Schema>,
  userId: string,
  nowMs: number,
): Promise<readonly StoredTrustedBrowser[]> {
  const rows = await db
    .selectFrom("identity_trusted_browser")
    .selectAll()
    .where("user_id", "=", userId)
    .where("expires_at", ">", nowMs)
    .orderBy("last_used_at", "desc")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    address: row.address,
    country: row.country,
    userAgent: row.user_agent,
    createdAtMs: row.created_at,
    lastUsedAtMs: row.last_used_at,
    expiresAtMs: row.expires_at,
  }));
}

/** False when the user has no such browser (any more). */
export async function distrustBrowser(
  trx: Transaction<Schema>,
  browser: { readonly id: string; readonly userId: string },
): Promise<boolean> {
  const result = await trx
    .deleteFrom("identity_trusted_browser")
    .where("id", "=", browser.id)
    .where("user_id", "=", browser.userId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Returns how many there were. */
export async function distrustBrowsersOf(
  trx: Transaction<Schema>,
  userId: string,
): Promise<number> {
  const result = await trx
    .deleteFrom("identity_trusted_browser")
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
