// `postern traffic`: imports another server's access log, for previews to look at.
import { Option, type Command } from "commander";
import type { TrafficImportAnswer, TrafficImportQuery } from "../api/traffic-api.ts";
import { SURFACES } from "../core/network/surface.ts";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { countOf } from "./count-of.ts";
import { CliError } from "./cli-error.ts";
import { checkFile, cannotRead } from "./open-file.ts";
import { printJson, printLine, startProgress } from "./output.ts";
import { readLogs } from "./read-logs.ts";

type Options = TrafficImportQuery & { readonly json?: true };

const HELP = `
It reads the combined format of nginx and Apache, plain or gzipped. What the log says of refusals is
the other server's word and is not kept: a preview asks Postern's rules about each request. Lines
older than the seven days that a preview looks back are left out.

A log can be imported again, also when it has grown: of each minute of a visitor the highest count
stays, and always what Postern counted itself. Logs of several servers, or the parts of one that was
rotated, belong in one command, so that their counts are added up.

The configured routes tell surface and account by the path; the combined format does not tell the
host, so say it with --host, or say what all lines are for with --surface.

Examples:
  postern traffic import /var/log/nginx/access.log.1 /var/log/nginx/access.log
  zcat access.log.*.gz | postern traffic import - --host portal.example.com
`;

export function registerTraffic(program: Command, context: CliContext): void {
  const traffic = program.command("traffic").description("visitors that another server has logged");
  traffic
    .command("import <files...>")
    .description("take access logs (- is standard input) into the record that previews look at")
    .addOption(new Option("--surface <surface>", "what all lines are for").choices(SURFACES))
    .option("--account <code>", "the account that all lines are for")
    .option("--host <host>", "the host that was asked")
    .option("--time-zone <offset>", "of times that name none, such as +01:00")
    .option("--json", "print JSON")
    .addHelpText("after", HELP)
    .action((files: readonly string[], options: Options) => importLogs(context, files, options));
}

async function importLogs(
  context: CliContext,
  files: readonly string[],
  options: Options,
): Promise<void> {
  const { json, ...query } = options;
  if (files.includes("-") && files.length > 1) {
    throw new CliError("standard input (-) stands alone: zcat a.gz | cat - b is one input", 2);
  }
  for (const file of files) if (file !== "-") await checkFile(file);
  const progress = startProgress(context, "bytes read");
  const logs = readLogs(context, files, progress.add);
  try {
    const answer = await withApi(context, (api) =>
      api.call<TrafficImportAnswer>({
        method: "POST",
        path: "/api/v1/traffic/import",
        query,
        body: logs.body,
        contentType: "text/plain",
      }),
    );
    progress.end();
    if (json) return await printJson(context, answer);
    for (const { line, message } of answer.badLines.first) {
      context.stderr.write(`left out: ${logs.nameLine(line)}: ${message}\n`);
    }
    await printAnswer(context, answer);
  } catch (error) {
    const failure = logs.failure();
    if (failure === null) throw error;
    throw cannotRead(failure.file === "-" ? "standard input" : failure.file, failure.error);
  } finally {
    progress.end();
    logs.body.destroy();
  }
}

async function printAnswer(context: CliContext, answer: TrafficImportAnswer): Promise<void> {
  const { requests, added, addresses, from, until, leftOut, badLines } = answer;
  const when = from === null || until === null ? "" : `, ${from} to ${until}`;
  const known = requests - added;
  const of = countOf(addresses, "address", "addresses");
  await printLine(context, `${countOf(requests, "request", "requests")} of ${of}${when}.`);
  await printLine(
    context,
    `${countOf(added, "is", "are")} new; ${countOf(known, "was", "were")} known already.`,
  );
  const left = [
    [leftOut.tooOld, "older than seven days"],
    [leftOut.inFuture, "in the future"],
    [leftOut.noRequests, "no requests"],
    [badLines.count, "unreadable"],
  ] as const;
  const words = left.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  if (words.length > 0) await printLine(context, `Lines left out: ${words.join(", ")}.`);
}
