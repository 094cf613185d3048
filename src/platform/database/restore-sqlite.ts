// Restores into SQLite: a new file is built beside the old one and takes its name at the end.
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describeLockRefusal, lockDataDirectory } from "./data-directory-lock.ts";
import type { DataDirectoryLock } from "./data-directory-lock.ts";
import { loadBackup } from "./load-backup.ts";
import { createDatabase } from "./open-database.ts";
import { openSqliteEngine } from "./open-sqlite-engine.ts";
import { syncPath } from "./open-sqlite-file.ts";
import { countRows } from "./restore.ts";
import type { EngineRestoreInput, RestoreOutcome } from "./restore.ts";
import { loadSqliteBinding } from "./sqlite-binding.ts";
import type { SqliteBinding } from "./sqlite-binding.ts";

const SUFFIXES = ["", "-wal", "-shm"] as const;

export async function restoreSqlite<Schema>(
  input: EngineRestoreInput<Schema>,
): Promise<RestoreOutcome> {
  const loaded = await loadSqliteBinding();
  if (!loaded.ok) return { ok: false, kind: "refused", message: loaded.message };
  mkdirSync(input.dataDirectory, { recursive: true, mode: 0o700 });
  const held = lockDataDirectory(loaded.binding, input.dataDirectory);
  if (!held.ok) {
    const message = `${describeLockRefusal(held.pid)} Stop it, then restore.`;
    return { ok: false, kind: "in-use", message };
  }
  const file = join(input.dataDirectory, input.fileName);
  const fresh = `${file}.restoring`;
  try {
    removeFiles(fresh);
    await buildFile(input);
    const replacedFile = takePlace(loaded.binding, { file, fresh, ...input, lock: held.lock });
    return { ok: true, rowCount: countRows(input.header), replacedFile };
  } finally {
    removeFiles(fresh);
    held.lock.release();
  }
}

async function buildFile<Schema>(input: EngineRestoreInput<Schema>): Promise<void> {
  const { dataDirectory, fileName } = input;
  const opened = await openSqliteEngine<Schema>({
    dataDirectory,
    fileName: `${fileName}.restoring`,
    takesLock: false,
    onLost: () => undefined,
  });
  if (!opened.ok) throw new Error(opened.problem.message);
  const database = createDatabase(opened.handle, false);
  try {
    await database.transaction((trx) => loadBackup(trx, { ...input, engine: "sqlite" }));
  } finally {
    // Writes the log back: the new file is whole without it.
    await database.close();
  }
}

type Place = {
  readonly file: string;
  readonly fresh: string;
  readonly dataDirectory: string;
  readonly lock: DataDirectoryLock;
};

/**
 * INVARIANT: the old file's log is gone before the new file takes the name: SQLite would play the
 * frames of the old log into the new file. A kill at any point leaves the old store or the new one.
 */
function takePlace(binding: SqliteBinding, place: Place): string | null {
  const { file, fresh, dataDirectory, lock } = place;
  const replaced = `${file}.replaced`;
  const hadFile = existsSync(file);
  const hadLog = existsSync(`${file}-wal`);
  if (hadFile || hadLog) removeFiles(replaced);
  if (hadFile) writeLogBack(binding, file);
  // Still there only when the old store is damaged: kept for whoever wants to look at it.
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${replaced}-wal`);
  rmSync(`${file}-shm`, { force: true });
  syncPath(dataDirectory);
  if (hadFile) copyFileSync(file, replaced);
  syncPath(fresh);
  renameSync(fresh, file);
  syncPath(dataDirectory);
  lock.recordOwner();
  return hadFile || hadLog ? replaced : null;
}

function writeLogBack(binding: SqliteBinding, file: string): void {
  try {
    const connection = binding.open(file, { readOnly: false });
    connection.exec("pragma wal_checkpoint(truncate)");
    connection.close();
  } catch {
    // Damaged: that is why it is being restored.
  }
}

function removeFiles(file: string): void {
  for (const suffix of SUFFIXES) rmSync(`${file}${suffix}`, { force: true });
}
