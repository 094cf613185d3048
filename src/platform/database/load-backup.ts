// Builds a store's content from a backup, inside one transaction.
import { sql } from "kysely";
import type { Transaction } from "kysely";
import { readBackup } from "./backup-format.ts";
import type { BackupHeader, BackupRow } from "./backup-format.ts";
import type { Engine } from "./database.ts";
import { describeTables } from "./describe-schema.ts";
import { insertMany, quote } from "./insert-many.ts";
import { takeStep } from "./migrate.ts";
import type { Migration } from "./migrate.ts";

export type LoadInput<Schema> = {
  readonly engine: Engine;
  readonly path: string;
  readonly header: BackupHeader;
  readonly migrations: readonly Migration[];
  readonly nowMs: number;
  readonly afterLoad: (trx: Transaction<Schema>) => Promise<void>;
};

const ROWS_PER_BATCH = 2000;

/** Thrown inside the transaction, so that it rolls back; the message is for the operator. */
export class RestoreRefused extends Error {}

/**
 * On a store without tables: the schema the backup was made with, its rows, then the steps that
 * came later, then `afterLoad`.
 */
export async function loadBackup<Schema>(
  trx: Transaction<Schema>,
  input: LoadInput<Schema>,
): Promise<void> {
  const { engine, path, header, migrations } = input;
  await migrateTo(trx, input, header.schemaNumber);
  await emptyTables(trx, engine);
  const references = await suspendReferences(trx, engine);
  await loadRows(trx, path);
  for (const restoreReference of references) await sql.raw(restoreReference).execute(trx);
  if (engine === "postgres") await raiseSequences(trx);
  await migrateTo(trx, input, migrations.length);
  await input.afterLoad(trx);
}

async function migrateTo<Schema>(
  trx: Transaction<Schema>,
  { engine, migrations, nowMs }: LoadInput<Schema>,
  last: number,
): Promise<void> {
  while (true) {
    const step = await takeStep(trx, { engine, migrations, last, nowMs });
    if (step.kind === "refused") throw new RestoreRefused("the schema steps do not fit");
    if (step.kind === "done") return;
  }
}

/** A step may store rows of its own; what holds after a restore is in the backup alone. */
async function emptyTables<Schema>(trx: Transaction<Schema>, engine: Engine): Promise<void> {
  for (const table of await describeTables(trx, engine)) {
    if (table.name === "schema_migration") continue;
    await sql`delete from ${sql.table(table.name)}`.execute(trx);
  }
}

async function loadRows<Schema>(trx: Transaction<Schema>, path: string): Promise<void> {
  let batch: BackupRow[] = [];
  const flush = async (): Promise<void> => {
    const table = batch[0]?.table;
    if (table === undefined) return;
    const rows = batch.map((row) => row.cells);
    await insertMany(trx, { table: table.name, columns: table.columns, rows });
    batch = [];
  };
  await readBackup(
    path,
    () => undefined,
    async (row) => {
      if (batch.length === ROWS_PER_BATCH || batch[0]?.table !== row.table) await flush();
      batch.push(row);
    },
  );
  await flush();
}

/**
 * Rows come table by table, so a reference may name a row that comes later. Returns what puts the
 * references of PostgreSQL back (which checks them all); SQLite checks its own at the commit.
 */
async function suspendReferences<Schema>(
  trx: Transaction<Schema>,
  engine: Engine,
): Promise<readonly string[]> {
  if (engine === "sqlite") {
    await sql`pragma defer_foreign_keys = on`.execute(trx);
    return [];
  }
  const { rows } = await sql<{ table: string; name: string; definition: string }>`
    select c.relname as "table", k.conname as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'f' and c.relnamespace = current_schema()::regnamespace`.execute(trx);
  for (const { table, name } of rows) {
    await sql.raw(`alter table ${quote(table)} drop constraint ${quote(name)}`).execute(trx);
  }
  return rows.map(
    ({ table, name, definition }) =>
      `alter table ${quote(table)} add constraint ${quote(name)} ${definition}`,
  );
}

/** Numbers given by hand do not move a sequence on. */
async function raiseSequences<Schema>(trx: Transaction<Schema>): Promise<void> {
  const { rows } = await sql<{ table: string; name: string }>`
    select c.relname as "table", a.attname as name
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where a.attidentity <> '' and c.relkind = 'r' and not a.attisdropped
      and c.relnamespace = current_schema()::regnamespace`.execute(trx);
  for (const { table, name } of rows) {
    await sql`select setval(pg_get_serial_sequence(${quote(table)}, ${name}),
      coalesce(max(${sql.ref(name)}), 1), max(${sql.ref(name)}) is not null)
      from ${sql.table(table)}`.execute(trx);
  }
}
