// Holds a data directory for one writing process, by a lock that dies with the process.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SqliteBinding } from "./sqlite-binding.ts";

export type DataDirectoryLock = {
  /** Writes who holds the lock. Called only once the store's file exists: see `hasHeldStore`. */
  recordOwner(): void;
  release(): void;
};

export type LockOutcome =
  | { readonly ok: true; readonly lock: DataDirectoryLock }
  | { readonly ok: false; readonly pid: number | null };

/** The file that names the holder; kept after a stop as the sign that a store was here. */
export function ownerFileOf(dataDirectory: string): string {
  return join(dataDirectory, "postern.pid");
}

/**
 * Takes the lock without waiting. Node has no flock; an exclusive transaction on an empty SQLite
 * file holds the operating system's own file lock, which ends with the process, also on kill -9.
 *
 * INVARIANT: nothing in the holding process opens and closes `postern.lock` by other means: POSIX
 * drops all locks a process has on a file when it closes any descriptor of it. Hence two files.
 */
export function lockDataDirectory(binding: SqliteBinding, dataDirectory: string): LockOutcome {
  const connection = binding.open(join(dataDirectory, "postern.lock"), { readOnly: false });
  try {
    connection.exec("pragma busy_timeout = 0; begin exclusive");
  } catch (error) {
    connection.close();
    if ((error as { errcode?: number }).errcode !== 5) throw error;
    return { ok: false, pid: readOwner(dataDirectory) };
  }
  const lock: DataDirectoryLock = {
    recordOwner: () =>
      writeFileSync(ownerFileOf(dataDirectory), `${process.pid}\n`, { mode: 0o600 }),
    release: () => connection.close(),
  };
  return { ok: true, lock };
}

/** What to tell whoever comes second. */
export function describeLockRefusal(pid: number | null): string {
  const who = pid === null ? "" : ` (pid ${pid})`;
  return `Another Postern process${who} writes this data directory.`;
}

function readOwner(dataDirectory: string): number | null {
  try {
    const pid = Number(readFileSync(ownerFileOf(dataDirectory), "utf8").trim());
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}
