// Finds who belongs to an account, before it is deleted.
import type { Transaction } from "kysely";
import type { Schema } from "../../migrations/schema.ts";
import { findUserById } from "./user-store.ts";
import type { StoredUser } from "./user-store.ts";

/** Nobody of them changes until the transaction ends. Returns how many they are. */
export async function holdMembers(trx: Transaction<Schema>, accountId: string): Promise<number> {
  const held = await trx
    .updateTable("accounts_user")
    .set((eb) => ({ name: eb.ref("name") }))
    .where("id", "in", (eb) =>
      eb
        .selectFrom("accounts_membership")
        .select("accounts_membership.user_id")
        .where("accounts_membership.account_id", "=", accountId),
    )
    .executeTakeFirst();
  return Number(held.numUpdatedRows);
}

/** Members of this account and no other; operators stay, they are the platform's. */
export async function listUsersOfOnly(
  trx: Transaction<Schema>,
  accountId: string,
): Promise<readonly StoredUser[]> {
  const rows = await trx
    .selectFrom("accounts_user as user")
    .innerJoin("accounts_membership as membership", "membership.user_id", "user.id")
    .select("user.id")
    .where("membership.account_id", "=", accountId)
    .where("user.is_operator", "=", 0)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("accounts_membership as other")
            .select("other.user_id")
            .whereRef("other.user_id", "=", "user.id")
            .where("other.account_id", "!=", accountId),
        ),
      ),
    )
    .execute();
  const users = await Promise.all(rows.map(({ id }) => findUserById(trx, id)));
  return users.flatMap((user) => (user === null ? [] : [user]));
}
