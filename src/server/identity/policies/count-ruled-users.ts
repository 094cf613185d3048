// Counts the users whose sign-in an owner's rules hold for.
import type { PolicyOwner } from "../../../core/accounts/account.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

/** An account's: whose primary account it is. The platform's: operators, and who is in none. */
export async function countRuledUsers(
  db: ReadDatabase<Schema>,
  owner: PolicyOwner,
): Promise<number> {
  const users = db
    .selectFrom("accounts_user")
    .select((eb) => eb.fn.countAll<number | string>().as("count"));
  const members = db.selectFrom("accounts_membership").select("user_id");
  const ruled =
    owner === "platform"
      ? users.where((user) => user.or([user("is_operator", "=", 1), user("id", "not in", members)]))
      : users
          .where("is_operator", "=", 0)
          .where("primary_account_id", "=", owner)
          .where("id", "in", members.where("account_id", "=", owner));
  const { count } = await ruled.executeTakeFirstOrThrow();
  return Number(count);
}
