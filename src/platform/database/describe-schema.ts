// Describes a store's tables in one normal form, the same for both engines.
import { sql } from "kysely";
import type { Engine, ReadDatabase } from "./database.ts";
import { readPostgresTables } from "./read-postgres-tables.ts";
import { readSqliteTables } from "./read-sqlite-tables.ts";

export type ColumnDescription = {
  readonly name: string;
  readonly type: "text" | "integer" | "real" | "blob";
  readonly isNullable: boolean;
  readonly hasDefault: boolean;
  /** Numbers itself when no value is given. */
  readonly isIdentity: boolean;
};

export type TableDescription = {
  readonly name: string;
  /** In the table's order. */
  readonly columns: readonly ColumnDescription[];
  readonly primaryKey: readonly string[];
  readonly indexes: readonly IndexDescription[];
  readonly references: readonly ReferenceDescription[];
};

export type IndexDescription = {
  /** `(expression)` in place of a column that is none. */
  readonly columns: readonly string[];
  readonly isUnique: boolean;
  /** Has a `where`. */
  readonly isPartial: boolean;
};

export type ReferenceDescription = {
  readonly columns: readonly string[];
  readonly table: string;
  readonly tableColumns: readonly string[];
  /** `no action`, `cascade`, `set null`, `set default` or `restrict`. */
  readonly onDelete: string;
};

/** Ordinary tables of the store (PostgreSQL: of the connection's schema), by name. */
export async function describeTables<Schema>(
  read: ReadDatabase<Schema>,
  engine: Engine,
): Promise<readonly TableDescription[]> {
  return engine === "sqlite" ? await readSqliteTables(read) : await readPostgresTables(read);
}

/** Whether the store has an ordinary table of that name; a description takes a query a table. */
export async function hasTable<Schema>(
  read: ReadDatabase<Schema>,
  engine: Engine,
  name: string,
): Promise<boolean> {
  const query =
    engine === "sqlite"
      ? sql`select 1 from sqlite_schema where type = 'table' and name = ${name}`
      : sql`select 1 from pg_class
          where relkind = 'r' and relnamespace = current_schema()::regnamespace
            and relname = ${name}`;
  return (await query.execute(read)).rows.length > 0;
}

/**
 * Text, one line a fact, equal for equal schemas whatever the engine and the order of definition.
 * Names of indexes and constraints, check constraints and the text of conditions are left out:
 * the engines write them differently.
 */
export async function describeSchema<Schema>(
  read: ReadDatabase<Schema>,
  engine: Engine,
): Promise<string> {
  const tables = await describeTables(read, engine);
  return tables.map(describeTable).join("\n");
}

function describeTable(table: TableDescription): string {
  const columns = table.columns.map((column) => {
    const nullable = column.isNullable ? "" : " not null";
    const given = column.isIdentity ? " identity" : column.hasDefault ? " default" : "";
    return `  column ${column.name} ${column.type}${nullable}${given}`;
  });
  const indexes = table.indexes.map((index) => {
    const kind = index.isUnique ? "unique" : "index";
    return `  ${kind} (${index.columns.join(", ")})${index.isPartial ? " where" : ""}`;
  });
  const references = table.references.map((reference) => {
    const target = `${reference.table} (${reference.tableColumns.join(", ")})`;
    return `  reference (${reference.columns.join(", ")}) -> ${target} ${reference.onDelete}`;
  });
  const lines = [
    `table ${table.name}`,
    ...columns.toSorted(),
    `  primary key (${table.primaryKey.join(", ")})`,
    ...indexes.toSorted(),
    ...references.toSorted(),
  ];
  return `${lines.join("\n")}\n`;
}
