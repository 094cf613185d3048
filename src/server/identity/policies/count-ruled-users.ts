// Counts the users whose sign-in an owner's rules hold for.
import type { PolicyOwner } from "../../../core/accounts/account.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

/** An account's: those whose primary account it is. The platform's: those in no account. */
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
      ? users.where("id", "not in", members)
      : users
          .where("primary_account_id", "=", owner)
          .where("id", "in", members.where("account_id", "=", owner));
  const { count } = await ruled.executeTakeFirstOrThrow();
  return Number(count);
}
