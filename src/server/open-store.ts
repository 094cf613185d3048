// Opens the store of a configuration and brings its schema to the program's.

import type { Config } from "../platform/config.ts";
import type { Database } from "../platform/database/database.ts";
import { migrate } from "../platform/database/migrate.ts";
import { openDatabase } from "../platform/database/open-database.ts";
import { MIGRATIONS } from "./migrations/migrations.ts";
import type { Schema } from "./migrations/schema.ts";
import { StartError } from "./start-error.ts";

export const STORE_FILE = "postern.db";

/** Throws `StartError` with one line for the operator. */
export async function openStore(
  config: Config,
  onLost: (error: Error) => void,
): Promise<Database<Schema>> {
  const outcome = await openDatabase<Schema>({
    dataDirectory: config.dataDir,
    databaseUrl: config.databaseUrl?.reveal() ?? null,
    fileName: STORE_FILE,
    onLost,
  });
  if (!outcome.ok) {
    throw new StartError(outcome.problem.message, outcome.problem.kind === "locked");
  }
  const migrated = await migrate(outcome.database, MIGRATIONS, { nowMs: Date.now() });
  if (migrated.ok) {
    await dropAbandonedImports(outcome.database);
    return outcome.database;
  }
  await outcome.database.close();
  throw new StartError(migrated.message);
}

/** What a killed import had staged. With PostgreSQL another node may be importing right now. */
async function dropAbandonedImports(database: Database<Schema>): Promise<void> {
  if (database.engine !== "sqlite") return;
  await database.transaction(async (trx) => {
    await trx.deleteFrom("network_entry_import").execute();
    await trx.deleteFrom("journal_visit_import").execute();
  });
}
