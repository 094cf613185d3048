// Replaces the store of a configuration by a backup.

import { basename } from "node:path";
import type { Config } from "../platform/config.ts";
import { restoreFrom } from "../platform/database/restore.ts";
import type { RestoreOutcome } from "../platform/database/restore.ts";
import { voidIdentitySecrets } from "./identity/index.ts";
import { recordRestore, setAnchorsAside } from "./journal/index.ts";
import { MIGRATIONS } from "./migrations/migrations.ts";
import type { Schema } from "./migrations/schema.ts";
import { STORE_FILE } from "./open-store.ts";
import { forgetBlobRemovals } from "./recordings/index.ts";

export type StoreRestoreOutcome =
  | (Extract<RestoreOutcome, { readonly ok: true }> & {
      /** Where the audit's anchors that were there are kept; null when there were none. */
      readonly replacedAnchors: string | null;
    })
  | Extract<RestoreOutcome, { readonly ok: false }>;

/**
 * Refused while a server uses the store. Whatever was staged but not imported is dropped, all
 * sessions and links end (SPEC 7), and no file of a recording is removed that was to be.
 */
export async function restoreStore(config: Config, path: string): Promise<StoreRestoreOutcome> {
  const nowMs = Date.now();
  const outcome = await restoreFrom<Schema>({
    path,
    dataDirectory: config.dataDir,
    databaseUrl: config.databaseUrl?.reveal() ?? null,
    fileName: STORE_FILE,
    migrations: MIGRATIONS,
    nowMs,
    afterLoad: async (trx) => {
      await trx.deleteFrom("network_entry_import").execute();
      await trx.deleteFrom("journal_visit_import").execute();
      await voidIdentitySecrets(trx, nowMs);
      await forgetBlobRemovals(trx);
      // Nodes tell of themselves; those of the backup may be gone for good.
      await trx.deleteFrom("journal_node").execute();
      await recordRestore(trx, { atMs: nowMs, file: basename(path) });
    },
  });
  if (!outcome.ok) return outcome;
  // The audit goes on from where the backup ends; what came after it is in the old file alone.
  return { ...outcome, replacedAnchors: setAnchorsAside(config.dataDir, nowMs) };
}
