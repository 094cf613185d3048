// Finds the users whose sign-in an owner's rules hold for.
import type { AccountId, PolicyOwner } from "../../../core/accounts/account.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

/**
 * Their ids, as a query. An account's: whose primary account it is. The platform's: operators, and
 * who is in none.
 */
export function selectRuledUsers(db: ReadDatabase<Schema>, owner: PolicyOwner) {
  const users = db.selectFrom("accounts_user").select("accounts_user.id");
  const members = db.selectFrom("accounts_membership").select("user_id");
  if (owner === "platform") {
    return users.where((user) =>
      user.or([user("is_operator", "=", 1), user("id", "not in", members)]),
    );
  }
  return users
    .where("is_operator", "=", 0)
    .where("primary_account_id", "=", owner)
    .where("id", "in", members.where("account_id", "=", owner));
}

/**
 * Those without a primary account for whom its rules are among those of which the strictest hold.
 */
export function selectUsersInMerge(db: ReadDatabase<Schema>, accountId: AccountId) {
  const members = db.selectFrom("accounts_membership").select("user_id");
  return db
    .selectFrom("accounts_user")
    .select("accounts_user.id")
    .where("is_operator", "=", 0)
    .where("id", "in", members.where("account_id", "=", accountId))
    .where((user) =>
      user.not(
        user.exists(
          user
            .selectFrom("accounts_membership as held")
            .select("held.user_id")
            .whereRef("held.user_id", "=", "accounts_user.id")
            .whereRef("held.account_id", "=", "accounts_user.primary_account_id"),
        ),
      ),
    );
}

export async function countRuledUsers(
  db: ReadDatabase<Schema>,
  owner: PolicyOwner,
): Promise<number> {
  const { count } = await db
    .selectFrom(selectRuledUsers(db, owner).as("ruled"))
    .select((eb) => eb.fn.countAll<number | string>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}
