// Opens a store's SQLite file as the writing or the reading connection, with every safety setting.
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync } from "node:fs";
import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { checkSqliteFile, RESTORE_ADVICE } from "./check-sqlite-file.ts";
import { describeLockRefusal, lockDataDirectory, ownerFileOf } from "./data-directory-lock.ts";
import type { DataDirectoryLock } from "./data-directory-lock.ts";
import type { SqliteBinding, SqliteConnection } from "./sqlite-binding.ts";
import type { OpenProblem, SqliteThreadData } from "./sqlite-message.ts";

export type SqliteFileOutcome =
  | {
      readonly ok: true;
      readonly connection: SqliteConnection;
      readonly lock: DataDirectoryLock | null;
    }
  | { readonly ok: false; readonly problem: OpenProblem };

/** Above this a full check costs more than half a second; then only after an unclean stop. */
const CHECK_ALWAYS_MAX_BYTES = 32 * 1024 * 1024;
const CHECK_MAX_BYTES = 512 * 1024 * 1024;

const SETTINGS = `
  pragma busy_timeout = 5000;
  pragma foreign_keys = on;
  pragma trusted_schema = off;
  pragma cell_size_check = on;
  pragma temp_store = memory;
`;
/** Pages kept, in KiB: an import writes all over its indexes; readers have SQLite's own 2,000. */
const WRITER_CACHE = "pragma cache_size = -8000;";

/** For the writer takes the lock, creates what is absent, checks what is there. */
export function openSqliteFile(binding: SqliteBinding, data: SqliteThreadData): SqliteFileOutcome {
  const file = join(data.dataDirectory, data.fileName);
  if (data.role === "reader") {
    const connection = binding.open(file, { readOnly: true });
    connection.exec(SETTINGS);
    return { ok: true, connection, lock: null };
  }
  mkdirSync(data.dataDirectory, { recursive: true, mode: 0o700 });
  let lock: DataDirectoryLock | null = null;
  if (data.takesLock) {
    const outcome = lockDataDirectory(binding, data.dataDirectory);
    if (!outcome.ok) {
      return { ok: false, problem: { kind: "locked", message: describeLockRefusal(outcome.pid) } };
    }
    lock = outcome.lock;
  }
  const hadStore = data.takesLock && existsSync(ownerFileOf(data.dataDirectory));
  const state = checkSqliteFile(file, hadStore);
  if (state.kind === "damaged") {
    lock?.release();
    return { ok: false, problem: { kind: "damaged", message: state.message } };
  }
  if (state.kind === "absent") createSqliteFile(binding, file, data.dataDirectory);
  try {
    const connection = binding.open(file, { readOnly: false });
    connection.exec(
      `${SETTINGS} ${WRITER_CACHE} pragma synchronous = full; ` +
        "pragma journal_size_limit = 67108864;",
    );
    const isCheckDue =
      state.kind === "present" &&
      state.sizeBytes <= (state.wasStoppedCleanly ? CHECK_ALWAYS_MAX_BYTES : CHECK_MAX_BYTES);
    checkContent(connection, isCheckDue);
    lock?.recordOwner();
    return { ok: true, connection, lock };
  } catch (error) {
    lock?.release();
    const reason = (error as Error).message.replaceAll(/\s+/g, " ");
    const message = `The store is damaged: ${reason}. ${RESTORE_ADVICE}`;
    return { ok: false, problem: { kind: "damaged", message } };
  }
}

/**
 * INVARIANT: a store's file appears under its name only when it is a whole database. So a file
 * without a header, or of no length, is always damage and never a first start cut short.
 */
function createSqliteFile(binding: SqliteBinding, file: string, dataDirectory: string): void {
  const fresh = `${file}.new`;
  for (const suffix of ["", "-wal", "-shm", "-journal"])
    rmSync(`${fresh}${suffix}`, { force: true });
  const connection = binding.open(fresh, { readOnly: false });
  connection.exec("pragma journal_mode = wal; pragma user_version = 0; vacuum");
  connection.close();
  // The log and its index are created with the mode of the main file.
  chmodSync(fresh, 0o600);
  syncPath(fresh);
  renameSync(fresh, file);
  syncPath(dataDirectory);
}

/** Makes a file's content, or a directory's entries, durable. */
export function syncPath(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function checkContent(connection: SqliteConnection, isCheckDue: boolean): void {
  const mode = connection.prepare("pragma journal_mode = wal").get() as { journal_mode: string };
  if (mode.journal_mode !== "wal") throw new Error("write-ahead logging cannot be turned on");
  connection.prepare("select count(*) from sqlite_schema").get();
  if (!isCheckDue) return;
  const row = connection.prepare("pragma quick_check(1)").get() as { quick_check: string };
  if (row.quick_check !== "ok") throw new Error(row.quick_check);
}
