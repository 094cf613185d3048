// Sends a file of entries to the server, and writes the server's entries out, both as streams.
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ChangeSafety } from "../api/change-safety-api.ts";
import type { ImportAnswer, ImportQuery } from "../api/entry-api.ts";
import type { ImportPlanAnswer } from "../api/import-plan-api.ts";
import { PROPOSED_ENTRIES_MAX } from "../api/proposed-change-api.ts";
import type { HttpCall, HttpQuery } from "../platform/http/http-client.ts";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { printDryRun, WAS_DRY_RUN } from "./dry-run.ts";
import type { DryRunOptions } from "./dry-run.ts";
import { cannotRead, openFile } from "./open-file.ts";
import { makeChange, printMadeJson, printUnconfirmed } from "./make-change.ts";
import { printJson, printLine, startProgress } from "./output.ts";
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
  SafetyOptions &
  DryRunOptions & { readonly json?: true };
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
    const asked = { action, account, confirmWide, format };
    const list = { body, contentType: CONTENT_TYPES[format] };
    await (options.dryRun ? previewList : bringIn)(context, { asked, list, options, progress });
  } catch (error) {
    if (readError === null) throw error;
    throw cannotRead(file === "-" ? "standard input" : file, readError);
  } finally {
    progress.end();
    source.destroy();
  }
}

type Sending = {
  readonly asked: HttpQuery;
  readonly list: Pick<HttpCall, "body" | "contentType">;
  readonly options: ImportOptions;
  readonly progress: { readonly end: () => void };
};

async function bringIn(context: CliContext, sending: Sending): Promise<void> {
  const { asked, list, options, progress } = sending;
  const query = { ...asked, ...safetyQuery(options) };
  const call = { method: "POST", path: `${PATH}/import`, query, ...list } as const;
  const made = await withApi(context, (api) => makeChange<ImportAnswer>(api, options, call));
  progress.end();
  const { warnings, added, unchanged } = made.answer;
  for (const warning of warnings) context.stderr.write(`warning: ${warning}\n`);
  if (options.json) return printMadeJson(context, made);
  await printLine(context, `${added} added, ${unchanged} were there already.`);
  await printUnconfirmed(context, made);
}

async function previewList(context: CliContext, sending: Sending): Promise<void> {
  const { asked, list, options, progress } = sending;
  const path = `${PATH}/import/changes`;
  const call = { method: "POST", path, query: asked, ...list } as const;
  await withApi(context, async (api) => {
    const { changes, ...members } = await api.call<ImportPlanAnswer>(call);
    progress.end();
    const { warnings, added, unchanged } = members;
    for (const warning of warnings) context.stderr.write(`warning: ${warning}\n`);
    if (!options.json) {
      await printLine(context, `${added} would be added, ${unchanged} are there already.`);
    }
    if (changes !== null) return printDryRun(context, api, { changes, options, members });
    if (options.json) return printJson(context, { ...members, changes, preview: null });
    const most = PROPOSED_ENTRIES_MAX.toLocaleString("en");
    await printLine(context, `Whom they concern is not previewed: they are more than ${most}.`);
    await printLine(context, WAS_DRY_RUN);
  });
}

export async function exportEntries(context: CliContext, options: ExportOptions): Promise<void> {
  await withApi(context, async (api) => {
    const call = { method: "GET", path: `${PATH}/export`, query: options } as const;
    // Standard output is not ours to close.
    await pipeline(await api.stream(call), context.stdout, { end: false });
  });
}
