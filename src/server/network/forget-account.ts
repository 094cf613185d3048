// Removes what the network domain keeps for an account that is deleted.
import type { Transaction } from "kysely";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import { recordChanges } from "./change-feed.ts";

/** How much of it would go. */
export async function countRulesOfAccount(
  read: ReadDatabase<Schema>,
  accountId: string,
): Promise<{ readonly policies: number; readonly entries: number }> {
  const policies = await read
    .selectFrom("network_policy")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("owner", "=", accountId)
    .executeTakeFirstOrThrow();
  const entries = await read
    .selectFrom("network_entry")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("owner", "=", accountId)
    .executeTakeFirstOrThrow();
  return { policies: policies.count, entries: entries.count };
}

/** Part of the deletion's transaction; every node hears of it and drops the account's layer. */
export async function forgetAccount(
  trx: Transaction<Schema>,
  accountId: string,
  nowMs: number,
): Promise<void> {
  await trx.deleteFrom("network_policy").where("owner", "=", accountId).execute();
  await trx.deleteFrom("network_entry").where("owner", "=", accountId).execute();
  await trx.deleteFrom("network_ban").where("owner", "=", accountId).execute();
  await recordChanges(trx, [{ kind: "accounts" }], nowMs);
}
