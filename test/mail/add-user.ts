// Puts users straight into the store, for suites about what is mailed to them.
import { domainToASCII } from "node:url";
import type { Database } from "../../src/platform/database/database.ts";
import { randomId } from "../../src/platform/crypto/random.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";

function keyOf(email: string): string {
  const [local = "", domain = ""] = email.split("@");
  return `${local.toLowerCase()}@${domainToASCII(domain)}`;
}

export type AddedUser = { readonly id: string; readonly email: string };

export async function addUser(
  database: Database<Schema>,
  email: string,
  more: { readonly isDisabled?: boolean; readonly hasPassword?: boolean } = {},
): Promise<AddedUser> {
  const id = randomId();
  await database.transaction(async (trx) => {
    await trx
      .insertInto("accounts_user")
      .values({
        id,
        email,
        email_key: keyOf(email),
        name: "Ada Example",
        is_operator: 0,
        is_disabled: more.isDisabled === true ? 1 : 0,
        primary_account_id: null,
        created_at: 0,
        created_by: "test",
      })
      .execute();
    if (more.hasPassword === false) return;
    await trx
      .insertInto("identity_password")
      .values({ user_id: id, hash: "$argon2id$", changed_at: 0, must_change: 0 })
      .execute();
  });
  return { id, email };
}
