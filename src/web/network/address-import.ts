// Sends a list of entries as it was pasted or chosen, and says how much of it is there.
import type { ChangeSafety } from "../../api/change-safety-api.ts";
import type { ImportAnswer } from "../../api/entry-api.ts";
import type { ImportPlanAnswer } from "../../api/import-plan-api.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import { sendFile } from "../api/send-file.ts";

export const IMPORT_FORMATS = [
  { value: "text", label: "Text: one a line, a note after #" },
  { value: "csv", label: "CSV: range, action, note, expiresAt" },
  { value: "ndjson", label: "JSON lines, as exported" },
] as const;

export type ImportFormat = (typeof IMPORT_FORMATS)[number]["value"];

/** What the first line that says something looks like. */
export function guessFormat(text: string): ImportFormat {
  const first = text.split(/\r\n|\n|\r/, 200).find((line) => line.trim() !== "") ?? "";
  if (first.trimStart().startsWith("{")) return "ndjson";
  return first.split("#", 1)[0]!.includes(",") ? "csv" : "text";
}

/** A file's name says more than its first line. */
export function formatOfFile(name: string): ImportFormat | null {
  if (/\.csv$/i.test(name)) return "csv";
  if (/\.(ndjson|jsonl)$/i.test(name)) return "ndjson";
  return /\.(txt|list|netset|ipset)$/i.test(name) ? "text" : null;
}

export function countLines(text: string): number {
  return text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "").length;
}

export type SentList = {
  readonly account: string | null;
  readonly list: Blob;
  readonly format: ImportFormat;
  /** For lines that name none. */
  readonly action: ListAction;
  readonly confirmWide: boolean;
  readonly signal: AbortSignal;
};

export type ListImport = SentList & {
  readonly safety: ChangeSafety;
  /** @param share from 0 to 1 */
  readonly onProgress: (share: number) => void;
};

const PATH = "/postern/api/v1/entries/import";
const TYPES: Readonly<Record<ImportFormat, string>> = {
  text: "text/plain",
  csv: "text/csv",
  ndjson: "application/x-ndjson",
};

/** Cut off half-way, it leaves no trace. */
export function importList({ safety, onProgress, ...list }: ListImport): Promise<ImportAnswer> {
  return sendList<ImportAnswer>(list, { path: PATH, query: safety, onProgress });
}

/** What the same import would change; refused as it would be, and nothing is stored. */
export function planImport(list: SentList): Promise<ImportPlanAnswer> {
  return sendList<ImportPlanAnswer>(list, {
    path: `${PATH}/changes`,
    query: {},
    onProgress: () => undefined,
  });
}

function sendList<Answer>(
  { account, list, format, action, confirmWide, signal }: SentList,
  to: {
    readonly path: string;
    readonly query: ChangeSafety;
    readonly onProgress: (share: number) => void;
  },
): Promise<Answer> {
  const query = new URLSearchParams({ format, action });
  for (const [name, value] of Object.entries(to.query)) query.set(name, String(value));
  if (account !== null) query.set("account", account);
  if (confirmWide) query.set("confirmWide", "true");
  return sendFile<Answer>({
    path: `${to.path}?${query.toString()}`,
    headers: { "content-type": TYPES[format] },
    body: list,
    onProgress: to.onProgress,
    signal,
  });
}

/** Where a line begins and ends in a text, lines counted from 1. */
export function spanOfLine(text: string, line: number): readonly [number, number] {
  let start = 0;
  const ends = /\r\n|\n|\r/g;
  for (let current = 1; ; current += 1) {
    const end = ends.exec(text);
    if (current === line || end === null) return [start, end?.index ?? text.length];
    start = end.index + end[0].length;
  }
}
