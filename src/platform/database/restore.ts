// Puts a backup in the place of a store: verified first, then all of it or nothing.
import type { Transaction } from "kysely";
import { DamagedBackup, readBackup } from "./backup-format.ts";
import type { BackupHeader } from "./backup-format.ts";
import { RestoreRefused } from "./load-backup.ts";
import type { Migration } from "./migrate.ts";
import { restorePostgres } from "./restore-postgres.ts";
import { restoreSqlite } from "./restore-sqlite.ts";

export type RestoreInput<Schema> = {
  readonly path: string;
  readonly dataDirectory: string;
  readonly databaseUrl: string | null;
  readonly fileName: string;
  readonly migrations: readonly Migration[];
  readonly nowMs: number;
  /** In the same all-or-nothing transaction, e.g. to end what must not outlive a restore. */
  readonly afterLoad?: (trx: Transaction<Schema>) => Promise<void>;
};

export type RestoreOutcome =
  | {
      readonly ok: true;
      readonly rowCount: number;
      /** SQLite: where the store that was there is kept; null when there was none. */
      readonly replacedFile: string | null;
    }
  | {
      readonly ok: false;
      readonly kind: "damaged" | "newer" | "in-use" | "refused";
      /** One line for the operator. */
      readonly message: string;
    };

/** What an engine is given: the verified header and everything else filled in. */
export type EngineRestoreInput<Schema> = Required<RestoreInput<Schema>> & {
  readonly header: BackupHeader;
};

/** Refused while a server uses the store. Old backups are brought to the program's schema. */
export async function restoreFrom<Schema>(input: RestoreInput<Schema>): Promise<RestoreOutcome> {
  try {
    const header = await verifyBackup(input.path);
    if (header.schemaNumber > input.migrations.length) {
      const message =
        `The backup has schema ${header.schemaNumber}; this version of Postern knows up to ` +
        `${input.migrations.length}. Restore it with the version that made it, or a newer one.`;
      return { ok: false, kind: "newer", message };
    }
    const filled = { afterLoad: () => Promise.resolve(), ...input, header };
    const outcome =
      input.databaseUrl === null ? await restoreSqlite(filled) : await restorePostgres(filled);
    return outcome;
  } catch (error) {
    if (error instanceof DamagedBackup) {
      const message = `The backup ${input.path} cannot be used: ${error.message}.`;
      return { ok: false, kind: "damaged", message };
    }
    if (error instanceof RestoreRefused) {
      return { ok: false, kind: "refused", message: `Nothing was restored: ${error.message}.` };
    }
    throw error;
  }
}

/** Reads it to its end; rejects with DamagedBackup. */
async function verifyBackup(path: string): Promise<BackupHeader> {
  let header: BackupHeader | null = null;
  await readBackup(
    path,
    (found) => {
      header = found;
    },
    () => undefined,
  );
  if (header === null) throw new DamagedBackup("it is empty");
  return header;
}

export function countRows(header: BackupHeader): number {
  return header.tables.reduce((sum, table) => sum + table.rowCount, 0);
}
