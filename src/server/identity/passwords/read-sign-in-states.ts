// Tells how the sign-in of users stands, for lists of them.
import type { SignInStateAnswer } from "../../../api/users-api.ts";
import { dormantAtMs } from "../../../core/identity/user-state.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { hasOtherWayIn } from "../single-sign-on/has-other-way-in.ts";
import { readRulesOf } from "./read-rules-of.ts";

type StateAt = { readonly nowMs: number; readonly isClockTrusted: boolean };

/** By user id. */
export async function readSignInStates(
  db: ReadDatabase<Schema>,
  userIds: readonly string[],
  at: StateAt,
): Promise<ReadonlyMap<string, SignInStateAnswer>> {
  if (userIds.length === 0) return new Map();
  const rows = await readRows(db, userIds);
  const memberships = await db
    .selectFrom("accounts_membership")
    .select(["user_id", "account_id"])
    .where("user_id", "in", userIds)
    .execute();
  const policyUsers = rows.map((row) => ({
    id: row.id,
    isOperator: row.is_operator === 1,
    primaryAccountId: row.primary_account_id,
    accountIds: memberships
      .filter(({ user_id }) => user_id === row.id)
      .map(({ account_id }) => account_id),
  }));
  const rulesById = await readRulesOf(db, policyUsers);
  return new Map(
    rows.map((row) => {
      const rules = rulesById.get(row.id);
      const dates = {
        lastSignedInAtMs: row.last_signed_in_at,
        activeSinceAtMs: row.active_since_at ?? row.created_at,
      };
      const dormantAt = rules === undefined ? null : dormantAtMs(dates, rules);
      const isDormant = at.isClockTrusted && dormantAt !== null && dormantAt <= at.nowMs;
      return [row.id, toState(row, isDormant)] as const;
    }),
  );
}

type StateRow = Awaited<ReturnType<typeof readRows>>[number];

function readRows(db: ReadDatabase<Schema>, userIds: readonly string[]) {
  return db
    .selectFrom("accounts_user as user")
    .leftJoin("identity_sign_in as sign_in", "sign_in.user_id", "user.id")
    .leftJoin("identity_password as password", "password.user_id", "user.id")
    .select((row) => [
      "user.id",
      "user.is_operator",
      "user.is_disabled",
      "user.primary_account_id",
      "user.created_at",
      "sign_in.locked_at",
      "sign_in.last_signed_in_at",
      "sign_in.active_since_at",
      "password.changed_at",
      "password.must_change",
      row
        .selectFrom("identity_session as session")
        .select((session) => session.fn.countAll<number>().as("count"))
        .whereRef("session.user_id", "=", "user.id")
        .where("session.stage", "=", "none")
        .as("sessions"),
    ])
    .select(hasOtherWayIn("user.id").as("has_other_way_in"))
    .where("user.id", "in", userIds)
    .execute();
}

/** In the order in which the reasons refuse. */
function toState(row: StateRow, isDormant: boolean): SignInStateAnswer {
  return {
    status: statusOf(row, isDormant),
    lockedAt: toTime(row.locked_at),
    lastSignedInAt: toTime(row.last_signed_in_at),
    passwordChangedAt: toTime(row.changed_at),
    mustChangePassword: row.must_change === 1,
    sessions: row.sessions ?? 0,
  };
}

function statusOf(row: StateRow, isDormant: boolean): SignInStateAnswer["status"] {
  if (row.is_disabled === 1) return "disabled";
  if (row.locked_at !== null) return "locked";
  // Whoever is not able to sign in does not stay away.
  if (row.changed_at === null && row.has_other_way_in === 0) return "invited";
  return isDormant ? "dormant" : "active";
}

function toTime(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}
