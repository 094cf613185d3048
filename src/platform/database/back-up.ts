// Writes a backup of a running store into one file.
import { createHash } from "node:crypto";
import { createWriteStream, existsSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { sql } from "kysely";
import type { Kysely } from "kysely";
import { BACKUP_FORMAT, BACKUP_VERSION, encodeRow } from "./backup-format.ts";
import type { BackupHeader, BackupTable } from "./backup-format.ts";
import type { Database, Engine, ReadDatabase } from "./database.ts";
import { describeTables } from "./describe-schema.ts";
import { readSchemaNumber } from "./migrate.ts";
import { syncPath } from "./open-sqlite-file.ts";

export type BackUpOutcome =
  | { readonly ok: true; readonly rowCount: number; readonly schemaNumber: number }
  | { readonly ok: false; readonly kind: "exists"; readonly message: string };

const ROWS_PER_CHUNK = 1000;

/**
 * All tables as they are at one moment, while the store goes on. The file (mode 0600) appears under
 * its name only when it is whole and on disk; an existing file is never written over.
 */
export async function backUpTo<Schema>(
  database: Database<Schema>,
  path: string,
  nowMs: number,
): Promise<BackUpOutcome> {
  if (existsSync(path)) {
    return { ok: false, kind: "exists", message: `${path} exists already: name a new file.` };
  }
  const partial = `${path}.partial`;
  try {
    const header = await database.snapshot(async (read) => {
      const made = await makeHeader(read, database.engine, nowMs);
      const output = createWriteStream(partial, { mode: 0o600 });
      await pipeline(writeLines(read, made), createGzip({ level: 5 }), output);
      return made;
    });
    syncPath(partial);
    renameSync(partial, path);
    syncPath(dirname(path));
    const rowCount = header.tables.reduce((sum, table) => sum + table.rowCount, 0);
    return { ok: true, rowCount, schemaNumber: header.schemaNumber };
  } finally {
    rmSync(partial, { force: true });
  }
}

async function makeHeader<Schema>(
  read: ReadDatabase<Schema>,
  engine: Engine,
  nowMs: number,
): Promise<BackupHeader> {
  const tables: BackupTable[] = [];
  for (const table of await describeTables(read, engine)) {
    // The record of the migrations is made anew by a restore.
    if (table.name === "schema_migration") continue;
    const query = sql<{ count: number }>`select count(*) as count from ${sql.table(table.name)}`;
    const { rows } = await query.execute(read);
    const columns = table.columns.map(({ name, type }) => ({ name, type }));
    tables.push({ name: table.name, columns, rowCount: rows[0]?.count ?? 0 });
  }
  const schemaNumber = await readSchemaNumber(read, engine);
  return {
    format: BACKUP_FORMAT,
    version: BACKUP_VERSION,
    schemaNumber,
    createdAtMs: nowMs,
    tables,
  };
}

async function* writeLines<Schema>(
  read: ReadDatabase<Schema>,
  header: BackupHeader,
): AsyncGenerator<string> {
  const hash = createHash("sha256");
  const hashed = (text: string): string => {
    hash.update(text);
    return text;
  };
  yield hashed(`${JSON.stringify(header)}\n`);
  const db = read as unknown as Kysely<Record<string, Record<string, unknown>>>;
  for (const table of header.tables) {
    const rows = db.selectFrom(table.name).select(table.columns.map((column) => column.name));
    let chunk: string[] = [];
    for await (const row of rows.stream(ROWS_PER_CHUNK)) {
      chunk.push(`${encodeRow(row, table)}\n`);
      if (chunk.length === ROWS_PER_CHUNK) {
        yield hashed(chunk.join(""));
        chunk = [];
      }
    }
    yield hashed(chunk.join(""));
  }
  yield `${JSON.stringify({ sha256: hash.digest("hex") })}\n`;
}
