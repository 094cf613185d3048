// Removes the records of sessions that nobody will come back to; no decision waits for it.
import type { Transaction } from "kysely";
import { FACTOR_SETUP_MS } from "../../../core/identity/second-factor.ts";
import { STAGE_MS_MAX } from "../../../core/identity/sign-in-stage.ts";
import type { Database, ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { findUserById, listMemberships } from "../../accounts/index.ts";
import { forgetUsedChallenges } from "../passkeys/passkey-challenge.ts";
import { readEffectivePolicy } from "../policies/identity-policy-store.ts";
import { dropOverdueBinds } from "../single-sign-on/bind-store.ts";
import { endIdleSession } from "./end-sessions.ts";
import { COOKIE_DAYS_MAX } from "./session-cookies.ts";
import { pruneUserChanges } from "./user-changes.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const SESSIONS_PER_TURN = 200;

/** What another node has seen lately and not written yet is not ended here. */
const MARGIN_MS = MINUTE_MS;

export type TidySessions = (nowMs: number) => Promise<void>;

/** Each turn looks at the next sessions; after the last it begins again. */
export function createTidySessions(database: Database<Schema>): TidySessions {
  let afterId = "";

  return async function tidySessions(nowMs) {
    const rows = await database.kysely
      .selectFrom("identity_session")
      .select(["id", "user_id", "last_activity_at"])
      .where("id", ">", afterId)
      .orderBy("id")
      .limit(SESSIONS_PER_TURN)
      .execute();
    afterId = rows.length < SESSIONS_PER_TURN ? "" : (rows.at(-1)?.id ?? "");
    const idle: { readonly id: string; readonly lastActivityAtMs: number }[] = [];
    const idleMsByUser = new Map<string, number>();
    for (const { id, user_id: userId, last_activity_at: lastActivityAtMs } of rows) {
      const known = idleMsByUser.get(userId);
      const idleMs = known ?? (await readIdleMs(database.kysely, userId));
      idleMsByUser.set(userId, idleMs);
      if (lastActivityAtMs + idleMs + MARGIN_MS <= nowMs) idle.push({ id, lastActivityAtMs });
    }
    await database.transaction(async (trx) => {
      for (const { id, lastActivityAtMs } of idle) await endIdleSession(trx, id, lastActivityAtMs);
      await endHalfSignIns(trx, nowMs);
      await dropOverdueFactors(trx, nowMs);
      await dropOverdueBinds(trx, nowMs);
      await pruneUserChanges(trx, nowMs);
    });
  };
}

/** How long a user's sessions last without activity; of a user who is gone: no time. */
async function readIdleMs(read: ReadDatabase<Schema>, userId: string): Promise<number> {
  const user = await findUserById(read, userId);
  if (user === null) return 0;
  const { isOperator, primaryAccountId } = user;
  const memberships = await listMemberships(read, userId);
  const accountIds = memberships.map(({ accountId }) => accountId);
  const { policy } = await readEffectivePolicy(read, { isOperator, primaryAccountId, accountIds });
  // Never logged out: until the browser drops the cookie.
  return policy.logOut.enabled ? policy.logOut.minutes * MINUTE_MS : COOKIE_DAYS_MAX * DAY_MS;
}

async function endHalfSignIns(trx: Transaction<Schema>, nowMs: number): Promise<void> {
  await trx
    .deleteFrom("identity_session")
    .where("stage", "<>", "none")
    .where("created_at", "<=", nowMs - STAGE_MS_MAX - MARGIN_MS)
    .execute();
}

/** Trust and set-ups that are over; both are compared at use, so this only saves room. */
async function dropOverdueFactors(trx: Transaction<Schema>, nowMs: number): Promise<void> {
  await trx.deleteFrom("identity_trusted_browser").where("expires_at", "<=", nowMs).execute();
  await trx
    .deleteFrom("identity_factor_setup")
    .where("created_at", "<=", nowMs - FACTOR_SETUP_MS - MARGIN_MS)
    .execute();
  await forgetUsedChallenges(trx, nowMs);
}
