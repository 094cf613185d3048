// Reads the map of a recordings import: a CSV file that says of each audio file what it is.
import { readFile } from "node:fs/promises";
import { isAbsolute, normalize } from "node:path";
import { parse } from "csv-parse/sync";
import { CALLER_LENGTH_MAX, RECORDING_NAME_LENGTH_MAX } from "../api/recordings-api.ts";
import { parsePhoneNumber } from "../core/accounts/phone-number.ts";
import { CliError } from "./cli-error.ts";
import { checkFile } from "./open-file.ts";
import { parseTime } from "./parse-duration.ts";

export type MappedRecording = {
  /** In the map, from 1. */
  readonly line: number;
  /** Relative to the folder that is imported. */
  readonly file: string;
  /** E.164. */
  readonly number: string;
  /** RFC 3339, UTC. */
  readonly recordedAt: string;
  readonly caller: string;
  readonly name: string;
};

export type MapError = { readonly line: number; readonly message: string };

export type RecordingMap = {
  readonly recordings: readonly MappedRecording[];
  readonly errors: readonly MapError[];
};

export const MAP_COLUMNS = ["file", "number", "recorded_at", "caller", "name"] as const;
type Column = (typeof MAP_COLUMNS)[number];

const COLUMNS_NEEDED: readonly Column[] = ["file", "number", "recorded_at"];
const ACCEPTED =
  `the first line names the columns ${COLUMNS_NEEDED.join(", ")} and, where they are known, ` +
  "caller and name; the others have a value for each, separated by commas";
// C0 and C1 controls: what is one line of text has none.
const CONTROL = /\p{Cc}/u;

/** Every mistake is told with its line. Throws `CliError` for a file that is no such map. */
export async function readRecordingMap(path: string): Promise<RecordingMap> {
  await checkFile(path);
  const rows = parseRows(path, decode(path, await readFile(path)));
  const header = rows.shift();
  if (header === undefined) throw new CliError(`${path} is empty; ${ACCEPTED}`);
  const columns = readHeader(path, header.record);
  const recordings: MappedRecording[] = [];
  const errors: MapError[] = [];
  const lineOfFile = new Map<string, number>();
  for (const { record, line } of rows) {
    const read = readRow(columns, { record, line });
    const earlier = typeof read === "string" ? undefined : lineOfFile.get(read.file);
    if (typeof read === "string") errors.push({ line, message: read });
    else if (earlier === undefined) {
      lineOfFile.set(read.file, line);
      recordings.push(read);
    } else errors.push({ line, message: `line ${earlier} names ${read.file} already` });
  }
  if (rows.length === 0) throw new CliError(`${path} names no file; ${ACCEPTED}`);
  return { recordings, errors };
}

type Row = { readonly record: readonly string[]; readonly line: number };

function parseRows(path: string, text: string): Row[] {
  try {
    // The types of csv-parse do not say what `info` makes of a record.
    const parsed = parse(text, { info: true, relaxColumnCount: true, skipEmptyLines: true });
    return (parsed as unknown as ParsedRecord[]).map(({ record, info }) => {
      return { record: record.map((value) => value.trim()), line: info.lines };
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CliError(`${path} cannot be read as CSV: ${why}; ${ACCEPTED}`);
  }
}

type ParsedRecord = {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
};

function decode(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new CliError(`${path} is not UTF-8; save it as CSV in UTF-8`);
  }
}

function readHeader(path: string, record: readonly string[]): readonly Column[] {
  const names = record.map((name) => name.toLowerCase());
  const odd = names.find((name) => !(MAP_COLUMNS as readonly string[]).includes(name));
  const isMissing = COLUMNS_NEEDED.some((name) => !names.includes(name));
  if (odd === undefined && !isMissing && new Set(names).size === names.length) {
    return names as Column[];
  }
  const what = odd === undefined ? "misses a column or has one twice" : `has a column "${odd}"`;
  throw new CliError(`${path} ${what}; ${ACCEPTED}`);
}

/** The recording, or what is wrong with the row. */
function readRow(columns: readonly Column[], { record, line }: Row): MappedRecording | string {
  if (record.length !== columns.length) {
    return `it has ${record.length} values, and the first line names ${columns.length} columns`;
  }
  const valueOf = (column: Column): string => record[columns.indexOf(column)] ?? "";
  const file = normalize(valueOf("file"));
  if (valueOf("file") === "" || isAbsolute(file) || file.split("/")[0] === "..") {
    return "file is the path of a file below the folder, such as 2026/call-17.wav";
  }
  const parsed = parsePhoneNumber(valueOf("number"));
  if (!parsed.ok) return parsed.reason;
  const recordedAt = readTime(valueOf("recorded_at"));
  if (recordedAt === null) {
    return "recorded_at is a time such as 2026-11-20T09:30:00Z, or a day such as 2026-11-20";
  }
  const caller = valueOf("caller");
  const name = valueOf("name");
  if (caller.length > CALLER_LENGTH_MAX || CONTROL.test(caller)) {
    return `caller is one line of at most ${CALLER_LENGTH_MAX} characters`;
  }
  if (name.length > RECORDING_NAME_LENGTH_MAX || CONTROL.test(name)) {
    return `name is one line of at most ${RECORDING_NAME_LENGTH_MAX} characters`;
  }
  return { line, file, number: parsed.number, recordedAt, caller, name };
}

function readTime(text: string): string | null {
  try {
    return parseTime(text);
  } catch {
    return null;
  }
}
