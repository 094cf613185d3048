// Reads and writes address lists as CSV, so that an import takes what an export gave.

import type { Readable } from "node:stream";
import { parse } from "csv-parse";
import { LINE_LENGTH_MAX } from "./entry-lines.ts";
import type { EntryLine } from "./entry-lines.ts";

export const CSV_COLUMNS = ["range", "action", "note", "expiresAt"] as const;

type CsvRecord = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

const BATCH_LINES = 500;

/** With a header line that names the columns, or without one in the order of CSV_COLUMNS. */
export async function* readCsvLines(body: Readable): AsyncIterable<readonly EntryLine[]> {
  const parser = parse({
    bom: true,
    info: true,
    relaxColumnCount: true,
    skipEmptyLines: true,
    maxRecordSize: LINE_LENGTH_MAX,
    trim: true,
  });
  body.on("error", (error) => parser.destroy(error));
  body.pipe(parser);
  let header: readonly string[] | null = null;
  let batch: EntryLine[] = [];
  let line = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
      line = info.lines;
      if (header === null) {
        header = readHeader(record) ?? CSV_COLUMNS;
        if (record.includes("range")) {
          const fault = describeHeaderFault(record);
          if (fault === null) continue;
          yield [{ line, fault, isFatal: true }];
          return;
        }
      }
      batch.push(readRecord(line, record, header));
      if (batch.length < BATCH_LINES) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith("CSV_") !== true) throw error;
    const why = (error as Error).message.split(/[,:]/)[0]!;
    batch.push({ line: line + 1, fault: `The CSV cannot be read here: ${why}.`, isFatal: true });
  }
  yield batch;
}

function readHeader(record: readonly string[]): readonly string[] | null {
  return record.includes("range") ? record : null;
}

function describeHeaderFault(names: readonly string[]): string | null {
  const unknown = names.find((name) => !(CSV_COLUMNS as readonly string[]).includes(name));
  if (unknown === undefined) return null;
  return `Unknown column ${JSON.stringify(unknown)}; accepted: ${CSV_COLUMNS.join(", ")}.`;
}

function readRecord(line: number, record: readonly string[], header: readonly string[]): EntryLine {
  if (record.length > header.length) {
    const fault = `The line has ${record.length} fields; at most ${header.length} are accepted.`;
    return { line, fault, isFatal: false };
  }
  const field = (name: string): string | null => record[header.indexOf(name)] || null;
  return {
    line,
    range: field("range") ?? "",
    action: field("action"),
    note: unquoteFormula(field("note")),
    expiresAt: field("expiresAt"),
  };
}

/** The export writes `'=…` so that spreadsheets run no note as a formula; taken back here. */
function unquoteFormula(note: string | null): string | null {
  return note !== null && /^'[=+\-@\t\r]/.test(note) ? note.slice(1) : note;
}
