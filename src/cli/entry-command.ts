// `postern entry`: adds, removes, lists, imports and exports entries of the address lists.
import { Option, type Command } from "commander";
import { FORMATS, type EntryAnswer } from "../api/entry-api.ts";
import type { ProposedChange } from "../api/proposed-change-api.ts";
import { withApi, type ApiClient } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { printDryRun, withDryRunOptions } from "./dry-run.ts";
import type { DryRun, DryRunOptions } from "./dry-run.ts";
import { exportEntries, importEntries } from "./entry-files.ts";
import { makeChange, printMadeJson, printUnconfirmed } from "./make-change.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { parseEnd } from "./parse-duration.ts";
import { parseCount } from "./parse-list.ts";
import { safetyQuery, withSafetyOptions } from "./safety-options.ts";
import type { SafetyOptions } from "./safety-options.ts";

const PATH = "/api/v1/entries";
const ACTIONS = ["allow", "deny"] as const;

type AddOptions = SafetyOptions &
  DryRunOptions & {
    readonly action: "allow" | "deny";
    readonly note?: string;
    readonly expires?: string;
    readonly account?: string;
    readonly confirmWide?: true;
    readonly json?: true;
  };
type ListChange = Extract<ProposedChange, { readonly kind: "address-list" }>;
type ListOptions = {
  readonly covering?: string;
  readonly account?: string;
  readonly action?: "allow" | "deny";
  readonly limit: number;
  readonly json?: true;
};
type EntryList = {
  readonly entries: readonly EntryAnswer[];
  readonly total: number;
  readonly next: number | null;
};

export function registerEntry(program: Command, context: CliContext): void {
  const entry = program.command("entry").description("entries of the address lists");
  registerAdd(entry, context);
  const removing = entry
    .command("remove <entry>")
    .description("remove an entry, by its number or its exact range")
    .option("--account <code>", "of this account (without it: of the platform)");
  withSafetyOptions(withDryRunOptions(removing))
    .addHelpText("after", "\nExample:\n  postern entry remove 203.0.113.0/24 --dry-run\n")
    .action((text: string, options: RemoveOptions) => remove(context, text, options));
  registerList(entry, context);
  registerFiles(entry, context);
}

function registerAdd(entry: Command, context: CliContext): void {
  const add = entry
    .command("add <range>")
    .description("add an address, a CIDR block or a first-last range")
    .addOption(
      new Option("--action <action>", "what it does").choices(ACTIONS).makeOptionMandatory(),
    )
    .option("--note <text>", "why it is there")
    .option("--expires <when>", "90d, or a time (without it: never)", (text) => parseEnd(text))
    .option("--account <code>", "of this account (without it: of the platform)")
    .option("--confirm-wide", "yes, it is meant to be as wide as it is")
    .option("--json", "print JSON");
  withSafetyOptions(withDryRunOptions(add))
    .addHelpText(
      "after",
      '\nExample:\n  postern entry add 203.0.113.0/24 --action allow --note "head office"\n',
    )
    .action((range: string, options: AddOptions) => addEntry(context, range, options));
}

type SavedEntry = { readonly entry: EntryAnswer; readonly warnings: readonly string[] };

async function addEntry(context: CliContext, range: string, options: AddOptions): Promise<void> {
  const { action, note, expires, account, confirmWide } = options;
  if (options.dryRun) {
    const add = [{ range, action, expiresAt: expires ?? null }];
    return previewEntries(context, { account, add, remove: [] }, options);
  }
  const body = { range, action, note, expiresAt: expires, account, confirmWide };
  const call = { method: "POST", path: PATH, query: safetyQuery(options), body } as const;
  const made = await withApi(context, (api) => makeChange<SavedEntry>(api, options, call));
  const { entry, warnings } = made.answer;
  for (const warning of warnings) context.stderr.write(`warning: ${warning}\n`);
  if (options.json) return printMadeJson(context, made);
  await printLine(context, `Entry ${entry.id}: ${entry.action} ${entry.range}`);
  await printUnconfirmed(context, made);
}

async function previewEntries(
  context: CliContext,
  list: Pick<ListChange, "add" | "remove"> & { readonly account: string | undefined },
  options: DryRun["options"],
): Promise<void> {
  const { account, ...entries } = list;
  const whose = account === undefined ? {} : { account };
  const change = { kind: "address-list" as const, ...whose, ...entries };
  await withApi(context, (api) => printDryRun(context, api, { changes: [change], options }));
}

function registerList(entry: Command, context: CliContext): void {
  entry
    .command("list")
    .description("show entries")
    .option("--covering <address>", "only those that hold this address, or all of this range")
    .option("--account <code>", "of this account (without it: of the platform)")
    .addOption(new Option("--action <action>", "only those that do this").choices(ACTIONS))
    .option("--limit <count>", "how many at most", parseCount(1, 1_000), 100)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern entry list --covering 203.0.113.7\n")
    .action(async (options: ListOptions) => {
      const { json, ...query } = options;
      const list = await withApi(context, (api) =>
        api.call<EntryList>({ method: "GET", path: PATH, query }),
      );
      if (json) return printJson(context, list);
      await printTable(context, list.entries, {
        columns: [
          ["ID", (row) => row.id],
          ["RANGE", (row) => row.range],
          ["ACTION", (row) => row.action],
          ["ORIGIN", (row) => row.origin],
          ["EXPIRES", (row) => row.expiresAt],
          ["AUTHOR", (row) => row.author],
          ["NOTE", (row) => row.note],
        ],
        empty: "There is no such entry.",
      });
      const shown = list.entries.length;
      if (list.next !== null) context.stderr.write(`${shown} of ${list.total}; see --limit\n`);
    });
}

function registerFiles(entry: Command, context: CliContext): void {
  const bringIn = entry
    .command("import <file>")
    .description("add all entries of a file (- is standard input), or none if a line is wrong")
    .addOption(new Option("--format <format>", "how the file is written").choices(FORMATS))
    .addOption(new Option("--action <action>", "for lines that name none").choices(ACTIONS))
    .option("--account <code>", "for this account (without it: for the platform)")
    .option("--confirm-wide", "yes, entries are meant to be as wide as they are")
    .option("--json", "print JSON");
  withSafetyOptions(withDryRunOptions(bringIn))
    .addHelpText(
      "after",
      "\nExamples:\n  postern entry import blocked.txt --action deny --dry-run\n" +
        "  postern entry import blocked.txt --action deny\n",
    )
    .action((file: string, options) => importEntries(context, file, options));
  entry
    .command("export")
    .description("print all entries as import takes them")
    .addOption(new Option("--format <format>", "how to write them").choices(FORMATS))
    .addOption(new Option("--action <action>", "only those that do this").choices(ACTIONS))
    .option("--account <code>", "of this account (without it: of the platform)")
    .addHelpText("after", "\nExample:\n  postern entry export --format csv > entries.csv\n")
    .action((options) => exportEntries(context, options));
}

type RemoveOptions = SafetyOptions & DryRunOptions & { readonly account?: string };

async function remove(context: CliContext, text: string, options: RemoveOptions): Promise<void> {
  const { account } = options;
  const idOf = async (api: ApiClient) =>
    /^\d+$/.test(text) ? Number(text) : idOfRange(api, text, account);
  if (options.dryRun) {
    const id = await withApi(context, idOf);
    return previewEntries(context, { account, add: [], remove: [id] }, options);
  }
  const made = await withApi(context, async (api) => {
    const id = await idOf(api);
    const query = { account, ...safetyQuery(options) };
    const call = { method: "DELETE", path: `${PATH}/${id}`, query } as const;
    return makeChange<unknown>(api, options, call);
  });
  await printLine(context, `Entry ${text} is removed.`);
  await printUnconfirmed(context, made);
}

/** The server knows how ranges are written; an entry it finds by this text has just that range. */
async function idOfRange(api: ApiClient, text: string, account?: string): Promise<number> {
  const { checkAddress } = await import("../core/network/check-address.ts");
  const check = checkAddress(text, "rule");
  if (check.canonical === null) throw new CliError(check.reason ?? "that is no range", 2);
  const query = { covering: text, account, limit: 1_000 };
  const { entries } = await api.call<EntryList>({ method: "GET", path: PATH, query });
  const found = entries.find((row) => row.range === check.canonical && row.origin === "manual");
  if (found === undefined) throw new CliError(`no manual entry has the range ${check.canonical}`);
  return found.id;
}
