// Keeps tracking numbers: finding and listing within a reach, adding, changing, removing.
import { sql } from "kysely";
import type { Expression, ExpressionBuilder, SqlBool, Transaction } from "kysely";
import type { Reach } from "../../../core/accounts/reach.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { Page } from "../page-cursor.ts";
import { partPattern, searchTextOf } from "../search-text.ts";

export type StoredTrackingNumber = {
  readonly id: string;
  readonly accountId: string;
  /** E.164. */
  readonly number: string;
  readonly label: string;
  /** An address of the IP whitelist alone opens its recordings, where that is asked. */
  readonly isShareable: boolean;
  readonly createdAtMs: number;
  readonly createdBy: string;
};

export type ListedTrackingNumber = StoredTrackingNumber & {
  readonly accountCode: string;
  readonly grants: number;
};

/** Whose numbers somebody may see: those of accounts, and those granted to themselves. */
export type NumberReach = { readonly reach: Reach; readonly grantedTo: string | null };

export type NumberFilter = NumberReach & {
  /** Parts of the number or its label: one of them is enough. Null: all numbers. */
  readonly searches: readonly string[] | null;
  readonly accountId: string | null;
  /** Only those granted to this user. */
  readonly userId: string | null;
};

type NumberExpressions = ExpressionBuilder<Schema, "accounts_tracking_number">;

/** In the order of the numbers; one more than the page's limit when there are more. */
export async function listTrackingNumbers(
  read: ReadDatabase<Schema>,
  filter: NumberFilter,
  page: Page,
): Promise<readonly ListedTrackingNumber[]> {
  const rows = await selectListed(read)
    .where((eb) => eb.and(conditionsOf(eb as unknown as NumberExpressions, filter)))
    .$if(page.afterKey !== null, (query) =>
      query.where("accounts_tracking_number.number", ">", page.afterKey ?? ""),
    )
    .orderBy("accounts_tracking_number.number")
    .limit(page.limit + 1)
    .execute();
  return rows.map(toListed);
}

/** A number outside the reach is not found, like one that does not exist. */
export async function findTrackingNumber(
  read: ReadDatabase<Schema>,
  id: string,
  within: NumberReach,
): Promise<ListedTrackingNumber | null> {
  const row = await selectListed(read)
    .where("accounts_tracking_number.id", "=", id)
    .where((eb) => isWithin(eb as unknown as NumberExpressions, within))
    .executeTakeFirst();
  return row === undefined ? null : toListed(row);
}

function selectListed(read: ReadDatabase<Schema>) {
  return read
    .selectFrom("accounts_tracking_number")
    .innerJoin("accounts_account", "accounts_account.id", "accounts_tracking_number.account_id")
    .select((eb) => [
      "accounts_tracking_number.id",
      "accounts_tracking_number.account_id",
      "accounts_tracking_number.number",
      "accounts_tracking_number.label",
      "accounts_tracking_number.created_at",
      "accounts_tracking_number.created_by",
      "accounts_tracking_number.is_shareable",
      "accounts_account.code as account_code",
      eb
        .selectFrom("accounts_grant")
        .select((inner) => inner.fn.countAll<number>().as("count"))
        .whereRef("accounts_grant.tracking_number_id", "=", "accounts_tracking_number.id")
        .as("grants"),
    ]);
}

type ListedRow = Awaited<ReturnType<ReturnType<typeof selectListed>["execute"]>>[number];

function conditionsOf(eb: NumberExpressions, filter: NumberFilter): Expression<SqlBool>[] {
  const conditions = [isWithin(eb, filter)];
  if (filter.searches !== null) conditions.push(eb.or(filter.searches.map(isFoundBy)));
  if (filter.accountId !== null) {
    conditions.push(eb("accounts_tracking_number.account_id", "=", filter.accountId));
  }
  if (filter.userId !== null) conditions.push(isGrantedTo(eb, filter.userId));
  return conditions;
}

function isFoundBy(search: string): Expression<SqlBool> {
  const column = sql.ref("accounts_tracking_number.search_text");
  return sql<SqlBool>`${column} like ${partPattern(search)} escape '\\'`;
}

function isWithin(eb: NumberExpressions, { reach, grantedTo }: NumberReach): Expression<SqlBool> {
  if (reach.kind === "platform") return sql<SqlBool>`1 = 1`;
  const conditions: Expression<SqlBool>[] = [];
  // PostgreSQL refuses an empty list.
  if (reach.accountIds.length > 0) {
    conditions.push(eb("accounts_tracking_number.account_id", "in", reach.accountIds));
  }
  if (grantedTo !== null) conditions.push(isGrantedTo(eb, grantedTo));
  return conditions.length === 0 ? sql<SqlBool>`1 = 0` : eb.or(conditions);
}

function isGrantedTo(eb: NumberExpressions, userId: string): Expression<SqlBool> {
  return eb.exists(
    eb
      .selectFrom("accounts_grant")
      .select("accounts_grant.user_id")
      .whereRef("accounts_grant.tracking_number_id", "=", "accounts_tracking_number.id")
      .where("accounts_grant.user_id", "=", userId),
  );
}

/** Rejects with the store's unique violation when the number is taken. */
export async function insertTrackingNumber(
  trx: Transaction<Schema>,
  added: StoredTrackingNumber,
): Promise<void> {
  const { id, accountId, number, label, isShareable, createdAtMs, createdBy } = added;
  await trx
    .insertInto("accounts_tracking_number")
    .values({
      id,
      account_id: accountId,
      number,
      label,
      search_text: searchTextOf([number, label]),
      created_at: createdAtMs,
      created_by: createdBy,
      is_shareable: isShareable ? 1 : 0,
    })
    .execute();
}

export async function updateTrackingNumber(
  trx: Transaction<Schema>,
  { id, number, label, isShareable }: StoredTrackingNumber,
): Promise<void> {
  await trx
    .updateTable("accounts_tracking_number")
    .set({
      label,
      search_text: searchTextOf([number, label]),
      is_shareable: isShareable ? 1 : 0,
    })
    .where("id", "=", id)
    .execute();
}

/** With its grants. */
export async function deleteTrackingNumber(trx: Transaction<Schema>, id: string): Promise<void> {
  await trx.deleteFrom("accounts_tracking_number").where("id", "=", id).execute();
  await trx.deleteFrom("accounts_grant").where("tracking_number_id", "=", id).execute();
}

function toListed(row: ListedRow): ListedTrackingNumber {
  return {
    id: row.id,
    accountId: row.account_id,
    number: row.number,
    label: row.label,
    isShareable: row.is_shareable === 1,
    createdAtMs: row.created_at,
    createdBy: row.created_by,
    accountCode: row.account_code,
    grants: row.grants ?? 0,
  };
}
