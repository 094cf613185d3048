// Reads a provider for a sign-in or a connection, and keeps it as it is until the commit.
import type { Transaction } from "kysely";
import type { Schema } from "../../migrations/schema.ts";
import { readProvider } from "../providers/provider-store.ts";
import type { StoredProvider } from "../providers/provider-store.ts";
import { findConnectionById } from "./connection-store.ts";

/**
 * INVARIANT: who turns a provider off or deletes it waits for this transaction, or this one sees
 * that it is off: no session and no connection is made behind its back.
 */
export async function holdProvider(
  trx: Transaction<Schema>,
  id: string,
): Promise<StoredProvider | null> {
  const held = await trx
    .updateTable("identity_provider")
    .set((set) => ({ changed_at: set.ref("changed_at") }))
    .where("id", "=", id)
    .returning("id")
    .executeTakeFirst();
  return held === undefined ? null : readProvider(trx, id);
}

/**
 * INVARIANT: before the user's row, as at a sign-in and when a provider is deleted: whoever locks
 * in another order waits for who waits for them.
 */
export async function holdProviderOf(
  trx: Transaction<Schema>,
  connection: { readonly id: string; readonly userId: string },
): Promise<void> {
  const found = await findConnectionById(trx, connection.id);
  if (found?.userId === connection.userId) await holdProvider(trx, found.providerId);
}
