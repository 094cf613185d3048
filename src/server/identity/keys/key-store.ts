// Keeps which keys have sealed secrets of this store: their fingerprints, never a key.
import type { Transaction } from "kysely";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

type StoredKey = { readonly id: string; readonly createdAtMs: number };

/** A key that is known stays as it is. */
export async function registerKey(
  trx: Transaction<Schema>,
  { id, createdAtMs }: StoredKey,
): Promise<void> {
  await trx
    .insertInto("identity_key")
    .values({ id, created_at: createdAtMs })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
}

export async function listStoredKeys(db: ReadDatabase<Schema>): Promise<readonly StoredKey[]> {
  const rows = await db.selectFrom("identity_key").selectAll().orderBy("created_at").execute();
  return rows.map((row) => ({ id: row.id, createdAtMs: row.created_at }));
}

export async function forgetKeys(trx: Transaction<Schema>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await trx.deleteFrom("identity_key").where("id", "in", ids).execute();
}

/** Until the transaction ends nobody else, on any node, begins a rotation. */
export async function lockKeys(trx: Transaction<Schema>): Promise<void> {
  await trx
    .updateTable("identity_key")
    .set((eb) => ({ created_at: eb.ref("created_at") }))
    .execute();
}
