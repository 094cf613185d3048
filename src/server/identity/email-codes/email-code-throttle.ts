// Bounds how often codes are mailed: to one user, and at the request of one network.
import type { Transaction } from "kysely";
import { randomId } from "../../../platform/crypto/random.ts";
import type { Schema } from "../../migrations/schema.ts";

const THROTTLE_WINDOW_MS = 600_000;
const USER_REQUESTS_MAX = 5;
const NETWORK_REQUESTS_MAX = 50;
const PRUNE_ROWS = 500;

/** Clocks of nodes differ a little. What is further ahead is of a clock that was set back since. */
const CLOCK_MARGIN_MS = 60_000;

export type EmailCodeRequest = {
  readonly userId: string;
  /** As `networkOf` names it. */
  readonly network: string;
  readonly nowMs: number;
};

export type ThrottleOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly of: "user" | "network"; readonly retryAfterMs: number };

/**
 * Counts one request, of a user whose sign-in row the caller holds. Refused ones are not counted.
 * INVARIANT: within any ten minutes a user gets at most five codes and a network at most fifty,
 * however many nodes are asked at once: the user's row and the network's are held until the commit.
 */
export async function admitEmailCode(
  trx: Transaction<Schema>,
  request: EmailCodeRequest,
): Promise<ThrottleOutcome> {
  const { userId, network, nowMs } = request;
  // User before network, always: whoever waits for a network's row is waited for by nobody.
  const user = { column: "user_id", value: userId, countMax: USER_REQUESTS_MAX } as const;
  const userFreeAtMs = await freeAtMs(trx, user, nowMs);
  if (userFreeAtMs > nowMs) return { ok: false, of: "user", retryAfterMs: userFreeAtMs - nowMs };
  await holdNetwork(trx, request);
  const client = { column: "network", value: network, countMax: NETWORK_REQUESTS_MAX } as const;
  const networkFreeAtMs = await freeAtMs(trx, client, nowMs);
  if (networkFreeAtMs > nowMs) {
    return { ok: false, of: "network", retryAfterMs: networkFreeAtMs - nowMs };
  }
  const row = { id: randomId(), user_id: userId, network, requested_at: nowMs };
  await trx.insertInto("identity_email_code_request").values(row).execute();
  return { ok: true };
}

/** When the oldest of the latest `countMax` requests is a window ago; 0 when there are fewer. */
async function freeAtMs(
  trx: Transaction<Schema>,
  counted: {
    readonly column: "user_id" | "network";
    readonly value: string;
    readonly countMax: number;
  },
  nowMs: number,
): Promise<number> {
  const row = await trx
    .selectFrom("identity_email_code_request")
    .select("requested_at")
    .where(counted.column, "=", counted.value)
    .where("requested_at", ">", nowMs - THROTTLE_WINDOW_MS)
    .where("requested_at", "<=", nowMs + CLOCK_MARGIN_MS)
    .orderBy("requested_at", "desc")
    .offset(counted.countMax - 1)
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? 0 : row.requested_at + THROTTLE_WINDOW_MS;
}

/** A row of the network's own, which counts for nobody: the next request waits for its commit. */
async function holdNetwork(
  trx: Transaction<Schema>,
  { network, nowMs }: EmailCodeRequest,
): Promise<void> {
  const row = { id: `network ${network}`, user_id: "", network: "", requested_at: nowMs };
  await trx
    .insertInto("identity_email_code_request")
    .values(row)
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ requested_at: nowMs }))
    .execute();
}

/** Rows that bound nothing any more, at most 500 in one go. Returns how many went. */
export async function pruneEmailCodeRequests(
  trx: Transaction<Schema>,
  nowMs: number,
): Promise<number> {
  const result = await trx
    .deleteFrom("identity_email_code_request")
    .where("id", "in", (eb) =>
      eb
        .selectFrom("identity_email_code_request")
        .select("id")
        .where("requested_at", "<=", nowMs - THROTTLE_WINDOW_MS)
        .limit(PRUNE_ROWS),
    )
    // Again, for a network's row that was written between the look and the delete.
    .where("requested_at", "<=", nowMs - THROTTLE_WINDOW_MS)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
