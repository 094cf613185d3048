// Sends a file of entries to the server, and writes the server's entries out, both as streams.
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ChangeSafety } from "../api/change-safety-api.ts";
import type { ImportAnswer, ImportQuery } from "../api/entry-api.ts";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { cannotRead, openFile } from "./open-file.ts";
import { makeChange, printMadeJson, printUnconfirmed } from "./make-change.ts";
import { printLine, startProgress } from "./output.ts";
import { safetyQuery } from "./safety-options.ts";
import type { SafetyOptions } from "./safety-options.ts";

const PATH = "/api/v1/entries";
const CONTENT_TYPES = {
  text: "text/plain",
  csv: "text/csv",
  ndjson: "application/x-ndjson",
} as const;
const EXTENSIONS: Readonly<Record<string, Format>> = { csv: "csv", ndjson: "ndjson" };

type Format = keyof typeof CONTENT_TYPES;
type ImportOptions = Omit<ImportQuery, keyof ChangeSafety> &
  SafetyOptions & { readonly json?: true };
type ExportOptions = {
  readonly format?: Format;
  readonly action?: "allow" | "deny";
  readonly account?: string;
};

/** Without `--format` the file's extension says it; anything else is text. */
export async function importEntries(
  context: CliContext,
  file: string,
  options: ImportOptions,
): Promise<void> {
  const { action, account, confirmWide } = options;
  const format = options.format ?? EXTENSIONS[file.split(".").at(-1) ?? ""] ?? "text";
  const source = file === "-" ? context.stdin : await openFile(file);
  const progress = startProgress(context, "bytes sent");
  const body = source.pipe(
    new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        progress.add(chunk.length);
        done(null, chunk);
      },
    }),
  );
  let readError: Error | null = null;
  // It may come before the request listens; an error nobody hears ends the process.
  body.on("error", () => undefined);
  source.on("error", (error) => {
    readError = error;
    body.destroy(error);
  });
  try {
    const query = { action, account, confirmWide, format, ...safetyQuery(options) };
    const contentType = CONTENT_TYPES[format];
    const call = { method: "POST", path: `${PATH}/import`, query, body, contentType } as const;
    const made = await withApi(context, (api) => makeChange<ImportAnswer>(api, options, call));
    progress.end();
    const { warnings, added, unchanged } = made.answer;
    for (const warning of warnings) context.stderr.write(`warning: ${warning}\n`);
    if (options.json) return await printMadeJson(context, made);
    await printLine(context, `${added} added, ${unchanged} were there already.`);
    await printUnconfirmed(context, made);
  } catch (error) {
    if (readError === null) throw error;
    throw cannotRead(file === "-" ? "standard input" : file, readError);
  } finally {
    progress.end();
    source.destroy();
  }
}

export async function exportEntries(context: CliContext, options: ExportOptions): Promise<void> {
  await withApi(context, async (api) => {
    const call = { method: "GET", path: `${PATH}/export`, query: options } as const;
    // Standard output is not ours to close.
    await pipeline(await api.stream(call), context.stdout, { end: false });
  });
}
