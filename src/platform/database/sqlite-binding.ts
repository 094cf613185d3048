// Picks the SQLite library: Node's own when it is new enough, else the packaged one.
import type { DatabaseSyncInstance, StatementSyncInstance } from "@photostructure/sqlite";

export type SqliteConnection = DatabaseSyncInstance;
export type SqliteStatement = StatementSyncInstance;

export type SqliteBinding = {
  readonly version: string;
  /** Node's own module binds every JS number as REAL; the packaged one tells integers apart. */
  readonly bindsNumbersAsReal: boolean;
  open(file: string, options: { readonly readOnly: boolean }): SqliteConnection;
};

export type SqliteBindingOutcome =
  | { readonly ok: true; readonly binding: SqliteBinding }
  | { readonly ok: false; readonly message: string };

/** Older ones can damage a WAL database when a checkpoint meets a commit (sqlite.org/wal.html). */
const VERSION_MIN = "3.51.3";

type SqliteModule = {
  readonly DatabaseSync: new (file: string, options: object) => SqliteConnection;
};

/** True when the dotted version `version` is `minimum` or newer. */
function isVersionAtLeast(version: string, minimum: string): boolean {
  const have = version.split(".").map(Number);
  const want = minimum.split(".").map(Number);
  for (let index = 0; index < want.length; index += 1) {
    const difference = (have[index] ?? 0) - (want[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Loads the library and asks the loaded code itself for its version. */
export async function loadSqliteBinding(): Promise<SqliteBindingOutcome> {
  const builtInVersion = process.versions["sqlite"];
  const isBuiltInUsable =
    builtInVersion !== undefined && isVersionAtLeast(builtInVersion, VERSION_MIN);
  // A name in a variable: Node 20 has no such module, and its type package does not know it.
  const name: string = isBuiltInUsable ? "node:sqlite" : "@photostructure/sqlite";
  let sqlite: SqliteModule;
  try {
    sqlite = (await import(name)) as SqliteModule;
  } catch (error) {
    return { ok: false, message: `The SQLite library ${name} cannot be loaded: ${String(error)}` };
  }
  const probe = new sqlite.DatabaseSync(":memory:", {});
  const row = probe.prepare("select sqlite_version() as version, typeof(?) as bound").get(1) as {
    readonly version: string;
    readonly bound: string;
  };
  probe.close();
  if (!isVersionAtLeast(row.version, VERSION_MIN)) {
    const message = `SQLite ${VERSION_MIN} or newer is needed; ${name} brings ${row.version}.`;
    return { ok: false, message };
  }
  return {
    ok: true,
    binding: {
      version: row.version,
      bindsNumbersAsReal: row.bound === "real",
      open: (file, options) => new sqlite.DatabaseSync(file, { ...options, defensive: true }),
    },
  };
}
