// `postern policy history|restore`, and `show` of a number: what was changed, and going back to it.
import { Option, type Command } from "commander";
import type { ProposedChange } from "../api/proposed-change-api.ts";
import type { RestoredState, RevisionAnswer, RevisionDetail } from "../api/revision-api.ts";
import { withApi } from "./api-client.ts";
import type { ApiClient } from "./api-client.ts";
import { countEntries, describeSubject } from "./change-words.ts";
import type { CliContext } from "./cli-context.ts";
import { printDryRun, withDryRunOptions } from "./dry-run.ts";
import type { DryRunOptions } from "./dry-run.ts";
import { makeChange, printMadeJson, printUnconfirmed } from "./make-change.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { parseCount } from "./parse-list.ts";
import { safetyQuery, withSafetyOptions } from "./safety-options.ts";
import type { SafetyOptions } from "./safety-options.ts";

const PATH = "/api/v1/revisions";
const REVISION_NUMBER_MAX = 999_999_999;
const STATES = ["before", "after"] as const satisfies readonly RestoredState[];

type HistoryOptions = {
  readonly account?: string;
  readonly limit: number;
  readonly json?: true;
};
type RestoreOptions = SafetyOptions &
  DryRunOptions & {
    readonly to: RestoredState;
    readonly json?: true;
  };

export const parseRevisionNumber = parseCount(1, REVISION_NUMBER_MAX);

export function registerRevisions(policy: Command, context: CliContext): void {
  policy
    .command("history")
    .description("list what was changed of rules and lists, newest first")
    .option("--account <code>", "only of this account (without it: of the platform and of all)")
    .option("--limit <count>", "how many at most", parseCount(1, 200), 50)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern policy history --account acme --limit 10\n")
    .action((options: HistoryOptions) => list(context, options));
  const goBack = policy
    .command("restore")
    .description("go back in the history: the section, or the list, is as it was then")
    .argument("<number>", "the change, as policy history numbers it", parseRevisionNumber)
    .addOption(
      new Option("--to <state>", "as it was before that change, which takes it back, or after it")
        .choices(STATES)
        .default("before"),
    )
    .option("--json", "print JSON");
  withSafetyOptions(withDryRunOptions(goBack))
    .addHelpText(
      "after",
      "\nExamples:\n  postern policy restore 12 --dry-run\n  postern policy restore 12\n",
    )
    .action((number: number, options: RestoreOptions) => restore(context, number, options));
}

type RevisionList = {
  readonly revisions: readonly RevisionAnswer[];
  readonly next: number | null;
};

async function list(context: CliContext, options: HistoryOptions): Promise<void> {
  const { json, ...query } = options;
  const page = await withApi(context, (api) =>
    api.call<RevisionList>({ method: "GET", path: PATH, query }),
  );
  if (json) return printJson(context, page);
  await printTable(context, page.revisions, {
    columns: [
      ["NUMBER", (row) => row.number],
      ["AT", (row) => row.at],
      ["WHAT", (row) => describeSubject(row)],
      ["OF", (row) => row.account ?? "the platform"],
      ["WHO", (row) => row.actor],
      ["WAY", (row) => describeWay(row)],
    ],
    empty: "Nothing was changed yet.",
  });
  if (page.next !== null) context.stderr.write("there are older ones; see --limit\n");
}

function describeWay({ way, restores, overrode }: RevisionAnswer): string {
  const of = restores === null ? "" : ` of ${restores}`;
  return `${way}${of}${overrode === null ? "" : ", override"}`;
}

/** Of a section the difference as a patch, of a list each entry. */
export async function showRevision(
  context: CliContext,
  number: number,
  { json }: { readonly json: true | undefined },
): Promise<void> {
  const revision = await withApi(context, (api) =>
    api.call<RevisionDetail>({ method: "GET", path: `${PATH}/${number}` }),
  );
  if (json) return printJson(context, revision);
  const { at, account, actor, address, overrode, entries, firstEntries, diff } = revision;
  const from = address === null ? "" : ` from ${address}`;
  const whose = `${describeSubject(revision)} of ${account ?? "the platform"}`;
  await printLine(context, `Change ${number}: ${whose}`);
  await printLine(context, `${at}, ${actor}${from} (${describeWay(revision)})`);
  if (overrode !== null) await printLine(context, `Made all the same: ${overrode}`);
  // No control character is printed, and the patch names its sides after a tab.
  for (const line of diff.split("\n").slice(0, -1)) {
    await printLine(context, line.replaceAll("\t", "  "));
  }
  for (const entry of firstEntries) await printLine(context, describeEntry(entry));
  const more = entries - firstEntries.length;
  if (more > 0) await printLine(context, `and ${countEntries(more)} more; see --json`);
}

type ShownEntry = RevisionDetail["firstEntries"][number];

function describeEntry({ range, before, after }: ShownEntry): string {
  if (before === null) return `+ ${range} ${describeState(after)}`;
  if (after === null) return `- ${range} ${describeState(before)}`;
  return `~ ${range} ${describeState(before)} -> ${describeState(after)}`;
}

function describeState(state: ShownEntry["before"]): string {
  if (state === null) return "";
  const { action, note, expiresAt } = state;
  const said = note === "" ? "" : ` "${note}"`;
  return `${action}${said}${expiresAt === null ? "" : ` until ${expiresAt}`}`;
}

type Restored = { readonly revisions: readonly number[] };

const NOTHING = "Nothing is other than it was then.";

async function restore(
  context: CliContext,
  number: number,
  options: RestoreOptions,
): Promise<void> {
  const { to, dryRun, json } = options;
  await withApi(context, async (api) => {
    if (dryRun) return previewRestore(context, api, { number, options });
    const query = { to, ...safetyQuery(options) };
    const call = { method: "POST", path: `${PATH}/${number}/restore`, query } as const;
    const made = await makeChange<Restored>(api, options, call);
    if (json) return printMadeJson(context, made);
    const [latest] = made.answer.revisions;
    if (latest === undefined) return printLine(context, NOTHING);
    await printLine(context, `It is as it was ${to} change ${number}; this is change ${latest}.`);
    await printUnconfirmed(context, made);
  });
}

async function previewRestore(
  context: CliContext,
  api: ApiClient,
  asked: { readonly number: number; readonly options: RestoreOptions },
): Promise<void> {
  const { number, options } = asked;
  const { to } = options;
  const path = `${PATH}/${number}/changes`;
  const query = { to };
  const { changes } = await api.call<{ readonly changes: readonly ProposedChange[] }>({
    method: "GET",
    path,
    query,
  });
  await printDryRun(context, api, { changes, options, nothing: NOTHING });
}
