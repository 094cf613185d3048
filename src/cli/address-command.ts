// `postern address check`: says how an address text is read, without a server.
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Option, type Command } from "commander";
import type { AddressContext } from "../core/network/check-address.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { printJson, printLine } from "./output.ts";

const CONTEXTS = [
  "rule",
  "xff",
  "forwarded",
  "socket",
] as const satisfies readonly AddressContext[];

type Options = {
  readonly context: AddressContext;
  readonly stdin?: true;
  readonly json?: true;
};

export function registerAddress(program: Command, context: CliContext): void {
  program
    .command("address")
    .description("how addresses are written")
    .command("check [text]")
    .description("say how a text is read; exit code 1 when it is refused")
    .addOption(
      new Option("--context <context>", "where the text stands").choices(CONTEXTS).default("rule"),
    )
    .option("--stdin", "check each line of standard input, a JSON string; print a JSON line each")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  postern address check 203.0.113.0/24\n" +
        `  echo '"::ffff:1.2.3.4"' | postern address check --stdin --context xff\n`,
    )
    .action((text: string | undefined, options: Options) => check(context, text, options));
}

async function check(
  context: CliContext,
  text: string | undefined,
  options: Options,
): Promise<void> {
  if ((text === undefined) === (options.stdin === undefined)) {
    throw new CliError("say either a text or --stdin", 2);
  }
  if (text === undefined) return checkLines(context, options.context);
  const { checkAddress } = await import("../core/network/check-address.ts");
  const result = checkAddress(text, options.context);
  if (options.json) await printJson(context, result);
  if (result.verdict === "reject") {
    const suggestion = result.suggest === null ? "" : `; write ${result.suggest}`;
    throw new CliError(`${JSON.stringify(text)} is refused: ${result.reason}${suggestion}`);
  }
  if (options.json) return;
  await printLine(context, `${result.canonical} (IPv${result.family} ${result.kind})`);
  if (result.start !== result.end) {
    await printLine(context, `from ${result.start} to ${result.end}`);
  }
  if (result.warn !== null) context.stderr.write(`warning: ${result.warn}\n`);
}

async function checkLines(context: CliContext, where: AddressContext): Promise<void> {
  const { checkAddress } = await import("../core/network/check-address.ts");
  let lineNumber = 0;
  for await (const line of createInterface({ input: context.stdin, crlfDelay: Infinity })) {
    lineNumber += 1;
    const result = checkAddress(inputOf(line, lineNumber), where);
    if (!context.stdout.write(`${JSON.stringify(result)}\n`)) await once(context.stdout, "drain");
  }
}

/** Any JSON value: what is no string is for the reader of addresses to refuse. */
function inputOf(line: string, lineNumber: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new CliError(`line ${lineNumber} must be JSON, such as "203.0.113.7" with its quotes`);
  }
}
