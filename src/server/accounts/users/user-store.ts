// Keeps users: finding, listing within a reach, adding, changing, removing.
import { sql } from "kysely";
import type { Expression, ExpressionBuilder, SqlBool, Transaction } from "kysely";
import type { Reach } from "../../../core/accounts/reach.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { UserTable } from "../../migrations/accounts-tables.ts";
import type { Schema } from "../../migrations/schema.ts";
import { holdUser } from "../hold-rows.ts";
import type { Page } from "../page-cursor.ts";
import { partPattern, searchTextOf } from "../search-text.ts";

export type StoredUser = {
  readonly id: string;
  /** As it was written. */
  readonly email: string;
  /** By which it is compared: lower case, ASCII domain. */
  readonly emailKey: string;
  readonly name: string;
  readonly isOperator: boolean;
  readonly isDisabled: boolean;
  /** One of the memberships' accounts; null after that membership was removed. */
  readonly primaryAccountId: string | null;
  readonly createdAtMs: number;
  readonly createdBy: string;
};

export type UserFilter = {
  /** Users with a membership in it; the platform's reach has all. */
  readonly reach: Reach;
  /** Part of the name or e-mail address. */
  readonly search: string | null;
  readonly accountId: string | null;
  readonly status: "disabled" | "operator" | null;
};

/** In the order of their e-mail keys; one more than the page's limit when there are more. */
export async function listUsers(
  read: ReadDatabase<Schema>,
  filter: UserFilter,
  page: Page,
): Promise<readonly StoredUser[]> {
  const rows = await read
    .selectFrom("accounts_user")
    .selectAll()
    .where((eb) => eb.and(conditionsOf(eb, filter)))
    .$if(page.afterKey !== null, (query) => query.where("email_key", ">", page.afterKey ?? ""))
    .orderBy("email_key")
    .limit(page.limit + 1)
    .execute();
  return rows.map(toUser);
}

type UserExpressions = ExpressionBuilder<Schema, "accounts_user">;

function conditionsOf(eb: UserExpressions, filter: UserFilter): Expression<SqlBool>[] {
  const conditions = [isWithin(eb, filter.reach)];
  if (filter.search !== null) {
    const pattern = partPattern(filter.search);
    conditions.push(sql<SqlBool>`accounts_user.search_text like ${pattern} escape '\\'`);
  }
  if (filter.accountId !== null) conditions.push(isMemberOf(eb, [filter.accountId]));
  if (filter.status === "disabled") conditions.push(eb("is_disabled", "=", 1));
  if (filter.status === "operator") conditions.push(eb("is_operator", "=", 1));
  return conditions;
}

function isWithin(eb: UserExpressions, reach: Reach): Expression<SqlBool> {
  if (reach.kind === "platform") return sql<SqlBool>`1 = 1`;
  return isMemberOf(eb, reach.accountIds);
}

function isMemberOf(eb: UserExpressions, accountIds: readonly string[]): Expression<SqlBool> {
  // PostgreSQL refuses an empty list.
  if (accountIds.length === 0) return sql<SqlBool>`1 = 0`;
  return eb.exists(
    eb
      .selectFrom("accounts_membership")
      .select("accounts_membership.user_id")
      .whereRef("accounts_membership.user_id", "=", "accounts_user.id")
      .where("accounts_membership.account_id", "in", accountIds),
  );
}

export async function findUserById(
  read: ReadDatabase<Schema>,
  id: string,
): Promise<StoredUser | null> {
  const row = await read
    .selectFrom("accounts_user")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined ? null : toUser(row);
}

/** A user outside the reach is not found, like one that does not exist. */
export async function findUserWithin(
  read: ReadDatabase<Schema>,
  id: string,
  reach: Reach,
): Promise<StoredUser | null> {
  const row = await read
    .selectFrom("accounts_user")
    .selectAll()
    .where("id", "=", id)
    .where((eb) => isWithin(eb, reach))
    .executeTakeFirst();
  return row === undefined ? null : toUser(row);
}

/** @param emailKey as core's `parseEmailAddress` gives it */
export async function findUserByEmailKey(
  read: ReadDatabase<Schema>,
  emailKey: string,
): Promise<StoredUser | null> {
  const row = await read
    .selectFrom("accounts_user")
    .selectAll()
    .where("email_key", "=", emailKey)
    .executeTakeFirst();
  return row === undefined ? null : toUser(row);
}

/** Operators who are not disabled, but for one user. */
export async function countOtherOperators(
  read: ReadDatabase<Schema>,
  userId: string,
): Promise<number> {
  const { count } = await read
    .selectFrom("accounts_user")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("is_operator", "=", 1)
    .where("is_disabled", "=", 0)
    .where("id", "!=", userId)
    .executeTakeFirstOrThrow();
  return count;
}

/** Rejects with the store's unique violation when the e-mail address is taken. */
export async function insertUser(trx: Transaction<Schema>, user: StoredUser): Promise<void> {
  await trx
    .insertInto("accounts_user")
    .values({
      id: user.id,
      created_at: user.createdAtMs,
      created_by: user.createdBy,
      ...changeableColumns(user),
    })
    .execute();
}

export type UserUpdate = Pick<StoredUser, "id"> &
  Partial<Omit<StoredUser, "id" | "createdAtMs" | "createdBy">>;

/**
 * Name only what changes: the rest stays as it is now, whatever was read before. Rejects with the
 * store's unique violation when the e-mail address is taken.
 */
export async function updateUser(trx: Transaction<Schema>, update: UserUpdate): Promise<void> {
  await holdUser(trx, update.id);
  const now = await findUserById(trx, update.id);
  if (now === null) return;
  await trx
    .updateTable("accounts_user")
    .set(changeableColumns({ ...now, ...update }))
    .where("id", "=", update.id)
    .execute();
}

/** With memberships and grants: nothing of the user is left in this domain. */
export async function deleteUserRows(trx: Transaction<Schema>, userId: string): Promise<void> {
  await trx.deleteFrom("accounts_user").where("id", "=", userId).execute();
  await trx.deleteFrom("accounts_membership").where("user_id", "=", userId).execute();
  await trx.deleteFrom("accounts_grant").where("user_id", "=", userId).execute();
}

function changeableColumns(user: StoredUser) {
  return {
    email: user.email,
    email_key: user.emailKey,
    name: user.name,
    search_text: searchTextOf([user.name, user.email, user.emailKey]),
    is_operator: user.isOperator ? 1 : 0,
    is_disabled: user.isDisabled ? 1 : 0,
    primary_account_id: user.primaryAccountId,
  };
}

type UserRow = Omit<UserTable, "search_text">;

function toUser(row: UserRow): StoredUser {
  return {
    id: row.id,
    email: row.email,
    emailKey: row.email_key,
    name: row.name,
    isOperator: row.is_operator === 1,
    isDisabled: row.is_disabled === 1,
    primaryAccountId: row.primary_account_id,
    createdAtMs: row.created_at,
    createdBy: row.created_by,
  };
}
