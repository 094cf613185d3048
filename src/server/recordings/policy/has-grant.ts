// Tells whether a user is granted a tracking number.
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

/** Asked afresh each time, by the table's primary key: a grant that was taken back is gone. */
export async function hasGrant(
  read: ReadDatabase<Schema>,
  userId: string,
  trackingNumberId: string,
): Promise<boolean> {
  const row = await read
    .selectFrom("accounts_grant")
    .select("user_id")
    .where("user_id", "=", userId)
    .where("tracking_number_id", "=", trackingNumberId)
    .executeTakeFirst();
  return row !== undefined;
}
