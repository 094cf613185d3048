// Reads the description of the tables out of SQLite's pragmas.
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { ReadDatabase } from "./database.ts";
import type { ColumnDescription, IndexDescription, TableDescription } from "./describe-schema.ts";
import type { ReferenceDescription } from "./describe-schema.ts";

type ColumnRow = {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
  readonly pk: number;
};
type IndexRow = {
  readonly name: string;
  readonly unique: number;
  readonly origin: "c" | "u" | "pk";
  readonly partial: number;
};
type ReferenceRow = {
  readonly id: number;
  readonly table: string;
  readonly from: string;
  readonly to: string | null;
  readonly on_delete: string;
};

type Run = <T>(query: RawBuilder<T>) => Promise<readonly T[]>;

export async function readSqliteTables<Schema>(
  read: ReadDatabase<Schema>,
): Promise<readonly TableDescription[]> {
  const run: Run = async (query) => (await query.execute(read)).rows;
  const names = await run(sql<{ name: string }>`
    select name from sqlite_schema
    where type = 'table' and substr(name, 1, 7) <> 'sqlite_' order by name`);
  const tables: TableDescription[] = [];
  for (const { name } of names) tables.push(await readTable(run, name));
  const keys = new Map(tables.map((table) => [table.name, table.primaryKey]));
  // A reference that names no columns means the other table's primary key.
  return tables.map((table) => {
    const references = table.references.map((reference) => {
      const { columns, table: target, tableColumns, onDelete } = reference;
      const named = tableColumns.length > 0 ? tableColumns : (keys.get(target) ?? []);
      return { columns, table: target, tableColumns: named, onDelete };
    });
    return Object.assign({}, table, { references });
  });
}

async function readTable(run: Run, name: string): Promise<TableDescription> {
  const rows = await run(sql<ColumnRow>`
    select name, type, "notnull", dflt_value, pk from pragma_table_info(${name}) order by cid`);
  const key = rows.filter((row) => row.pk > 0).toSorted((a, b) => a.pk - b.pk);
  const columns = rows.map((row): ColumnDescription => {
    const isIdentity = row.pk > 0 && key.length === 1 && row.type.toLowerCase() === "integer";
    return {
      name: row.name,
      type: typeOf(row.type),
      isNullable: row.notnull === 0 && row.pk === 0,
      hasDefault: row.dflt_value !== null || isIdentity,
      isIdentity,
    };
  });
  const indexRows = await run(sql<IndexRow>`
    select name, "unique", origin, partial from pragma_index_list(${name})`);
  const indexes: IndexDescription[] = [];
  let hasKeyIndex = false;
  for (const row of indexRows) {
    if (row.origin === "pk") {
      hasKeyIndex = true;
      continue;
    }
    const parts = await run(sql<{ name: string | null }>`
      select name from pragma_index_info(${row.name}) order by seqno`);
    indexes.push({
      columns: parts.map((part) => part.name ?? "(expression)"),
      isUnique: row.unique === 1,
      isPartial: row.partial === 1,
    });
  }
  return {
    name,
    // Only a row id numbers itself; `primary key (number)` written apart is one as well.
    columns: hasKeyIndex ? columns.map(withoutIdentity) : columns,
    primaryKey: key.map((row) => row.name),
    indexes,
    references: await readReferences(run, name),
  };
}

function withoutIdentity(column: ColumnDescription): ColumnDescription {
  return column.isIdentity ? { ...column, isIdentity: false, hasDefault: false } : column;
}

async function readReferences(run: Run, name: string): Promise<readonly ReferenceDescription[]> {
  const rows = await run(sql<ReferenceRow>`
    select id, "table", "from", "to", on_delete from pragma_foreign_key_list(${name})
    order by id, seq`);
  const ids = [...new Set(rows.map((row) => row.id))];
  return ids.map((id) => {
    const parts = rows.filter((row) => row.id === id);
    return {
      columns: parts.map((part) => part.from),
      table: parts[0]?.table ?? "",
      tableColumns: parts.flatMap((part) => (part.to === null ? [] : [part.to])),
      onDelete: (parts[0]?.on_delete ?? "").toLowerCase(),
    };
  });
}

function typeOf(declared: string): ColumnDescription["type"] {
  const type = declared.toLowerCase();
  if (type === "text" || type === "integer" || type === "real" || type === "blob") return type;
  throw new Error(`a column of the type "${declared}" is not portable`);
}
