// Reads and writes address lists as CSV, so that an import takes what an export gave.

import type { Readable } from "node:stream";
import { parse } from "csv-parse";
import { trimBlanks } from "../../core/network/address-characters.ts";
import { LINE_LENGTH_MAX, isFatal, tooLong } from "./entry-lines.ts";
import type { EntryLine } from "./entry-lines.ts";

export const CSV_COLUMNS = ["range", "action", "note", "expiresAt"] as const;

const CSV_ACCEPTED =
  "A quoted field begins right after the comma and ends right before the next one; a quote in it " +
  "is written twice.";

/** With a header line that names the columns, or without one in the order of CSV_COLUMNS. */
export async function* readCsvLines(body: Readable): AsyncIterable<readonly EntryLine[]> {
  const reading = createReading();
  const parser = parse({
    bom: true,
    relaxColumnCount: true,
    skipEmptyLines: true,
    // Fields are trimmed by us: csv-parse would also take away byte order marks and other odd
    // characters, which the one parser of addresses refuses everywhere else.
    maxRecordSize: LINE_LENGTH_MAX,
    // Records are taken here and none goes through the stream, which would lose those that wait
    // in it when a later line cannot be read.
    onRecord: (record: readonly string[], { lines }) => {
      reading.take(record, lines);
      return null;
    },
  });
  // Told to whoever writes; without a listener it would end the process.
  parser.on("error", () => undefined);
  try {
    for await (const chunk of body) {
      await write(parser, chunk as Buffer);
      const batch = reading.takeBatch();
      yield batch;
      if (batch.some(isFatal)) return;
    }
    await write(parser, null);
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string };
    if (code?.startsWith("CSV_") !== true) throw error;
    const line = reading.lastLine() + 1;
    const fault = `${message.split(/[,:]/)[0]!}. ${CSV_ACCEPTED}`;
    reading.add(code === "CSV_MAX_RECORD_SIZE" ? tooLong(line) : { line, fault, isFatal: true });
  } finally {
    parser.destroy();
  }
  yield reading.takeBatch();
}

/** `null`: there is no more. Rejects with what csv-parse says of a chunk that cannot be read. */
function write(parser: ReturnType<typeof parse>, chunk: Buffer | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null): void => (error == null ? resolve() : reject(error));
    if (chunk === null) parser.end(done);
    else parser.write(chunk, done);
  });
}

function createReading() {
  let header: readonly string[] | null = null;
  let batch: EntryLine[] = [];
  let line = 0;
  let extraLines = 0;
  return {
    take(record: readonly string[], linesCounted: number): void {
      // csv-parse takes a CRLF inside quotes for two line ends.
      if (linesCounted - extraLines > line + 1) {
        extraLines += record.join().split("\r\n").length - 1;
      }
      line = linesCounted - extraLines;
      if (header !== null) {
        batch.push(readRecord(line, record, header));
        return;
      }
      const names = readHeader(record);
      header = names ?? CSV_COLUMNS;
      const fault = names === null ? noHeaderFault(record) : describeHeaderFault(names);
      if (fault !== null) batch.push({ line, fault, isFatal: true });
      else if (names === null) batch.push(readRecord(line, record, header));
    },
    add(item: EntryLine): void {
      batch.push(item);
    },
    lastLine: () => line,
    takeBatch(): readonly EntryLine[] {
      const taken = batch;
      batch = [];
      return taken;
    },
  };
}

function readHeader(record: readonly string[]): readonly string[] | null {
  const names = record.map(trimBlanks);
  return names.includes("range") ? names : null;
}

/** Names that other products give to their columns of addresses. */
const OTHER_NAMES =
  /^(?:addr|address(?:es)?|block|cidr|entry|host|ip|ips|ipv[46]|net(?:work)?|prefix|subnet)$/i;

/** A first line of words is a header whose columns are not known, and no entry. */
function noHeaderFault(record: readonly string[]): string | null {
  const names = record.map(trimBlanks);
  const areWords = names.every((name) => /^[a-z][a-z _-]*[0-9]?$/i.test(name));
  const isOurs = names.some((name) => /^(?:range|action|note|expiresAt)$/i.test(name));
  if (!areWords || !(isOurs || names.some((name) => OTHER_NAMES.test(name)))) return null;
  return (
    "This looks like a header line, and no column of it is named “range”; name the columns " +
    `${CSV_COLUMNS.join(", ")}, or leave the header out and keep that order.`
  );
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

// What spreadsheets take for the start of a formula (OWASP, CSV injection), their wide forms too.
const FORMULA = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/** A note as it stands in a CSV file: with one more quote before what spreadsheets would run. */
export function quoteFormula(note: string): string {
  return FORMULA.test(note) ? `'${note}` : note;
}

function unquoteFormula(note: string | null): string | null {
  return note !== null && note.startsWith("'") && FORMULA.test(note) ? note.slice(1) : note;
}
