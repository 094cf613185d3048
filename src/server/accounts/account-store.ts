// Keeps client accounts: adding, listing, finding by code.
import type { Transaction } from "kysely";
import type { Account } from "../../core/accounts/account.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { AccountTable } from "../migrations/accounts-tables.ts";
import type { Schema } from "../migrations/schema.ts";

export type StoredAccount = Account & { readonly createdAtMs: number };

/** Rejects with the store's unique violation when the code is taken. */
export async function insertAccount(
  trx: Transaction<Schema>,
  account: StoredAccount,
): Promise<void> {
  const { id, code, name, createdAtMs } = account;
  await trx
    .insertInto("accounts_account")
    .values({ id, code, name, created_at: createdAtMs })
    .execute();
}

/** In the order of their codes. */
export async function listAccounts(db: ReadDatabase<Schema>): Promise<readonly StoredAccount[]> {
  const rows = await db.selectFrom("accounts_account").selectAll().orderBy("code").execute();
  return rows.map(toAccount);
}

export async function findAccountByCode(
  db: ReadDatabase<Schema>,
  code: string,
): Promise<StoredAccount | null> {
  const row = await db
    .selectFrom("accounts_account")
    .selectAll()
    .where("code", "=", code)
    .executeTakeFirst();
  return row === undefined ? null : toAccount(row);
}

function toAccount(row: AccountTable): StoredAccount {
  return { id: row.id, code: row.code, name: row.name, createdAtMs: row.created_at };
}
