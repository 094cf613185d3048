// Replaces the store of a configuration by a backup.

import type { Config } from "../platform/config.ts";
import { restoreFrom } from "../platform/database/restore.ts";
import type { RestoreOutcome } from "../platform/database/restore.ts";
import { MIGRATIONS } from "./migrations/migrations.ts";
import type { Schema } from "./migrations/schema.ts";
import { STORE_FILE } from "./open-store.ts";

/** Refused while a server uses the store. Whatever was staged but not imported is dropped. */
export function restoreStore(config: Config, path: string): Promise<RestoreOutcome> {
  return restoreFrom<Schema>({
    path,
    dataDirectory: config.dataDir,
    databaseUrl: config.databaseUrl?.reveal() ?? null,
    fileName: STORE_FILE,
    migrations: MIGRATIONS,
    nowMs: Date.now(),
    afterLoad: async (trx) => {
      await trx.deleteFrom("network_entry_import").execute();
    },
  });
}
