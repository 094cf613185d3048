// Whose recordings a principal may see, and whose they may change.
import { sql } from "kysely";
import type { Expression, ExpressionBuilder, SqlBool } from "kysely";
import { canReach } from "../../../core/accounts/reach.ts";
import type { Reach } from "../../../core/accounts/reach.ts";
import { reachOf } from "../../accounts/index.ts";
import type { Principal } from "../../accounts/index.ts";
import type { Schema } from "../../migrations/schema.ts";

export type RecordingReach = {
  /** All recordings of these accounts. */
  readonly managed: Reach;
  /** Besides: those of numbers granted to the user, in other accounts that they belong to. */
  readonly granted: { readonly userId: string; readonly accountIds: readonly string[] } | null;
};

/** Those they may hear once they have signed in. */
export function seenBy(principal: Principal): RecordingReach {
  const managed = reachOf(principal);
  if (principal.kind !== "user") return { managed, granted: null };
  const accountIds = principal.memberships
    .map(({ accountId }) => accountId)
    .filter((id) => !canReach(managed, id));
  return { managed, granted: { userId: principal.userId, accountIds } };
}

/** Those they may delete, and ask about who listened. */
export function managedBy(principal: Principal): RecordingReach {
  return { managed: reachOf(principal), granted: null };
}

type RecordingExpressions = ExpressionBuilder<Schema, "recordings_recording">;

export function isWithin(
  eb: RecordingExpressions,
  { managed, granted }: RecordingReach,
): Expression<SqlBool> {
  if (managed.kind === "platform") return sql<SqlBool>`1 = 1`;
  const conditions: Expression<SqlBool>[] = [];
  // PostgreSQL refuses an empty list.
  if (managed.accountIds.length > 0) {
    conditions.push(isOf(eb, managed.accountIds));
  }
  if (granted !== null && granted.accountIds.length > 0) {
    conditions.push(isGranted(eb, granted));
  }
  return conditions.length === 0 ? sql<SqlBool>`1 = 0` : eb.or(conditions);
}

function isGranted(
  eb: RecordingExpressions,
  { userId, accountIds }: NonNullable<RecordingReach["granted"]>,
): Expression<SqlBool> {
  return eb.and([
    isOf(eb, accountIds),
    eb(
      "recordings_recording.tracking_number_id",
      "in",
      eb
        .selectFrom("accounts_grant")
        .select("accounts_grant.tracking_number_id")
        .where("accounts_grant.user_id", "=", userId),
    ),
  ]);
}

/** One account's are in their order in its index; `in` would make the engines sort them. */
function isOf(eb: RecordingExpressions, accountIds: readonly string[]): Expression<SqlBool> {
  const [first] = accountIds;
  return accountIds.length === 1 && first !== undefined
    ? eb("recordings_recording.account_id", "=", first)
    : eb("recordings_recording.account_id", "in", accountIds);
}
