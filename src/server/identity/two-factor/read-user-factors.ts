// Tells which second factors users have on, for lists of them; never more.
import type { UserFactorsAnswer } from "../../../api/two-factor-api.ts";
import { codeStateAt } from "../../../core/identity/code-attempts.ts";
import { FACTOR_METHODS } from "../../../core/identity/second-factor.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

/** By user id. */
export async function readUserFactors(
  db: ReadDatabase<Schema>,
  userIds: readonly string[],
  nowMs: number,
): Promise<ReadonlyMap<string, UserFactorsAnswer>> {
  if (userIds.length === 0) return new Map();
  const counts = await db
    .selectFrom("identity_sign_in")
    .select(["user_id", "wrong_codes", "codes_paused_until_at", "codes_locked_until_at"])
    .where("user_id", "in", userIds)
    .execute();
  const factors = await db
    .selectFrom("identity_factor")
    .select(["user_id", "method"])
    .where("user_id", "in", userIds)
    .execute();
  const passkeys = await db
    .selectFrom("identity_passkey")
    .select("user_id")
    .distinct()
    .where("user_id", "in", userIds)
    .execute();
  const isOn = new Set([
    ...factors.map(({ user_id, method }) => `${user_id} ${method}`),
    ...passkeys.map(({ user_id }) => `${user_id} passkey`),
  ]);
  return new Map(
    counts.map((row) => {
      const count = {
        wrongCodes: row.wrong_codes,
        pausedUntilMs: row.codes_paused_until_at,
        lockedUntilMs: row.codes_locked_until_at,
      };
      const { pausedUntilMs, lockedUntilMs } = codeStateAt(count, nowMs);
      const methods = FACTOR_METHODS.filter((method) => isOn.has(`${row.user_id} ${method}`));
      const until = { pausedUntil: toTime(pausedUntilMs), lockedUntil: toTime(lockedUntilMs) };
      return [row.user_id, { methods, ...until }] as const;
    }),
  );
}

function toTime(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}
