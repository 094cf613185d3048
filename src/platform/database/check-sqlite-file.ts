// Judges a store's files before SQLite touches them, so that damage is never taken for emptiness.
import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";

export type SqliteFileState =
  | { readonly kind: "absent" }
  | { readonly kind: "present"; readonly sizeBytes: number; readonly wasStoppedCleanly: boolean }
  | { readonly kind: "damaged"; readonly message: string };

const HEADER_TEXT = "SQLite format 3\0";
const HEADER_BYTES = 100;
/** A write-ahead log no longer than its header holds no frame (sqlite.org/fileformat2.html). */
const WAL_HEADER_BYTES = 32;

/** The one sentence that ends every refusal of a damaged store. */
export const RESTORE_ADVICE = "Put a backup back with: postern restore FILE";

/**
 * Looks at names, sizes and the header only: microseconds. `hadStore`: this directory is known to
 * have held a store, so that a missing file is a loss and not a first start.
 */
export function checkSqliteFile(file: string, hadStore: boolean): SqliteFileState {
  const name = basename(file);
  const walBytes = existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0;
  const hasFrames = walBytes > WAL_HEADER_BYTES;
  if (!existsSync(file)) {
    if (hasFrames) return damaged(`${name} is missing beside its write-ahead log`);
    if (hadStore) return damaged(`${name} is missing from a data directory that held a store`);
    return { kind: "absent" };
  }
  const sizeBytes = statSync(file).size;
  if (sizeBytes < HEADER_BYTES) return damaged(`${name} is cut short (${sizeBytes} bytes)`);
  const header = readHeader(file);
  if (header.toString("latin1", 0, 16) !== HEADER_TEXT) {
    return damaged(`${name} is not an SQLite database`);
  }
  const pageBytes = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const expectedBytes = pageBytes * header.readUInt32BE(28);
  // A checkpoint writes page 1 first: with frames left in the log a short file is repaired by it.
  if (!hasFrames && sizeBytes < expectedBytes) {
    return damaged(`${name} is cut short (${sizeBytes} of ${expectedBytes} bytes)`);
  }
  return { kind: "present", sizeBytes, wasStoppedCleanly: walBytes === 0 };
}

function damaged(what: string): SqliteFileState {
  return { kind: "damaged", message: `The store is damaged: ${what}. ${RESTORE_ADVICE}` };
}

function readHeader(file: string): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  const descriptor = openSync(file, "r");
  try {
    readSync(descriptor, header, 0, HEADER_BYTES, 0);
  } finally {
    closeSync(descriptor);
  }
  return header;
}
