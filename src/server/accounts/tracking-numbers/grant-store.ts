// Keeps who may hear the recordings of which tracking number.
import type { Transaction } from "kysely";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

export type StoredGrant = {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly grantedAtMs: number;
  readonly grantedBy: string;
};

/** In the order of the users' e-mail keys. */
export async function listGrants(
  read: ReadDatabase<Schema>,
  trackingNumberId: string,
): Promise<readonly StoredGrant[]> {
  const rows = await read
    .selectFrom("accounts_grant as grant")
    .innerJoin("accounts_user as user", "user.id", "grant.user_id")
    .select(["grant.user_id", "grant.created_at", "grant.created_by", "user.email", "user.name"])
    .where("grant.tracking_number_id", "=", trackingNumberId)
    .orderBy("user.email_key")
    .execute();
  return rows.map((row) => ({
    userId: row.user_id,
    email: row.email,
    name: row.name,
    grantedAtMs: row.created_at,
    grantedBy: row.created_by,
  }));
}

/** False when it was granted before. */
export async function insertGrant(
  trx: Transaction<Schema>,
  grant: {
    readonly userId: string;
    readonly trackingNumberId: string;
    readonly createdAtMs: number;
    readonly createdBy: string;
  },
): Promise<boolean> {
  const inserted = await trx
    .insertInto("accounts_grant")
    .values({
      user_id: grant.userId,
      tracking_number_id: grant.trackingNumberId,
      created_at: grant.createdAtMs,
      created_by: grant.createdBy,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** False when it was not granted. */
export async function deleteGrant(
  trx: Transaction<Schema>,
  userId: string,
  trackingNumberId: string,
): Promise<boolean> {
  const removed = await trx
    .deleteFrom("accounts_grant")
    .where("user_id", "=", userId)
    .where("tracking_number_id", "=", trackingNumberId)
    .executeTakeFirst();
  return removed.numDeletedRows > 0n;
}
