// Ends the session that a browser had when somebody signs in there anew.
import type { Transaction } from "kysely";
import { sha256Hex } from "../../../platform/crypto/sha256-hex.ts";
import type { Schema } from "../../migrations/schema.ts";
import { recordUserChange } from "../sessions/user-changes.ts";

/**
 * One browser, one session: the one it had ends, whoever's it was; a foreign id is never adopted
 * (ASVS 7.2.4). True when there was one.
 */
export async function endReplacedSession(
  trx: Transaction<Schema>,
  token: string | null,
  nowMs: number,
): Promise<boolean> {
  if (token === null) return false;
  const ended = await trx
    .deleteFrom("identity_session")
    .where("token_hash", "=", sha256Hex(token))
    .returning("user_id")
    .executeTakeFirst();
  if (ended === undefined) return false;
  await recordUserChange(trx, ended.user_id, nowMs);
  return true;
}
