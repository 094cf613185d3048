// Replaces the store of a configuration by a backup.

import type { Config } from "../platform/config.ts";
import { restoreFrom } from "../platform/database/restore.ts";
import type { RestoreOutcome } from "../platform/database/restore.ts";
import { voidIdentitySecrets } from "./identity/index.ts";
import { MIGRATIONS } from "./migrations/migrations.ts";
import type { Schema } from "./migrations/schema.ts";
import { STORE_FILE } from "./open-store.ts";
import { forgetBlobRemovals } from "./recordings/index.ts";

/**
 * Refused while a server uses the store. Whatever was staged but not imported is dropped, all
 * sessions and links end (SPEC 7), and no file of a recording is removed that was to be.
 */
export function restoreStore(config: Config, path: string): Promise<RestoreOutcome> {
  const nowMs = Date.now();
  return restoreFrom<Schema>({
    path,
    dataDirectory: config.dataDir,
    databaseUrl: config.databaseUrl?.reveal() ?? null,
    fileName: STORE_FILE,
    migrations: MIGRATIONS,
    nowMs,
    afterLoad: async (trx) => {
      await trx.deleteFrom("network_entry_import").execute();
      await voidIdentitySecrets(trx, nowMs);
      await forgetBlobRemovals(trx);
    },
  });
}
