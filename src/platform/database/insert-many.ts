// Stores many rows by one statement: fast on both engines, for imports and for restores.
import type { Kysely, Transaction } from "kysely";
import { CompiledQuery } from "kysely";
import { BULK_MARK } from "./sqlite-message.ts";
import { createBulkInsertQuery } from "./bulk-insert-query.ts";

export type ColumnType = "text" | "integer" | "real" | "blob";
export type InsertColumn = { readonly name: string; readonly type: ColumnType };

const POSTGRES_TYPES: Readonly<Record<ColumnType, string>> = {
  text: "text",
  integer: "bigint",
  real: "double precision",
  blob: "bytea",
};

export type InsertManyInput = {
  readonly table: string;
  readonly columns: readonly InsertColumn[];
  /** Each row as long as `columns`, in that order. About 2,000 rows a call are a good size. */
  readonly rows: readonly (readonly unknown[])[];
  /** `ignore` leaves out rows that an existing or earlier one makes impossible (unique). */
  readonly onConflict?: "fail" | "ignore";
};

/**
 * Returns how many rows were stored. With `fail` an impossible row is the usual unique violation,
 * and the caller's transaction is lost as after any error. Table and column names come from code,
 * never from a request.
 */
export async function insertMany<Schema>(
  trx: Transaction<Schema>,
  input: InsertManyInput,
): Promise<number> {
  if (input.rows.length === 0) return 0;
  const query = isPostgres(trx) ? postgresQuery(input) : sqliteQuery(input);
  const result = await trx.getExecutor().executeQuery(query);
  return Number(result.numAffectedRows ?? 0n);
}

function isPostgres<Schema>(db: Kysely<Schema>): boolean {
  return db.getExecutor().adapter.supportsTransactionalDdl;
}

function sqliteQuery({ table, columns, rows, onConflict }: InsertManyInput): CompiledQuery {
  const sql = `insert into ${quote(table)} (${namesOf(columns)}) values ${BULK_MARK}`;
  const cells: unknown[] = [];
  for (const row of rows) {
    assertWidth(row, columns);
    for (const cell of row) cells.push(cell);
  }
  return createBulkInsertQuery(sql + conflictClause(onConflict), { width: columns.length, cells });
}

function postgresQuery({ table, columns, rows, onConflict }: InsertManyInput): CompiledQuery {
  const lists: unknown[][] = columns.map(() => []);
  for (const row of rows) {
    assertWidth(row, columns);
    for (const [index, cell] of row.entries()) lists[index]?.push(cell);
  }
  const marks = columns.map(({ type }, index) => `$${index + 1}::${POSTGRES_TYPES[type]}[]`);
  const source = `select * from unnest(${marks.join(", ")})`;
  const sql = `insert into ${quote(table)} (${namesOf(columns)}) ${source}`;
  return CompiledQuery.raw(sql + conflictClause(onConflict), lists);
}

function conflictClause(onConflict: InsertManyInput["onConflict"]): string {
  return onConflict === "ignore" ? " on conflict do nothing" : "";
}

function namesOf(columns: readonly InsertColumn[]): string {
  return columns.map((column) => quote(column.name)).join(", ");
}

/** Quotes a name the same way for both engines. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function assertWidth(row: readonly unknown[], columns: readonly InsertColumn[]): void {
  if (row.length !== columns.length) {
    throw new RangeError(`a row of ${row.length} values for ${columns.length} columns`);
  }
}
