// `postern recordings`: imports a folder of audio, lists, shows and deletes what is there.
import type { Command } from "commander";
import type {
  PlayListAnswer,
  RecordingAnswer,
  RecordingListAnswer,
} from "../api/recordings-api.ts";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { importRecordings } from "./import-recordings.ts";
import type { ImportOptions } from "./import-recordings.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { parseTime } from "./parse-duration.ts";
import { parseCount } from "./parse-list.ts";
import { MAP_COLUMNS } from "./read-recording-map.ts";
import { addStorageCommands } from "./recordings-storage-command.ts";

const PATH = "/api/v1/recordings";
const ID = "abcdefghijklmnopqrst";
const DAY_SECONDS = 86_400;
const PLAYS_SHOWN = 20;

type Json = { readonly json?: true };
type ListOptions = Json & {
  readonly account?: string;
  readonly number?: string;
  readonly caller?: string;
  readonly since?: string;
  readonly until?: string;
  readonly secondsMin?: number;
  readonly secondsMax?: number;
  readonly limit: number;
};

export function registerRecordings(program: Command, context: CliContext): void {
  const recordings = program.command("recordings").description("recordings, and who heard them");
  addImport(recordings, context);
  addList(recordings, context);
  addOne(recordings, context);
  addStorageCommands(recordings, context);
}

function addImport(recordings: Command, context: CliContext): void {
  recordings
    .command("import <folder>")
    .description("upload a folder of audio files; what is there already is not sent again")
    .requiredOption("--account <code>", "the account that they belong to")
    .requiredOption("--map <file>", `CSV with a line for each file: ${MAP_COLUMNS.join(",")}`)
    .option("--dry-run", "check all, upload nothing")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nThe map's first line names its columns; caller and name may be left out." +
        "\nWith a mistake in any line nothing is uploaded." +
        "\n\nExample:\n  postern recordings import ./calls --account acme --map ./calls/map.csv\n",
    )
    .action((folder: string, options: ImportOptions) => importRecordings(context, folder, options));
}

function addList(recordings: Command, context: CliContext): void {
  recordings
    .command("list")
    .description("show recordings, newest first")
    .option("--account <code>", "only those of this account")
    .option("--number <text>", "only those of tracking numbers with these digits")
    .option("--caller <text>", "only those of callers with these digits")
    .option("--since <time>", "recorded at this time or later", parseTime)
    .option("--until <time>", "recorded at this time or earlier", parseTime)
    .option("--seconds-min <count>", "at least so long", parseCount(0, DAY_SECONDS))
    .option("--seconds-max <count>", "at most so long", parseCount(0, DAY_SECONDS))
    .option("--limit <count>", "how many at most", parseCount(1, 500), 100)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern recordings list --account acme --seconds-min 10\n")
    .action((options: ListOptions) => list(context, options));
}

function addOne(recordings: Command, context: CliContext): void {
  recordings
    .command("show <id>")
    .description("show a recording, its link, and who listened last")
    .option("--json", "print JSON")
    .addHelpText("after", `\nExample:\n  postern recordings show ${ID}\n`)
    .action((id: string, options: Json) => show(context, id, options));
  recordings
    .command("delete <id>")
    .description("delete a recording with its audio and the record of its plays")
    .option("--json", "print JSON")
    .addHelpText("after", `\nExample:\n  postern recordings delete ${ID}\n`)
    .action(async (id: string, { json }: Json) => {
      await withApi(context, (api) => api.call({ method: "DELETE", path: pathOf(id) }));
      if (json) return printJson(context, { id });
      await printLine(context, `Recording ${id} is deleted.`);
    });
}

async function list(context: CliContext, { json, ...query }: ListOptions): Promise<void> {
  const answer = await withApi(context, (api) =>
    api.call<RecordingListAnswer>({ method: "GET", path: PATH, query }),
  );
  if (json) return printJson(context, answer);
  await printTable(context, answer.recordings, {
    columns: [
      ["ID", (row) => row.id],
      ["RECORDED", (row) => row.recordedAt],
      ["ACCOUNT", (row) => row.account],
      ["NUMBER", (row) => row.number],
      ["CALLER", (row) => row.caller],
      ["LENGTH", (row) => lengthOf(row.durationMs)],
      ["PLAYS", (row) => row.plays],
      ["NAME", (row) => row.name],
    ],
    empty: "There are no recordings.",
  });
  if (answer.next !== null) context.stderr.write("There are more: raise --limit, or --since.\n");
}

async function show(context: CliContext, id: string, { json }: Json): Promise<void> {
  const { recording, plays } = await withApi(context, async (api) => {
    const path = pathOf(id);
    const query = { limit: PLAYS_SHOWN };
    return {
      recording: await api.call<RecordingAnswer>({ method: "GET", path }),
      plays: await api.call<PlayListAnswer>({ method: "GET", path: `${path}/plays`, query }),
    };
  });
  if (json) return printJson(context, { ...recording, lastPlays: plays.plays });
  for (const [name, value] of factsOf(recording)) {
    await printLine(context, `${name.padEnd(9)} ${value === "" ? "-" : value}`);
  }
  await printLine(context, "");
  await printTable(context, plays.plays, {
    columns: [
      ["HEARD", (row) => row.startedAt],
      ["BY", (row) => row.email ?? "nobody signed in"],
      ["FROM", (row) => row.address],
      ["COUNTRY", (row) => row.country],
      ["BECAUSE", (row) => row.reason],
    ],
    empty: "Nobody has listened to it.",
  });
}

function factsOf(recording: RecordingAnswer): readonly (readonly [string, string])[] {
  const { account, number, numberLabel, caller, recordedAt, durationMs } = recording;
  return [
    ["link", recording.url],
    ["account", account],
    ["number", numberLabel === "" ? number : `${number} (${numberLabel})`],
    ["caller", caller],
    ["name", recording.name],
    ["recorded", recordedAt],
    ["length", lengthOf(durationMs)],
    ["audio", `${recording.format}, ${recording.codec}, ${recording.sizeBytes} bytes`],
    ["sha256", recording.sha256],
    ["plays", String(recording.plays)],
  ];
}

/** Minutes and seconds, as players show it. */
function lengthOf(durationMs: number): string {
  const seconds = Math.round(durationMs / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function pathOf(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}
