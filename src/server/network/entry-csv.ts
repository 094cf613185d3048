// Reads and writes address lists as CSV, so that an import takes what an export gave.

import type { Readable } from "node:stream";
import { parse } from "csv-parse";
import { trimBlanks } from "../../core/network/address-characters.ts";
import { LINE_LENGTH_MAX, tooLong } from "./entry-lines.ts";
import type { EntryLine } from "./entry-lines.ts";

export const CSV_COLUMNS = ["range", "action", "note", "expiresAt"] as const;

type CsvRecord = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

const BATCH_LINES = 500;

const CSV_ACCEPTED =
  "A quoted field begins right after the comma and ends right before the next one; a quote in it " +
  "is written twice.";

/** With a header line that names the columns, or without one in the order of CSV_COLUMNS. */
export async function* readCsvLines(body: Readable): AsyncIterable<readonly EntryLine[]> {
  const parser = parse({
    bom: true,
    info: true,
    relaxColumnCount: true,
    skipEmptyLines: true,
    // Fields are trimmed below: csv-parse would also take away byte order marks and other odd
    // characters that the one parser of addresses refuses everywhere else.
    maxRecordSize: LINE_LENGTH_MAX,
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
        const names = readHeader(record);
        header = names ?? CSV_COLUMNS;
        if (names !== null) {
          const fault = describeHeaderFault(names);
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
    const { code } = error as { readonly code?: string };
    if (code?.startsWith("CSV_") !== true) throw error;
    const isTooLong = code === "CSV_MAX_RECORD_SIZE";
    const fault = `${(error as Error).message.split(/[,:]/)[0]!}. ${CSV_ACCEPTED}`;
    batch.push(isTooLong ? tooLong(line + 1) : { line: line + 1, fault, isFatal: true });
  }
  yield batch;
}

function readHeader(record: readonly string[]): readonly string[] | null {
  const names = record.map(trimBlanks);
  return names.includes("range") ? names : null;
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
  const field = (name: string): string | null =>
    trimBlanks(record[header.indexOf(name)] ?? "") || null;
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
