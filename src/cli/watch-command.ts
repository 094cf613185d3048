// `postern watch`: reports the failed authentications that another system writes into its log.
import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { Option, type Command } from "commander";
import { LOG_FORMATS } from "../core/network/log-lines/log-line.ts";
import type { LogFormat } from "../core/network/log-lines/log-line.ts";
import { NGINX_DEFAULT } from "../core/network/log-lines/nginx-line.ts";
import { createLineReader } from "../core/network/log-lines/read-log-line.ts";
import { followFile } from "../platform/follow-file.ts";
import type { FileFollower } from "../platform/follow-file.ts";
import type { TargetOptions } from "./api-target.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { printLine, printable } from "./output.ts";
import { parsePath, parseStatuses } from "./watch/nginx-options.ts";
import { createReportQueue } from "./watch/report-queue.ts";
import type { FlushResult, ReportQueue } from "./watch/report-queue.ts";
import { createSender } from "./watch/report-target.ts";
import { countOf } from "./count-of.ts";

type Options = TargetOptions & {
  readonly format: LogFormat;
  readonly status?: ReadonlySet<number>;
  readonly signInPath?: string;
  readonly fromStart?: true;
  readonly once?: true;
  readonly dryRun?: true;
};

const POLL_MS = 250;
const FLUSH_MS = 500;
/** How long the last reports may take when it is told to stop. */
const LAST_FLUSH_MS = 5_000;

const HELP = `
It begins at the end of the file, follows it through rotation, and waits while it is away. Reports
that Postern does not take are kept for ten minutes (10,000 addresses at most) and tried again.

Which log to follow:
  asterisk    messages (chan_sip, PJSIP, IAX2, manager) or the security log, not both in one file:
              the same failure would count twice
  freeswitch  a log without debug lines, of profiles with log-auth-failures on; challenges are
              no failures
  nginx       the access log in the combined format (not the error log: a visitor can write lines
              of his own there). 401 with a user name counts, or a POST to --sign-in-path
A SIP request over UDP may carry a false sender until it has answered a challenge: put your own
telephones and carriers on the allow list (postern entry add ADDRESS --action allow).

Examples:
  postern watch /var/log/asterisk/security --format asterisk
  postern watch /var/log/nginx/access.log --format nginx --sign-in-path /login
  postern watch log --format freeswitch --url https://gate.example.com --token-file token
`;

export function registerWatch(program: Command, context: CliContext): void {
  program
    .command("watch <file>")
    .description("report the failed authentications in another system's log")
    .addOption(
      new Option("--format <format>", "whose log it is").choices(LOG_FORMATS).makeOptionMandatory(),
    )
    .option("--status <codes>", "nginx: which answers are failures (401)", parseStatuses)
    .option("--sign-in-path <path>", "nginx: where a form takes passwords", parsePath)
    .option("--from-start", "also what is there already, as if it happened now")
    .option("--once", "read to the end and stop; implies --from-start")
    .option("--dry-run", "print what would be reported, and report nothing")
    .option("--url <url>", "the Postern to report to (without it: the one on this host)")
    .option("--token-file <file>", "holds an API token with the scope reports:write")
    .addHelpText("after", HELP)
    .action((file: string, options: Options) => watch(context, file, options));
}

async function watch(context: CliContext, path: string, options: Options): Promise<void> {
  if (options.format !== "nginx" && (options.status ?? options.signInPath) !== undefined) {
    throw new CliError("--status and --sign-in-path are for --format nginx", 2);
  }
  if (options.once && !existsSync(path)) throw new CliError(`${path} is not there`);
  const say = (line: string): void => void context.stderr.write(`postern: ${printable(line)}\n`);
  const queue = createReportQueue({
    source: options.format,
    send: options.dryRun ? () => Promise.reject(new Error("dry")) : createSender(context, options),
  });
  const counts = { lines: 0, failed: 0, unclear: 0 };
  const onLine = createLineHandler(context, { options, queue, counts, say });
  say(`following ${path}${options.dryRun ? ", reporting nothing" : ""}`);
  const fromStart = options.fromStart ?? options.once ?? false;
  const follower = followFile({ path, fromStart, onLine, onNotice: say });
  try {
    const running = { follower, queue, say, told: { lost: 0 } };
    if (options.once) await runOnce(context, running);
    else await runUntilStopped(context, running);
  } finally {
    await follower.close();
  }
  const left = `${counts.unclear} unclear, ${follower.overlongLines()} too long`;
  const failed = countOf(counts.failed, "failed authentication");
  say(`${countOf(counts.lines, "line")}, ${failed}, ${left}`);
  const lost = queue.lost() + (options.dryRun ? 0 : queue.waiting());
  if (lost > 0) {
    throw new CliError(
      `${countOf(lost, "failed authentication was", "failed authentications were")} not reported`,
    );
  }
}

type LineParts = {
  readonly options: Options;
  readonly queue: ReportQueue;
  readonly counts: { lines: number; failed: number; unclear: number };
  readonly say: (line: string) => void;
};

function createLineHandler(context: CliContext, parts: LineParts): (line: string) => void {
  const { options, queue, counts, say } = parts;
  const read = createLineReader(options.format, {
    statuses: options.status ?? NGINX_DEFAULT.statuses,
    signInPath: options.signInPath ?? null,
  });
  const told = new Set<string>();
  return (line) => {
    counts.lines += 1;
    const found = read(line);
    if (found === null) return;
    if (found.kind === "unclear") {
      counts.unclear += 1;
      // Once for each of few sentences: a stranger must not be able to fill this log.
      if (!told.has(found.why)) say(`left out: ${found.why}`);
      told.add(found.why);
      return;
    }
    counts.failed += 1;
    if (!options.dryRun) return queue.add(found, Date.now());
    void printLine(context, `would report ${found.address}${userText(found.user)}`);
  };
}

type Running = {
  readonly follower: FileFollower;
  readonly queue: ReportQueue;
  readonly say: (line: string) => void;
  /** Given up and said so. */
  readonly told: { lost: number };
};

async function runOnce(context: CliContext, running: Running): Promise<void> {
  const { follower, queue } = running;
  await follower.poll(Date.now());
  await flushAll(context, running, Date.now() + LAST_FLUSH_MS);
  if (queue.waiting() > 0) running.say("Postern did not answer in time");
}

async function runUntilStopped(context: CliContext, running: Running): Promise<void> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  const { signal } = stopping;
  const every = async (pauseMs: number, work: () => Promise<unknown>): Promise<void> => {
    try {
      while (!signal.aborted) {
        await work();
        await wait(pauseMs, undefined, { signal }).catch(() => {});
      }
    } finally {
      stop();
    }
  };
  try {
    // Apart, so that a Postern that is slow to answer does not keep the file from being read.
    await Promise.all([
      every(POLL_MS, () => running.follower.poll(Date.now())),
      every(FLUSH_MS, () => flush(context, running)),
    ]);
    await flushAll(context, running, Date.now() + LAST_FLUSH_MS);
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}

async function flushAll(context: CliContext, running: Running, untilMs: number): Promise<void> {
  while (running.queue.waiting() > 0 && Date.now() < untilMs) {
    const result = await flush(context, running);
    if (result.kind !== "sent") await wait(FLUSH_MS);
  }
}

async function flush(context: CliContext, running: Running): Promise<FlushResult> {
  const { queue, say, told } = running;
  const result = await queue.flush(Date.now());
  if (result.kind === "sent") {
    for (const { address, user, count = 1 } of result.reports) {
      const times = count === 1 ? "1 failed authentication" : `${count} failed authentications`;
      await printLine(context, `reported ${address}: ${times}${userText(user ?? null)}`);
    }
    for (const address of result.banned) await printLine(context, `banned ${address}`);
  } else if (result.kind === "refused" || (result.kind === "failed" && result.isFirst)) {
    const next = result.kind === "failed" ? "; trying again" : "";
    say(`Postern did not take the reports: ${result.failure.detail}${next}`);
  }
  const lost = queue.lost() - told.lost;
  if (lost > 0 && (result.kind !== "nothing-due" || queue.waiting() === 0)) {
    told.lost += lost;
    say(`${lost} failed authentications are given up, unreported`);
  }
  return result;
}

function userText(user: string | null): string {
  return user === null ? "" : `, user ${JSON.stringify(user)}`;
}
