// Reads uploaded lists: plain text, CSV and NDJSON give the same lines, a batch at a time.

import type { Readable } from "node:stream";
import { trimBlanks } from "../../core/network/address-characters.ts";
import { readCsvLines } from "./entry-csv.ts";

export type EntryFormat = "text" | "csv" | "ndjson";

/** What one line says, unchecked; null where the line leaves it out. */
export type EntryLine =
  | {
      readonly line: number;
      readonly range: unknown;
      readonly action: unknown;
      readonly note: unknown;
      readonly expiresAt: unknown;
    }
  | EntryLineFault;

/** `isFatal`: nothing after it can be read either. */
export type EntryLineFault = {
  readonly line: number;
  readonly fault: string;
  readonly isFatal: boolean;
};

/** A real line has some 600 bytes at most. */
export const LINE_LENGTH_MAX = 4096;

/** Checked and stored between two turns of the event loop, in a few milliseconds. */
const BATCH_LINES = 500;

/** Ends after the first fatal fault. Batches keep a million lines from being a million awaits. */
export function readEntryLines(
  body: Readable,
  format: EntryFormat,
): AsyncIterable<readonly EntryLine[]> {
  switch (format) {
    case "text":
      return readLines(body, readTextLine);
    case "ndjson":
      return readLines(body, readJsonLine);
    case "csv":
      return readCsvLines(body);
    default:
      return format satisfies never;
  }
}

type ReadLine = (line: number, text: string) => EntryLine | null;

/** Lines end with LF, CRLF or CR; the last one need not end at all. */
async function* readLines(body: Readable, read: ReadLine): AsyncIterable<readonly EntryLine[]> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  let line = 0;
  const take = (texts: readonly string[]): EntryLine[] => {
    const batch: EntryLine[] = [];
    for (const text of texts) {
      line += 1;
      const item = text.length > LINE_LENGTH_MAX ? tooLong(line) : read(line, text);
      if (item !== null) batch.push(item);
    }
    return batch;
  };
  try {
    for await (const chunk of body) {
      rest += decoder.decode(chunk as Buffer, { stream: true });
      const texts = rest.split(/\r\n|\n|\r(?!$)/);
      rest = texts.pop()!;
      if (rest.length > LINE_LENGTH_MAX) texts.push(rest);
      for (let at = 0; at < texts.length; at += BATCH_LINES) {
        const batch = take(texts.slice(at, at + BATCH_LINES));
        yield batch;
        if (batch.some(isFatal)) return;
      }
    }
    rest += decoder.decode();
  } catch (error) {
    // TextDecoder's way of saying that bytes are not UTF-8 (Encoding Standard).
    if (!(error instanceof TypeError)) throw error;
    yield [{ line: line + 1, fault: "The list must be UTF-8 text.", isFatal: true }];
    return;
  }
  const last = rest.endsWith("\r") ? rest.slice(0, -1) : rest;
  if (last !== "") yield take([last]);
}

export function tooLong(line: number): EntryLineFault {
  const fault = `The line is longer than ${LINE_LENGTH_MAX} characters.`;
  return { line, fault, isFatal: true };
}

export function isFatal(item: EntryLine): boolean {
  return "fault" in item && item.isFatal;
}

/** An address, block or range; what follows `#` is its note. Empty lines say nothing. */
function readTextLine(line: number, text: string): EntryLine | null {
  const hash = text.indexOf("#");
  const range = trimBlanks(hash === -1 ? text : text.slice(0, hash));
  if (range === "") return null;
  const note = hash === -1 ? "" : text.slice(hash + 1).trim();
  return { line, range, action: null, note: note === "" ? null : note, expiresAt: null };
}

const JSON_KEYS = new Set(["range", "action", "note", "expiresAt"]);
const JSON_EXAMPLE = 'Each line must be one JSON object such as {"range":"203.0.113.7"}.';

function readJsonLine(line: number, text: string): EntryLine | null {
  if (text.trim() === "") return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { line, fault: JSON_EXAMPLE, isFatal: false };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { line, fault: JSON_EXAMPLE, isFatal: false };
  }
  const unknown = Object.keys(value).find((key) => !JSON_KEYS.has(key));
  if (unknown !== undefined) {
    const named = JSON.stringify(unknown);
    const fault = `Unknown field ${named}; accepted: range, action, note, expiresAt.`;
    return { line, fault, isFatal: false };
  }
  const fields = value as Readonly<Record<string, unknown>>;
  return {
    line,
    range: fields["range"],
    action: fields["action"] ?? null,
    note: fields["note"] ?? null,
    expiresAt: fields["expiresAt"] ?? null,
  };
}
