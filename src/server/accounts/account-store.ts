// Keeps client accounts: adding, listing, finding by code, renaming, removing.
import type { Transaction } from "kysely";
import type { Account } from "../../core/accounts/account.ts";
import { canReach } from "../../core/accounts/reach.ts";
import type { Reach } from "../../core/accounts/reach.ts";
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

/** An account outside the reach is not found, like one that does not exist. */
export async function findAccountWithin(
  read: ReadDatabase<Schema>,
  code: string,
  reach: Reach,
): Promise<StoredAccount | null> {
  const account = await findAccountByCode(read, code);
  return account !== null && canReach(reach, account.id) ? account : null;
}

/** By code; codes without an account are not in it. */
export async function findAccountsByCode(
  read: ReadDatabase<Schema>,
  codes: readonly string[],
): Promise<ReadonlyMap<string, StoredAccount>> {
  if (codes.length === 0) return new Map();
  const rows = await read
    .selectFrom("accounts_account")
    .selectAll()
    .where("code", "in", codes)
    .execute();
  return new Map(rows.map((row) => [row.code, toAccount(row)]));
}

/** How much belongs to each account, by its id. */
export type AccountCounts = { readonly users: number; readonly trackingNumbers: number };

export async function countByAccount(
  read: ReadDatabase<Schema>,
): Promise<(accountId: string) => AccountCounts> {
  const users = await read
    .selectFrom("accounts_membership")
    .select((eb) => ["account_id", eb.fn.countAll<number>().as("count")])
    .groupBy("account_id")
    .execute();
  const numbers = await read
    .selectFrom("accounts_tracking_number")
    .select((eb) => ["account_id", eb.fn.countAll<number>().as("count")])
    .groupBy("account_id")
    .execute();
  const usersOf = new Map(users.map((row) => [row.account_id, row.count]));
  const numbersOf = new Map(numbers.map((row) => [row.account_id, row.count]));
  return (accountId) => ({
    users: usersOf.get(accountId) ?? 0,
    trackingNumbers: numbersOf.get(accountId) ?? 0,
  });
}

export async function updateAccountName(
  trx: Transaction<Schema>,
  id: string,
  name: string,
): Promise<void> {
  await trx.updateTable("accounts_account").set({ name }).where("id", "=", id).execute();
}

/** With memberships, tracking numbers and grants; users stay, and lose it as primary account. */
export async function deleteAccountRows(trx: Transaction<Schema>, id: string): Promise<void> {
  await trx.deleteFrom("accounts_account").where("id", "=", id).execute();
  await trx
    .updateTable("accounts_user")
    .set({ primary_account_id: null })
    .where("primary_account_id", "=", id)
    .execute();
  await trx.deleteFrom("accounts_membership").where("account_id", "=", id).execute();
  // Held before their grants, in the order in which a single number is removed.
  await trx
    .updateTable("accounts_tracking_number")
    .set((eb) => ({ label: eb.ref("label") }))
    .where("account_id", "=", id)
    .execute();
  await trx
    .deleteFrom("accounts_grant")
    .where("tracking_number_id", "in", (eb) =>
      eb
        .selectFrom("accounts_tracking_number")
        .select("accounts_tracking_number.id")
        .where("accounts_tracking_number.account_id", "=", id),
    )
    .execute();
  await trx.deleteFrom("accounts_tracking_number").where("account_id", "=", id).execute();
}

function toAccount(row: AccountTable): StoredAccount {
  return { id: row.id, code: row.code, name: row.name, createdAtMs: row.created_at };
}
