// Reads the description of the tables out of PostgreSQL's catalogue.
import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { ReadDatabase } from "./database.ts";
import type { ColumnDescription, TableDescription } from "./describe-schema.ts";

type ColumnRow = {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly is_not_null: number;
  readonly has_default: number;
  readonly is_identity: number;
};
type IndexRow = {
  readonly table: string;
  readonly is_primary: number;
  readonly is_unique: number;
  readonly is_partial: number;
  readonly columns: readonly string[];
};
type ReferenceRow = {
  readonly table: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly target_columns: readonly string[];
  readonly on_delete: string;
};

const TYPES: Readonly<Record<string, ColumnDescription["type"]>> = {
  text: "text",
  int8: "integer",
  int4: "integer",
  float8: "real",
  bytea: "blob",
};
const ON_DELETE: Readonly<Record<string, string>> = {
  a: "no action",
  r: "restrict",
  c: "cascade",
  n: "set null",
  d: "set default",
};

const COLUMNS = sql<ColumnRow>`
  select c.relname as "table", a.attname as name, t.typname as type,
         a.attnotnull as is_not_null, a.atthasdef as has_default,
         a.attidentity <> '' as is_identity
  from pg_class c
  left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_type t on t.oid = a.atttypid
  where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
  order by c.relname collate "C", a.attnum`;

const INDEXES = sql<IndexRow>`
  select c.relname as "table", i.indisprimary as is_primary, i.indisunique as is_unique,
         i.indpred is not null as is_partial,
         array(select coalesce(a.attname::text, '(expression)')
               from unnest(i.indkey::int[]) with ordinality k(number, place)
               left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
                 and k.number > 0
               where k.place <= i.indnkeyatts order by k.place) as columns
  from pg_index i join pg_class c on c.oid = i.indrelid
  where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace`;

const REFERENCES = sql<ReferenceRow>`
  select c.relname as "table", f.relname as target, k.confdeltype::text as on_delete,
         array(select a.attname::text from unnest(k.conkey) with ordinality u(number, place)
               join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.number
               order by u.place) as columns,
         array(select a.attname::text from unnest(k.confkey) with ordinality u(number, place)
               join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.number
               order by u.place) as target_columns
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
  where k.contype = 'f' and c.relnamespace = current_schema()::regnamespace`;

export async function readPostgresTables<Schema>(
  read: ReadDatabase<Schema>,
): Promise<readonly TableDescription[]> {
  const db = read as Kysely<Schema>;
  const columns = (await COLUMNS.execute(db)).rows;
  const indexes = (await INDEXES.execute(db)).rows;
  const references = (await REFERENCES.execute(db)).rows;
  const names = [...new Set(columns.map((row) => row.table))];
  return names.map((name) => {
    const ownIndexes = indexes.filter((row) => row.table === name);
    return {
      name,
      columns: columns.filter((row) => row.table === name && row.name !== null).map(columnOf),
      primaryKey: ownIndexes.find((row) => row.is_primary === 1)?.columns ?? [],
      indexes: ownIndexes
        .filter((row) => row.is_primary === 0)
        .map((row) => ({
          columns: row.columns,
          isUnique: row.is_unique === 1,
          isPartial: row.is_partial === 1,
        })),
      references: references
        .filter((row) => row.table === name)
        .map((row) => ({
          columns: row.columns,
          table: row.target,
          tableColumns: row.target_columns,
          onDelete: ON_DELETE[row.on_delete] ?? row.on_delete,
        })),
    };
  });
}

function columnOf(row: ColumnRow): ColumnDescription {
  const type = TYPES[row.type];
  if (type === undefined) throw new Error(`a column of the type "${row.type}" is not portable`);
  const isIdentity = row.is_identity === 1;
  return {
    name: row.name,
    type,
    isNullable: row.is_not_null === 0,
    hasDefault: row.has_default === 1 || isIdentity,
    isIdentity,
  };
}
