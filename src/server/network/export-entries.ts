// Writes an owner's entries as the import takes them: text, CSV or NDJSON, streamed.

import { Readable } from "node:stream";
import type { Transform } from "node:stream";
import { stringify } from "csv-stringify";
import { formatRange, rangeFromKeys } from "../../core/network/address-range.ts";
import type { PolicyOwner } from "../../core/accounts/account.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import type { Database } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import { CSV_COLUMNS, quoteFormula } from "./entry-csv.ts";
import type { EntryFormat } from "./entry-lines.ts";
import { streamEntriesById } from "./entry-store.ts";
import type { StoredEntry } from "./entry-store.ts";

export const EXPORT_TYPES: Readonly<Record<EntryFormat, string>> = {
  text: "text/plain; charset=utf-8",
  csv: "text/csv; charset=utf-8; header=present",
  ndjson: "application/x-ndjson",
};

const CHUNK_CHARACTERS = 65_536;

/** Text carries no action, so it is for one action's entries; the others carry everything. */
export function exportEntries(
  database: Database<Schema>,
  order: {
    readonly owner: PolicyOwner;
    readonly format: EntryFormat;
    /** Only entries of this action; null: both. */
    readonly action: ListAction | null;
  },
): Readable {
  const entries = streamEntriesById(database.kysely, order.owner, order.action);
  if (order.format === "csv") return Readable.from(asFields(entries)).pipe(csvWriter());
  const write = order.format === "text" ? writeTextLine : writeJsonLine;
  return Readable.from(inChunks(entries, write), { objectMode: false });
}

async function* inChunks(
  entries: AsyncIterable<StoredEntry>,
  write: (entry: StoredEntry) => string,
): AsyncIterable<Buffer> {
  let text = "";
  for await (const entry of entries) {
    text += write(entry);
    if (text.length < CHUNK_CHARACTERS) continue;
    yield Buffer.from(text);
    text = "";
  }
  if (text !== "") yield Buffer.from(text);
}

export function rangeTextOf(entry: {
  readonly family: 4 | 6;
  readonly range_start: string;
  readonly range_end: string;
}): string {
  return formatRange(rangeFromKeys(entry.family, entry.range_start, entry.range_end));
}

function writeTextLine(entry: StoredEntry): string {
  const range = rangeTextOf(entry);
  return entry.note === "" ? `${range}\n` : `${range} # ${oneLine(entry.note)}\n`;
}

function oneLine(note: string): string {
  return note.replaceAll(/[\r\n]+/g, " ");
}

function fieldsOf(entry: StoredEntry): Record<(typeof CSV_COLUMNS)[number], string | null> {
  const expiresAt = entry.expires_at === null ? null : new Date(entry.expires_at).toISOString();
  return { range: rangeTextOf(entry), action: entry.action, note: entry.note, expiresAt };
}

function writeJsonLine(entry: StoredEntry): string {
  const { range, action, note, expiresAt } = fieldsOf(entry);
  const optional = {
    ...(note === "" ? {} : { note }),
    ...(expiresAt === null ? {} : { expiresAt }),
  };
  return `${JSON.stringify({ range, action, ...optional })}\n`;
}

function csvWriter(): Transform {
  return stringify({ header: true, columns: [...CSV_COLUMNS] });
}

async function* asFields(
  entries: AsyncIterable<StoredEntry>,
): AsyncIterable<ReturnType<typeof fieldsOf>> {
  for await (const entry of entries) {
    yield { ...fieldsOf(entry), note: quoteFormula(entry.note) };
  }
}
