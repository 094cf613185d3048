// Finds the command that was asked for, loads it alone, runs it, and gives the exit code.
import { Command, CommanderError } from "commander";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { PROGRAM_VERSION } from "../platform/program-version.ts";
import { printable } from "./output.ts";

type Register = (program: Command, context: CliContext) => void;

/** In the order of `postern --help`. A new command is a file and a row here. */
const COMMANDS: Readonly<Record<string, () => Promise<Register>>> = {
  serve: async () => (await import("./serve-command.ts")).registerServe,
  token: async () => (await import("./token-command.ts")).registerToken,
  account: async () => (await import("./account-command.ts")).registerAccount,
  user: async () => (await import("./user-command.ts")).registerUser,
  sso: async () => (await import("./sso-command.ts")).registerSso,
  number: async () => (await import("./number-command.ts")).registerNumber,
  recordings: async () => (await import("./recordings-command.ts")).registerRecordings,
  entry: async () => (await import("./entry-command.ts")).registerEntry,
  ban: async () => (await import("./ban-command.ts")).registerBan,
  subscription: async () => (await import("./subscription-command.ts")).registerSubscription,
  country: async () => (await import("./country-command.ts")).registerCountry,
  policy: async () => (await import("./policy-command.ts")).registerPolicy,
  rescue: async () => (await import("./rescue-command.ts")).registerRescue,
  disable: async () => (await import("./disable-command.ts")).registerDisable,
  explain: async () => (await import("./explain-command.ts")).registerExplain,
  address: async () => (await import("./address-command.ts")).registerAddress,
  geo: async () => (await import("./geo-command.ts")).registerGeo,
  demo: async () => (await import("./demo-command.ts")).registerDemo,
  watch: async () => (await import("./watch-command.ts")).registerWatch,
  traffic: async () => (await import("./traffic-command.ts")).registerTraffic,
  key: async () => (await import("./key-command.ts")).registerKey,
  audit: async () => (await import("./audit-command.ts")).registerAudit,
  webhook: async () => (await import("./webhook-command.ts")).registerWebhook,
  backup: async () => (await import("./backup-command.ts")).registerBackup,
  restore: async () => (await import("./restore-command.ts")).registerRestore,
};

/** `words` are the arguments after the program's name. Answers 0, 1 or 2 (asked wrongly). */
export async function runCli(words: readonly string[], context: CliContext): Promise<number> {
  try {
    const program = await buildProgram(words[0], context);
    await program.parseAsync([...words], { from: "user" });
    return 0;
  } catch (error) {
    return explainFailure(error, context);
  }
}

async function buildProgram(name: string | undefined, context: CliContext): Promise<Command> {
  const program = new Command("postern")
    .description("The guarded side door of a communications portal.")
    .version(PROGRAM_VERSION)
    .showHelpAfterError("(add --help for what is accepted)")
    .addHelpText("after", "\nExample:\n  postern explain 203.0.113.7\n")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => void context.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, "postern: ")),
    });
  // Other commands' files are read only when all of them are to be listed.
  const isKnown = name !== undefined && Object.hasOwn(COMMANDS, name);
  for (const known of isKnown ? [name] : Object.keys(COMMANDS)) {
    const register = await COMMANDS[known]?.();
    register?.(program, context);
  }
  return program;
}

function explainFailure(error: unknown, context: CliContext): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const message = error instanceof Error ? error.message : String(error);
  for (const line of message.split("\n")) context.stderr.write(`postern: ${printable(line)}\n`);
  return error instanceof CliError ? error.exitCode : 1;
}
