// Reads lists of CSV, with a header or without one, fields between commas, semicolons or tabs.

import { parse } from "csv-parse";
import { guessColumns, readHeader, readRecord } from "../../../core/network/subscribed-record.ts";
import type { Columns } from "../../../core/network/subscribed-record.ts";
import { CopyFault } from "./copy-fault.ts";
import type { NumberedReading } from "./read-copy.ts";

const CHUNK_BYTES = 65_536;
const RECORD_LENGTH_MAX = 16_384;

export async function* readRecordLines(bytes: Buffer): AsyncIterable<readonly NumberedReading[]> {
  const reading = createReading();
  const parser = parse({
    bom: true,
    comment: "#",
    delimiter: [",", ";", "\t"],
    relaxColumnCount: true,
    relaxQuotes: true,
    skipEmptyLines: true,
    maxRecordSize: RECORD_LENGTH_MAX,
    trim: true,
    onRecord: (record: readonly string[], { lines }) => {
      reading.take(record, lines);
      return null;
    },
  });
  // Told to whoever writes; without a listener it would end the process.
  parser.on("error", () => undefined);
  try {
    for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
      await write(parser, bytes.subarray(from, from + CHUNK_BYTES));
      yield reading.takeBatch();
    }
    await write(parser, null);
  } catch (error) {
    const { code } = error as { readonly code?: string };
    if (code?.startsWith("CSV_") !== true) throw error;
    throw new CopyFault("it is no CSV: a quoted field does not end, or a line is too long");
  } finally {
    parser.destroy();
  }
  yield reading.takeBatch();
}

/** `null`: there is no more. */
function write(parser: ReturnType<typeof parse>, chunk: Buffer | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null): void => (error == null ? resolve() : reject(error));
    if (chunk === null) parser.end(done);
    else parser.write(chunk, done);
  });
}

function createReading() {
  let columns: Columns | null = null;
  let batch: NumberedReading[] = [];
  return {
    take(fields: readonly string[], line: number): void {
      if (columns === null) {
        columns = readHeader(fields);
        if (columns !== null) return;
        columns = guessColumns(fields);
      }
      // A record before anything is known of the columns: its first field says what is wrong.
      const reading = columns === null ? (fields[0] ?? "") : readRecord(fields, columns);
      batch.push({ line, reading });
    },
    takeBatch(): readonly NumberedReading[] {
      const taken = batch;
      batch = [];
      return taken;
    },
  };
}
