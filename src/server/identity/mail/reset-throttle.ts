// Bounds how often a reset may be asked for: by one client, and for one e-mail address.
import type { Transaction } from "kysely";
import { sql } from "kysely";
import type { Address } from "../../../core/network/address.ts";
import { addressKey } from "../../../core/network/address-range.ts";
import { maskForCounting } from "../../../core/network/counting-address.ts";
import type { Schema } from "../../migrations/schema.ts";

/** Five in ten minutes, for each key; the columns of the row are these five. */
const THROTTLE_WINDOW_MS = 10 * 60_000;
const IPV6_PREFIX_LENGTH = 64;
const PRUNE_ROWS = 500;

export function clientThrottleKey(address: Address): string {
  const counted = maskForCounting(address, IPV6_PREFIX_LENGTH);
  return `client ${counted.family} ${addressKey(counted)}`;
}

export function emailThrottleKey(emailKey: string): string {
  return `email ${emailKey}`;
}

/**
 * Counts one request. INVARIANT: no more than five within any ten minutes, however many nodes ask
 * at once and whatever restarts: one conditional write shifts the five times, and its row decides.
 * Requests that are refused are not counted, else a stranger who goes on asking could keep the
 * user from ever getting a mail. Times in the future are of a clock that was set back since.
 */
export async function admitThrottled(
  trx: Transaction<Schema>,
  key: string,
  nowMs: number,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number }> {
  const counted = await trx
    .insertInto("identity_reset_throttle")
    .values({ key, first_at: 0, second_at: 0, third_at: 0, fourth_at: 0, fifth_at: nowMs })
    .onConflict((conflict) =>
      conflict
        .column("key")
        .doUpdateSet({
          first_at: sql<number>`identity_reset_throttle.second_at`,
          second_at: sql<number>`identity_reset_throttle.third_at`,
          third_at: sql<number>`identity_reset_throttle.fourth_at`,
          fourth_at: sql<number>`identity_reset_throttle.fifth_at`,
          fifth_at: nowMs,
        })
        .where((eb) =>
          eb.or([
            eb("identity_reset_throttle.first_at", "<=", nowMs - THROTTLE_WINDOW_MS),
            eb("identity_reset_throttle.first_at", ">", nowMs),
          ]),
        ),
    )
    .returning("key")
    .executeTakeFirst();
  if (counted !== undefined) return { ok: true };
  const row = await trx
    .selectFrom("identity_reset_throttle")
    .select("first_at")
    .where("key", "=", key)
    .executeTakeFirstOrThrow();
  return { ok: false, retryAfterMs: row.first_at + THROTTLE_WINDOW_MS - nowMs };
}

/** Rows that bound nothing any more, at most 500 in one go. */
export async function pruneThrottle(trx: Transaction<Schema>, nowMs: number): Promise<number> {
  const result = await trx
    .deleteFrom("identity_reset_throttle")
    .where("key", "in", (eb) =>
      eb
        .selectFrom("identity_reset_throttle")
        .select("key")
        .where("fifth_at", "<=", nowMs - THROTTLE_WINDOW_MS)
        .limit(PRUNE_ROWS),
    )
    // Again, for one that was counted between the look and the delete.
    .where("fifth_at", "<=", nowMs - THROTTLE_WINDOW_MS)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
