// Runs one command of the program as a shell does, on a data directory, and keeps what it says.
import { PassThrough, Readable } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { runCli } from "../../src/cli/run-cli.ts";
import { readConfig } from "../../src/platform/config.ts";

export type RanCommand = { readonly code: number; readonly out: string; readonly err: string };

/** @param words of the command line, without the program's name */
export async function runCommand(
  dataDir: string,
  words: readonly string[],
  input = "",
): Promise<RanCommand> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(words, {
    stdin: Readable.from(input === "" ? [] : [Buffer.from(input)]),
    stdout,
    stderr,
    readConfig: () => readConfig({ DATA_DIR: dataDir }),
  });
  stdout.end();
  stderr.end();
  return { code, out: await textOf(stdout), err: await textOf(stderr) };
}
