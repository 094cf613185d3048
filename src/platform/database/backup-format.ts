// The lines of a backup: one format for both engines, so that a store can move between them.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import type { ColumnType } from "./insert-many.ts";

export const BACKUP_FORMAT = "postern-backup";
export const BACKUP_VERSION = 1;

export type BackupTable = {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  readonly rowCount: number;
};

/** First line. Then per table its rows in this order, each an array; last `{"sha256":…}`. */
export type BackupHeader = {
  readonly format: typeof BACKUP_FORMAT;
  readonly version: number;
  readonly schemaNumber: number;
  readonly createdAtMs: number;
  readonly tables: readonly BackupTable[];
};

export type BackupRow = { readonly table: BackupTable; readonly cells: readonly unknown[] };

/** A backup that cannot be trusted. The message says why, in one line. */
export class DamagedBackup extends Error {}

/** JSON has no bytes: they travel as base64, by the column's type. */
export function encodeRow(row: Record<string, unknown>, table: BackupTable): string {
  return JSON.stringify(
    table.columns.map(({ name, type }) => {
      const value = row[name];
      return type === "blob" && value !== null
        ? Buffer.from(value as Uint8Array).toString("base64")
        : value;
    }),
  );
}

/**
 * Reads a whole backup, telling `onHeader` once and `onRow` for each row, in order. Rejects with
 * DamagedBackup when anything is missing, changed or too much; what was told before is then void.
 */
export async function readBackup(
  path: string,
  onHeader: (header: BackupHeader) => Promise<void> | void,
  onRow: (row: BackupRow) => Promise<void> | void,
): Promise<void> {
  const hash = createHash("sha256");
  let header: BackupHeader | null = null;
  let tableIndex = 0;
  let rowsLeft = 0;
  let isEnded = false;

  async function takeLine(line: string): Promise<void> {
    if (isEnded) throw new DamagedBackup("there are lines after its end");
    if (header === null) {
      header = parseHeader(line);
      rowsLeft = header.tables[0]?.rowCount ?? 0;
      await onHeader(header);
    } else if (line.startsWith("{")) {
      checkEnd(line, hash.digest("hex"), isComplete(header));
      isEnded = true;
      return;
    } else {
      await onRow(nextRow(header, line));
    }
    hash.update(line).update("\n");
  }

  function isComplete(known: BackupHeader): boolean {
    return rowsLeft === 0 && known.tables.slice(tableIndex + 1).every((t) => t.rowCount === 0);
  }

  function nextRow(known: BackupHeader, line: string): BackupRow {
    while (rowsLeft === 0 && tableIndex < known.tables.length - 1) {
      tableIndex += 1;
      rowsLeft = known.tables[tableIndex]?.rowCount ?? 0;
    }
    const table = known.tables[tableIndex];
    if (table === undefined || rowsLeft === 0) throw new DamagedBackup("it has too many rows");
    rowsLeft -= 1;
    return { table, cells: decodeRow(line, table) };
  }

  const file = createReadStream(path);
  const source = createGunzip();
  // Not stream.pipeline: it tells of an abort instead of the reader's own error.
  file.once("error", (error) => source.destroy(error));
  try {
    for await (const line of splitLines(file.pipe(source))) await takeLine(line);
  } catch (error) {
    throw asDamage(error);
  } finally {
    file.destroy();
    source.destroy();
  }
  if (!isEnded) throw new DamagedBackup("its end is missing");
}

function asDamage(error: unknown): unknown {
  const { code } = error as { readonly code?: string };
  const isUnreadable = error instanceof SyntaxError || error instanceof TypeError;
  if (code?.startsWith("Z_") === true || isUnreadable) {
    return new DamagedBackup("it is cut short or not a backup");
  }
  return error;
}

/** Node's readline also splits at U+2028 and U+2029, which JSON leaves inside of strings. */
async function* splitLines(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  for await (const chunk of source) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest + decoder.decode() !== "") throw new DamagedBackup("its last line is cut short");
}

function parseHeader(line: string): BackupHeader {
  const header = JSON.parse(line) as BackupHeader;
  if (header.format !== BACKUP_FORMAT) throw new DamagedBackup("it is not a backup of Postern");
  if (header.version !== BACKUP_VERSION) {
    throw new DamagedBackup(`its format is ${header.version}, not ${BACKUP_VERSION}`);
  }
  return header;
}

function checkEnd(line: string, digest: string, isComplete: boolean): void {
  const { sha256 } = JSON.parse(line) as { readonly sha256?: string };
  if (sha256 !== digest) throw new DamagedBackup("its content does not match its checksum");
  if (!isComplete) throw new DamagedBackup("it has too few rows");
}

function decodeRow(line: string, table: BackupTable): readonly unknown[] {
  const cells = JSON.parse(line) as unknown;
  if (!Array.isArray(cells) || cells.length !== table.columns.length) {
    throw new DamagedBackup(`a row of ${table.name} has the wrong length`);
  }
  return cells.map((value: unknown, index) =>
    table.columns[index]?.type === "blob" && typeof value === "string"
      ? Buffer.from(value, "base64")
      : value,
  );
}
