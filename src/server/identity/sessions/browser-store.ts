// Keeps the browsers in which users have signed in before.
import type { Transaction } from "kysely";
import { randomId } from "../../../platform/crypto/random.ts";
import { sha256Hex } from "../../../platform/crypto/sha256-hex.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { BrowserTable } from "../../migrations/identity-tables.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { createSessionToken, isSessionToken } from "./session-token.ts";
import { recordUserChange } from "./user-changes.ts";

export type StoredBrowser = {
  readonly id: string;
  readonly address: string;
  readonly country: string;
  readonly userAgent: string;
  readonly createdAtMs: number;
  readonly lastSeenAtMs: number;
};

/** With more, the one not seen for longest is forgotten. */
const BROWSERS_MAX = 50;

/**
 * After a sign-in. A browser that was known before (`knownId`) stays the same one, with a new
 * token and its count of wrong passwords at zero.
 */
export async function rememberBrowser(
  trx: Transaction<Schema>,
  wanted: {
    readonly userId: string;
    readonly knownId: string | null;
    readonly place: PersonPlace;
    readonly nowMs: number;
  },
): Promise<{ readonly id: string; readonly token: string }> {
  const { userId, knownId, place, nowMs } = wanted;
  const { token, tokenHash } = createSessionToken();
  const seen = {
    token_hash: tokenHash,
    wrong_passwords: 0,
    address: place.addressText,
    country: place.country,
    user_agent: place.userAgent,
    last_seen_at: nowMs,
  };
  const known =
    knownId === null
      ? undefined
      : await trx
          .updateTable("identity_browser")
          .set(seen)
          .where("id", "=", knownId)
          .where("user_id", "=", userId)
          .returning("id")
          .executeTakeFirst();
  if (known !== undefined) return { id: known.id, token };
  const id = randomId();
  await trx
    .insertInto("identity_browser")
    .values({ ...seen, id, user_id: userId, created_at: nowMs })
    .execute();
  await forgetOldest(trx, userId);
  return { id, token };
}

async function forgetOldest(trx: Transaction<Schema>, userId: string): Promise<void> {
  const kept = trx
    .selectFrom("identity_browser")
    .select("id")
    .where("user_id", "=", userId)
    .orderBy("last_seen_at", "desc")
    .orderBy("created_at", "desc")
    .limit(BROWSERS_MAX);
  await trx
    .deleteFrom("identity_browser")
    .where("user_id", "=", userId)
    .where("id", "not in", kept)
    .execute();
}

/** Whether the cookie's token is of a browser in which this very user has signed in. */
export async function findKnownBrowser(
  read: ReadDatabase<Schema>,
  token: string,
  userId: string,
): Promise<{ readonly id: string; readonly wrongPasswords: number } | null> {
  if (!isSessionToken(token)) return null;
  const row = await read
    .selectFrom("identity_browser")
    .select(["id", "wrong_passwords"])
    .where("token_hash", "=", sha256Hex(token))
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, wrongPasswords: row.wrong_passwords };
}

/** Whether it is known still: it may have been forgotten since a session was opened in it. */
export async function isBrowserOf(
  read: ReadDatabase<Schema>,
  browserId: string,
  userId: string,
): Promise<boolean> {
  const row = await read
    .selectFrom("identity_browser")
    .select("id")
    .where("id", "=", browserId)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row !== undefined;
}

/** The one seen last first. */
export async function listBrowsersOf(
  read: ReadDatabase<Schema>,
  userId: string,
): Promise<readonly StoredBrowser[]> {
  const rows = await read
    .selectFrom("identity_browser")
    .selectAll()
    .where("user_id", "=", userId)
    .orderBy("last_seen_at", "desc")
    .orderBy("id")
    .execute();
  return rows.map(toBrowser);
}

/** Sessions opened there go on; for a lockout they count as a stranger's. */
export async function forgetBrowser(
  trx: Transaction<Schema>,
  browser: { readonly id: string; readonly userId: string },
  nowMs: number,
): Promise<boolean> {
  const forgotten = await trx
    .deleteFrom("identity_browser")
    .where("id", "=", browser.id)
    .where("user_id", "=", browser.userId)
    .returning("id")
    .executeTakeFirst();
  if (forgotten === undefined) return false;
  await recordUserChange(trx, browser.userId, nowMs);
  return true;
}

/** Returns how many there were. */
export async function forgetBrowsersOf(
  trx: Transaction<Schema>,
  userId: string,
  nowMs: number,
): Promise<number> {
  const forgotten = await trx
    .deleteFrom("identity_browser")
    .where("user_id", "=", userId)
    .returning("id")
    .execute();
  if (forgotten.length > 0) await recordUserChange(trx, userId, nowMs);
  return forgotten.length;
}

function toBrowser(row: BrowserTable): StoredBrowser {
  return {
    id: row.id,
    address: row.address,
    country: row.country,
    userAgent: row.user_agent,
    createdAtMs: row.created_at,
    lastSeenAtMs: row.last_seen_at,
  };
}
