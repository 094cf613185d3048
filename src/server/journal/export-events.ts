// Turns the journal's events into a file: CSV for spreadsheets, NDJSON for programs.
import { pipeline, Readable } from "node:stream";
import { stringify } from "csv-stringify";
import { EVENT_EXPORT_FORMATS } from "../../api/journal-api.ts";
import type { EventAnswer } from "../../api/journal-api.ts";
import type { EventCursor } from "./event-cursor.ts";
import type { EventFilter } from "./event-filter.ts";
import { toEventAnswer } from "./journal-event.ts";
import type { Accounts } from "../accounts/index.ts";
import type { Journal } from "./create-journal.ts";
import { nameOwners } from "./name-owners.ts";

export type EventExportFormat = (typeof EVENT_EXPORT_FORMATS)[number];

export const EXPORT_MEDIA_TYPES: Readonly<Record<EventExportFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  ndjson: "application/x-ndjson",
};

type ExportParts = {
  readonly journal: Pick<Journal, "listEvents">;
  readonly accounts: Pick<Accounts, "listAccounts">;
};

const PAGE_EVENTS = 1_000;

const CSV_COLUMNS = [
  "id",
  "kind",
  "firstAt",
  "lastAt",
  "count",
  "owner",
  "address",
  "surface",
  "account",
  "country",
  "verdict",
  "status",
  "reason",
  "actor",
  "userId",
  "detail",
] as const satisfies readonly (keyof EventAnswer)[];

/**
 * Newest first, read page by page as fast as the client takes it: a transaction held open by a
 * slow client would keep the store's log from being written back.
 */
export function exportEvents(
  parts: ExportParts,
  filter: EventFilter,
  format: EventExportFormat,
): Readable {
  if (format === "ndjson") return Readable.from(ndjsonLines(parts, filter));
  const csv = stringify({
    header: true,
    columns: [...CSV_COLUMNS],
    // A cell that a spreadsheet would run as a formula gets a quote before it (ASVS 1.2.10).
    escape_formulas: true,
    cast: { object: (value) => JSON.stringify(value) },
  });
  // A client that goes away ends the reading; an error of the reading ends the answer.
  return pipeline(Readable.from(eachEvent(parts, filter)), csv, () => undefined);
}

async function* ndjsonLines(parts: ExportParts, filter: EventFilter): AsyncGenerator<string> {
  for await (const event of eachEvent(parts, filter)) yield `${JSON.stringify(event)}\n`;
}

async function* eachEvent(
  { journal, accounts }: ExportParts,
  filter: EventFilter,
): AsyncGenerator<EventAnswer> {
  let after: EventCursor | null = null;
  do {
    const page = await journal.listEvents(filter, { after, limit: PAGE_EVENTS });
    for (const event of await nameOwners(accounts, page.events)) yield toEventAnswer(event);
    after = page.next;
  } while (after !== null);
}
