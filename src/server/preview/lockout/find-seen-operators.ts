// Finds from which addresses operators signed in or worked within the last days.
import { sql } from "kysely";
import type { Address } from "../../../core/network/address.ts";
import { rangeFromKeys } from "../../../core/network/address-range.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

/** Whoever was not seen for longer says nothing of where operators are. */
const SEEN_MS = 7 * 86_400_000;

type SeenRow = {
  readonly user_id: string;
  readonly family: 4 | 6;
  readonly address_start: string;
};

/** Of each operator: where they signed in last, and where their sessions were used last. */
export async function findSeenOperators(
  read: ReadDatabase<Schema>,
  nowMs: number,
): Promise<readonly (readonly Address[])[]> {
  const sinceMs = nowMs - SEEN_MS;
  const operators = sql`(
    select id from accounts_user where is_operator = 1 and is_disabled = 0)`;
  const query = sql<SeenRow>`
    select user_id, family, address_start from identity_session
      where user_id in ${operators} and stage = 'none' and last_activity_at >= ${sinceMs}
    union
    select user_id, family, address_start from journal_event as event
      where user_id in ${operators} and kind = 'sign-in' and address_start is not null
        and last_at >= ${sinceMs}
        and not exists (
          select 1 from journal_event as later
            where later.user_id = event.user_id and later.kind = 'sign-in'
              and later.address_start is not null and later.last_at > event.last_at)`;
  const seen = new Map<string, Address[]>();
  for (const { user_id: userId, family, address_start: key } of (await query.execute(read)).rows) {
    const { start } = rangeFromKeys(family, key, key);
    seen.set(userId, [...(seen.get(userId) ?? []), start]);
  }
  return [...seen.values()];
}
