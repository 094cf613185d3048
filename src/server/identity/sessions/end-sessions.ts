// Ends sessions: one, all of a user's, all that came from a range of addresses.
import type { Transaction } from "kysely";
import type { AddressRange } from "../../../core/network/address-range.ts";
import { rangeKeys } from "../../../core/network/address-range.ts";
import type { Schema } from "../../migrations/schema.ts";
import { recordUserChange } from "./user-changes.ts";

/**
 * Whole sessions and half ones. Returns how many there were. After the commit comes
 * `followUserChanges`; then they are refused here, and on other nodes within a second.
 * @param except.exceptId the session that stays, such as the one that asked
 */
export async function endSessionsOf(
  trx: Transaction<Schema>,
  userId: string,
  except: { readonly exceptId?: string | null; readonly nowMs: number },
): Promise<number> {
  const { exceptId = null, nowMs } = except;
  const ended = await trx
    .deleteFrom("identity_session")
    .where("user_id", "=", userId)
    .$if(exceptId !== null, (query) => query.where("id", "<>", exceptId))
    .returning("id")
    .execute();
  if (ended.length > 0) await recordUserChange(trx, userId, nowMs);
  return ended.length;
}

/**
 * When what a sign-in has to bring changes under it: one that began before must not go on as if
 * nothing had (row 93). Whole sessions stay.
 * @param except.exceptId the half sign-in that made the change
 */
export async function endHalfSignInsOf(
  trx: Transaction<Schema>,
  userId: string,
  except: { readonly exceptId?: string; readonly nowMs: number },
): Promise<void> {
  const { exceptId, nowMs } = except;
  const ended = await trx
    .deleteFrom("identity_session")
    .where("user_id", "=", userId)
    .where("stage", "<>", "none")
    .$if(exceptId !== undefined, (query) => query.where("id", "<>", exceptId!))
    .returning("id")
    .execute();
  if (ended.length > 0) await recordUserChange(trx, userId, nowMs);
}

/** False when the user has no such session (any more). */
export async function endSession(
  trx: Transaction<Schema>,
  session: { readonly id: string; readonly userId: string },
  nowMs: number,
): Promise<boolean> {
  const ended = await trx
    .deleteFrom("identity_session")
    .where("id", "=", session.id)
    .where("user_id", "=", session.userId)
    .returning("id")
    .executeTakeFirst();
  if (ended === undefined) return false;
  await recordUserChange(trx, session.userId, nowMs);
  return true;
}

/** Those that were opened from an address of the range; for a ban that is to end them. */
export async function endSessionsFromRange(
  trx: Transaction<Schema>,
  range: AddressRange,
  nowMs: number,
): Promise<readonly EndedSession[]> {
  const keys = rangeKeys(range);
  const ended = await trx
    .deleteFrom("identity_session")
    .where("family", "=", range.family)
    .where("address_start", ">=", keys.start)
    .where("address_start", "<=", keys.end)
    .returning(["id", "user_id"])
    .execute();
  for (const userId of new Set(ended.map((row) => row.user_id))) {
    await recordUserChange(trx, userId, nowMs);
  }
  return ended.map((row) => ({ id: row.id, userId: row.user_id }));
}

export type EndedSession = { readonly id: string; readonly userId: string };

/**
 * Ends a session for idleness, unless another node has written a later activity meanwhile. Other
 * nodes find it idle by themselves.
 */
export async function endIdleSession(
  trx: Transaction<Schema>,
  sessionId: string,
  lastActivityAtMs: number,
): Promise<boolean> {
  const ended = await trx
    .deleteFrom("identity_session")
    .where("id", "=", sessionId)
    .where("last_activity_at", "<=", lastActivityAtMs)
    .returning("id")
    .executeTakeFirst();
  return ended !== undefined;
}
