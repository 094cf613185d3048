// Keeps who belongs to which account, with which role.
import type { Transaction } from "kysely";
import { isMemberRole } from "../../../core/accounts/role.ts";
import type { MemberRole } from "../../../core/accounts/role.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

export type StoredMembership = {
  readonly accountId: string;
  readonly code: string;
  readonly accountName: string;
  readonly role: MemberRole;
  readonly isPrimary: boolean;
};

/** In the order of the accounts' codes. */
export async function listMemberships(
  read: ReadDatabase<Schema>,
  userId: string,
): Promise<readonly StoredMembership[]> {
  return (await listMembershipsOf(read, [userId])).get(userId) ?? [];
}

/** By user id; users without memberships are not in it. */
export async function listMembershipsOf(
  read: ReadDatabase<Schema>,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredMembership[]>> {
  const found = new Map<string, StoredMembership[]>();
  if (userIds.length === 0) return found;
  const rows = await read
    .selectFrom("accounts_membership as membership")
    .innerJoin("accounts_account as account", "account.id", "membership.account_id")
    .innerJoin("accounts_user as user", "user.id", "membership.user_id")
    .select([
      "membership.user_id",
      "membership.account_id",
      "membership.role",
      "account.code",
      "account.name",
      "user.primary_account_id",
    ])
    .where("membership.user_id", "in", userIds)
    .orderBy("account.code")
    .execute();
  for (const row of rows) {
    const memberships = found.get(row.user_id) ?? [];
    found.set(row.user_id, memberships);
    memberships.push({
      accountId: row.account_id,
      code: row.code,
      accountName: row.name,
      // A role that a later version knew gives the least here.
      role: isMemberRole(row.role) ? row.role : "agent",
      isPrimary: row.account_id === row.primary_account_id,
    });
  }
  return found;
}

export async function insertMembership(
  trx: Transaction<Schema>,
  membership: {
    readonly userId: string;
    readonly accountId: string;
    readonly role: MemberRole;
    readonly createdAtMs: number;
  },
): Promise<void> {
  const { userId, accountId, role, createdAtMs } = membership;
  await trx
    .insertInto("accounts_membership")
    .values({ user_id: userId, account_id: accountId, role, created_at: createdAtMs })
    .execute();
}

export async function updateRole(
  trx: Transaction<Schema>,
  membership: { readonly userId: string; readonly accountId: string; readonly role: MemberRole },
): Promise<void> {
  const { userId, accountId, role } = membership;
  await trx
    .updateTable("accounts_membership")
    .set({ role })
    .where("user_id", "=", userId)
    .where("account_id", "=", accountId)
    .execute();
}

/** With the grants of the account's numbers. Returns how many of those there were. */
export async function deleteMembership(
  trx: Transaction<Schema>,
  userId: string,
  accountId: string,
): Promise<number> {
  // First, so that a grant that is being made either waits and is refused, or is seen below.
  await trx
    .deleteFrom("accounts_membership")
    .where("user_id", "=", userId)
    .where("account_id", "=", accountId)
    .execute();
  const removed = await trx
    .deleteFrom("accounts_grant")
    .where("user_id", "=", userId)
    .where("tracking_number_id", "in", (eb) =>
      eb
        .selectFrom("accounts_tracking_number")
        .select("accounts_tracking_number.id")
        .where("accounts_tracking_number.account_id", "=", accountId),
    )
    .executeTakeFirst();
  return Number(removed.numDeletedRows);
}
