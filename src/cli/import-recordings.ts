// `postern recordings import`: uploads a folder of audio files, and goes on where it was ended.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { RecordingAnswer, RecordingListAnswer } from "../api/recordings-api.ts";
import type { TrackingNumberAnswer } from "../api/tracking-numbers-api.ts";
import { MEDIA_TYPES } from "../core/recordings/recording-format.ts";
import { withApi } from "./api-client.ts";
import type { ApiClient } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { printable, printJson, printLine, startProgress } from "./output.ts";
import { readRecordingMap } from "./read-recording-map.ts";
import type { MapError, MappedRecording } from "./read-recording-map.ts";

export type ImportOptions = {
  readonly account: string;
  readonly map: string;
  readonly dryRun?: true;
  readonly json?: true;
};

type Failure = { readonly line: number; readonly file: string; readonly message: string };

type Summary = {
  readonly account: string;
  readonly dryRun: boolean;
  /** In a dry run: how many would be. */
  readonly uploaded: number;
  /** There before, byte for byte and with the same words. */
  readonly present: number;
  readonly failed: readonly Failure[];
  /** Audio files below the folder that the map does not name. */
  readonly notInMap: readonly string[];
};

type NumberPage = {
  readonly trackingNumbers: readonly TrackingNumberAnswer[];
  readonly next: string | null;
};

const ERRORS_SHOWN_MAX = 50;
const PAGE = 500;

/** Nothing is sent before the whole map is right. Ends with code 1 when a file was refused. */
export async function importRecordings(
  context: CliContext,
  folder: string,
  options: ImportOptions,
): Promise<void> {
  const map = await readRecordingMap(options.map);
  const files = await listFiles(folder);
  const fileErrors = await checkFiles(folder, map.recordings);
  const summary = await withApi(context, async (api) => {
    const numberErrors = await checkNumbers(api, options.account, map.recordings);
    refuseErrors(options.map, [...map.errors, ...fileErrors, ...numberErrors]);
    return uploadAll(context, { api, folder, options, recordings: map.recordings, files });
  });
  if (options.json) await printJson(context, summary);
  else await printSummary(context, summary);
  if (summary.failed.length === 0) return;
  const lines = summary.failed.map(
    ({ line, file, message }) => `line ${line}: ${file}: ${message}`,
  );
  throw new CliError(shorten(lines).join("\n"));
}

async function listFiles(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder, { recursive: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CliError(`cannot read the folder ${folder}: ${why}`, 2);
  }
}

async function checkFiles(
  folder: string,
  recordings: readonly MappedRecording[],
): Promise<readonly MapError[]> {
  const errors: MapError[] = [];
  for (const { line, file } of recordings) {
    const found = await stat(join(folder, file)).catch(() => null);
    if (found === null) errors.push({ line, message: `there is no file ${file} in ${folder}` });
    else if (!found.isFile()) errors.push({ line, message: `${file} is not a file` });
    else if (found.size === 0) errors.push({ line, message: `${file} is empty` });
  }
  return errors;
}

async function checkNumbers(
  api: ApiClient,
  account: string,
  recordings: readonly MappedRecording[],
): Promise<readonly MapError[]> {
  const numbers = new Set<string>();
  for (let after: string | undefined; ;) {
    const page = await api.call<NumberPage>({
      method: "GET",
      path: "/api/v1/tracking-numbers",
      query: { account, limit: PAGE, after },
    });
    for (const { number } of page.trackingNumbers) numbers.add(number);
    if (page.next === null) break;
    after = page.next;
  }
  return recordings.flatMap(({ line, number }) => {
    if (numbers.has(number)) return [];
    const message = `${number} is no tracking number of ${account}; postern number add adds one`;
    return [{ line, message }];
  });
}

function refuseErrors(map: string, errors: readonly MapError[]): void {
  if (errors.length === 0) return;
  const lines = errors
    .toSorted((a, b) => a.line - b.line)
    .map(({ line, message }) => `${map} line ${line}: ${message}`);
  throw new CliError([...shorten(lines), "nothing was uploaded"].join("\n"));
}

function shorten(lines: readonly string[]): readonly string[] {
  const rest = lines.length - ERRORS_SHOWN_MAX;
  return rest <= 0 ? lines : [...lines.slice(0, ERRORS_SHOWN_MAX), `and ${rest} more`];
}

type Import = {
  readonly api: ApiClient;
  readonly folder: string;
  readonly options: ImportOptions;
  readonly recordings: readonly MappedRecording[];
  readonly files: readonly string[];
};

async function uploadAll(context: CliContext, work: Import): Promise<Summary> {
  const { api, folder, options, recordings, files } = work;
  const { account } = options;
  const there = await findPresent(api, account, recordings);
  const failed: Failure[] = [];
  let uploaded = 0;
  let present = 0;
  const progress = startProgress(context, `of ${recordings.length} files`);
  try {
    for (const recording of recordings) {
      const said = { ...recording, name: nameOf(recording) };
      const sha256 = await hashOf(join(folder, recording.file));
      if (there.has(identityOf(said, sha256))) present += 1;
      else if (options.dryRun) uploaded += 1;
      else {
        const outcome = await upload(api, { account, folder, recording: said, sha256 });
        const { line, file } = recording;
        if (!outcome.ok) failed.push({ line, file, message: outcome.words });
        // Another import of the same folder was quicker.
        else if (outcome.status === 200) present += 1;
        else uploaded += 1;
      }
      progress.add(1);
    }
  } finally {
    progress.end();
  }
  const dryRun = options.dryRun === true;
  return { account, dryRun, uploaded, present, failed, notInMap: findUnmapped(files, recordings) };
}

/** Where the map says none, the file's own name. */
function nameOf({ name, file }: MappedRecording): string {
  return name === "" ? basename(file) : name;
}

function identityOf(
  said: Pick<RecordingAnswer, "number" | "recordedAt" | "caller" | "name">,
  sha256: string,
): string {
  const { number, recordedAt, caller, name } = said;
  return JSON.stringify([number, Date.parse(recordedAt), caller, name, sha256]);
}

/** What is there already is not sent again: all that was recorded in the time of the map. */
async function findPresent(
  api: ApiClient,
  account: string,
  recordings: readonly MappedRecording[],
): Promise<ReadonlySet<string>> {
  const times = recordings.map(({ recordedAt }) => recordedAt).toSorted();
  const query = { account, since: times[0], until: times.at(-1), limit: PAGE };
  const there = new Set<string>();
  for (let after: string | undefined; ;) {
    const page = await api.call<RecordingListAnswer>({
      method: "GET",
      path: "/api/v1/recordings",
      query: { ...query, after },
    });
    for (const found of page.recordings) there.add(identityOf(found, found.sha256));
    if (page.next === null) return there;
    after = page.next;
  }
}

function upload(
  api: ApiClient,
  sent: {
    readonly account: string;
    readonly folder: string;
    readonly recording: MappedRecording;
    readonly sha256: string;
  },
) {
  const { account, folder, sha256 } = sent;
  const { file, number, recordedAt, caller, name } = sent.recording;
  return api.tryCall<RecordingAnswer>({
    method: "POST",
    path: "/api/v1/recordings",
    query: { account, number, recordedAt, caller, name, sha256 },
    contentType: typeOf(file),
    headers: { "idempotency-key": keyOf(account, file, sha256) },
    body: createReadStream(join(folder, file)),
  });
}

/** The same for the same file in the same place, whenever it is sent. */
function keyOf(account: string, file: string, sha256: string): string {
  const place = createHash("sha256").update(`${account}\n${file}\n${sha256}`).digest("hex");
  return `import-${place}`;
}

function typeOf(file: string): string {
  const types: Readonly<Record<string, string>> = MEDIA_TYPES;
  return types[extname(file).slice(1).toLowerCase()] ?? "application/octet-stream";
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

function findUnmapped(
  files: readonly string[],
  recordings: readonly MappedRecording[],
): readonly string[] {
  const named = new Set(recordings.map(({ file }) => file));
  return files.filter((file) => typeOf(file).startsWith("audio/") && !named.has(file)).toSorted();
}

async function printSummary(context: CliContext, summary: Summary): Promise<void> {
  const { account, dryRun, uploaded, present, failed, notInMap } = summary;
  if (notInMap.length > 0) {
    const [first] = notInMap;
    const others = notInMap.length === 1 ? "" : ` and ${notInMap.length - 1} more`;
    context.stderr.write(printable(`not in the map, left out: ${first}${others}`) + "\n");
  }
  const total = uploaded + present + failed.length;
  if (uploaded === 0 && failed.length === 0) {
    return printLine(context, `Nothing to upload: all ${total} are in ${account} already.`);
  }
  const did = dryRun ? "would be uploaded" : "uploaded";
  await printLine(
    context,
    `${uploaded} ${did} to ${account}, ${present} there already, ${failed.length} refused.`,
  );
}
