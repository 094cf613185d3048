// Reads what users may do today in an account: their roles there and the numbers granted to them.
import type { AccountId } from "../../../core/accounts/account.ts";
import type { Role } from "../../../core/accounts/role.ts";
import type { Listener } from "../../../core/recordings/decide-recording.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

export type ListenersOfToday = {
  /** A user who is gone or disabled is nobody today, as whoever is not signed in. */
  readonly listenerOf: (userId: string, trackingNumberId: string) => Listener;
  /**
   * Null: there is none, or it is not the account's to know: of users who are gone, or who belong
   * to other accounts only (attack row 141).
   */
  readonly emailOf: (userId: string | null) => string | null;
};

/** PostgreSQL takes no more than 65,535 parameters in a statement, SQLite fewer. */
const IDS_PER_READ = 500;

export async function readListenersOfToday(
  read: ReadDatabase<Schema>,
  accountId: AccountId,
  userIds: readonly string[],
): Promise<ListenersOfToday> {
  const emails = new Map<string, string>();
  const roles = new Map<string, Role | null>();
  const grants = new Set<string>();
  for (let at = 0; at < userIds.length; at += IDS_PER_READ) {
    const part = userIds.slice(at, at + IDS_PER_READ);
    for (const user of await readUsers(read, accountId, part)) {
      if (user.role !== null) emails.set(user.id, user.email);
      if (!user.isDisabled) roles.set(user.id, user.role);
    }
    for (const grant of await readGrants(read, accountId, part)) {
      grants.add(`${grant.user_id} ${grant.tracking_number_id}`);
    }
  }
  return {
    listenerOf: (userId, trackingNumberId) => {
      const role = roles.get(userId);
      if (role === undefined) return { kind: "nobody" };
      return { kind: "user", role, hasGrant: grants.has(`${userId} ${trackingNumberId}`) };
    },
    emailOf: (userId) => (userId === null ? null : (emails.get(userId) ?? null)),
  };
}

type UserOfToday = {
  readonly id: string;
  readonly email: string;
  readonly isDisabled: boolean;
  readonly role: Role | null;
};

async function readUsers(
  read: ReadDatabase<Schema>,
  accountId: AccountId,
  userIds: readonly string[],
): Promise<readonly UserOfToday[]> {
  const rows = await read
    .selectFrom("accounts_user as user")
    .leftJoin("accounts_membership as held", (join) =>
      join.onRef("held.user_id", "=", "user.id").on("held.account_id", "=", accountId),
    )
    .select(["user.id", "user.email", "user.is_operator", "user.is_disabled", "held.role"])
    .where("user.id", "in", userIds)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    isDisabled: row.is_disabled === 1,
    role: row.is_operator === 1 ? "operator" : (row.role as Role | null),
  }));
}

function readGrants(read: ReadDatabase<Schema>, accountId: AccountId, userIds: readonly string[]) {
  return read
    .selectFrom("accounts_grant as grant")
    .innerJoin("accounts_tracking_number as number", "number.id", "grant.tracking_number_id")
    .select(["grant.user_id", "grant.tracking_number_id"])
    .where("number.account_id", "=", accountId)
    .where("grant.user_id", "in", userIds)
    .execute();
}
