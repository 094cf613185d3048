// Restores into PostgreSQL: tables, rows and the rest in one transaction.
import { Kysely, sql } from "kysely";
import type { Transaction } from "kysely";
import { describeTables } from "./describe-schema.ts";
import { quote } from "./insert-many.ts";
import { loadBackup, RestoreRefused } from "./load-backup.ts";
import { SERVER_LOCK } from "./open-postgres-engine.ts";
import { openPostgresPool } from "./open-postgres-pool.ts";
import { createPostgresDialect } from "./postgres-dialect.ts";
import { countRows } from "./restore.ts";
import type { EngineRestoreInput, RestoreOutcome } from "./restore.ts";

export async function restorePostgres<Schema>(
  input: EngineRestoreInput<Schema>,
): Promise<RestoreOutcome> {
  const pool = openPostgresPool(input.databaseUrl ?? "", "write");
  const writer = new Kysely<Schema>({ dialect: createPostgresDialect(pool) });
  try {
    const isFree = await writer.transaction().execute(async (trx) => {
      const { rows } = await sql<{ taken: number }>`
        select pg_try_advisory_xact_lock(${SERVER_LOCK}) as taken`.execute(trx);
      if (rows[0]?.taken !== 1) return false;
      await replaceAll(trx, input);
      return true;
    });
    if (isFree) return { ok: true, rowCount: countRows(input.header), replacedFile: null };
    const message = "A Postern server uses this database. Stop every node, then restore.";
    return { ok: false, kind: "in-use", message };
  } finally {
    await writer.destroy();
  }
}

async function replaceAll<Schema>(
  trx: Transaction<Schema>,
  input: EngineRestoreInput<Schema>,
): Promise<void> {
  await sql`set local statement_timeout = 0`.execute(trx);
  const before = await describeNames(trx);
  for (const name of before) await sql.raw(`drop table ${quote(name)} cascade`).execute(trx);
  await loadBackup(trx, { ...input, engine: "postgres" });
  // Only tables that Postern makes may be dropped: others' tables in the same place stop it all.
  const ours = new Set([...(await describeNames(trx)), ...input.header.tables.map((t) => t.name)]);
  const foreign = before.filter((name) => !ours.has(name));
  if (foreign.length > 0) {
    throw new RestoreRefused(`the database also has tables of others (${foreign.join(", ")})`);
  }
}

async function describeNames<Schema>(trx: Transaction<Schema>): Promise<readonly string[]> {
  return (await describeTables(trx, "postgres")).map((table) => table.name);
}
