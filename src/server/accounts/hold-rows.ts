// Holds a row until the transaction ends, so that what depends on it cannot slip past its deletion.
import type { Transaction } from "kysely";
import type { Schema } from "../migrations/schema.ts";

/*
 * An update that changes nothing takes the row's lock on PostgreSQL, where `for update` would not
 * be understood by SQLite, which has one writer anyway.
 * INVARIANT: taken in the order account, user, membership, tracking number, or two transactions
 * could wait for each other.
 */

/** False when there is no such account (any more). */
export async function holdAccount(trx: Transaction<Schema>, id: string): Promise<boolean> {
  const held = await trx
    .updateTable("accounts_account")
    .set((eb) => ({ name: eb.ref("name") }))
    .where("id", "=", id)
    .executeTakeFirst();
  return held.numUpdatedRows > 0n;
}

export async function holdUser(trx: Transaction<Schema>, id: string): Promise<boolean> {
  const held = await trx
    .updateTable("accounts_user")
    .set((eb) => ({ name: eb.ref("name") }))
    .where("id", "=", id)
    .executeTakeFirst();
  return held.numUpdatedRows > 0n;
}

export async function holdMembership(
  trx: Transaction<Schema>,
  userId: string,
  accountId: string,
): Promise<boolean> {
  const held = await trx
    .updateTable("accounts_membership")
    .set((eb) => ({ role: eb.ref("role") }))
    .where("user_id", "=", userId)
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  return held.numUpdatedRows > 0n;
}

export async function holdTrackingNumber(trx: Transaction<Schema>, id: string): Promise<boolean> {
  const held = await trx
    .updateTable("accounts_tracking_number")
    .set((eb) => ({ label: eb.ref("label") }))
    .where("id", "=", id)
    .executeTakeFirst();
  return held.numUpdatedRows > 0n;
}
