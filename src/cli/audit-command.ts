// `postern audit`: what administrators did, and whether its chain is whole.
import type { Command } from "commander";
import type { AuditCheckAnswer, AuditEntryAnswer, AuditListAnswer } from "../api/audit-api.ts";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { parseStart } from "./parse-duration.ts";
import { parseCount } from "./parse-list.ts";
import { countOf } from "./count-of.ts";

const PATH = "/api/v1/audit";
const PAGE_ROWS = 1_000;
const LIMIT = 100;
const LIMIT_MAX = 1_000_000;

type ListOptions = {
  readonly since?: string;
  readonly actor?: string;
  readonly limit: number;
  readonly json?: true;
};

export function registerAudit(program: Command, context: CliContext): void {
  const audit = program
    .command("audit")
    .description("what administrators did: a chain of entries that nothing deletes");
  audit
    .command("list")
    .description("show entries, newest first")
    .option("--since <when>", "24h, 7d or a time (without it: from the first on)", (text) =>
      parseStart(text),
    )
    .option("--actor <part>", "part of who did it: an e-mail address, a token's name")
    .option("--limit <count>", "how many at most", parseCount(1, LIMIT_MAX), LIMIT)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern audit list --since 7d --actor ada@example.com\n")
    .action((options: ListOptions) => list(context, options));
  audit
    .command("verify")
    .description("check that no entry was changed, cut off, put in or exchanged (else exit code 1)")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern audit verify\n")
    .action((options: { readonly json?: true }) => verify(context, options));
}

async function list(context: CliContext, options: ListOptions): Promise<void> {
  const entries = await readEntries(context, options);
  if (options.json) return printJson(context, { entries });
  await printTable(context, entries, {
    columns: [
      ["NUMBER", (row) => row.number],
      ["AT", (row) => row.at],
      ["WHAT", (row) => row.kind],
      ["WHO", (row) => row.actor],
      ["ACCOUNT", (row) => row.account],
      ["DETAIL", (row) => detailText(row)],
    ],
    empty: "There are no such entries.",
  });
}

async function readEntries(
  context: CliContext,
  { since, actor, limit }: ListOptions,
): Promise<readonly AuditEntryAnswer[]> {
  return await withApi(context, async (api) => {
    const entries: AuditEntryAnswer[] = [];
    let after: string | null = null;
    do {
      const query = new URLSearchParams({
        limit: String(Math.min(limit - entries.length, PAGE_ROWS)),
        ...(since === undefined ? {} : { since }),
        ...(actor === undefined ? {} : { actor }),
        ...(after === null ? {} : { after }),
      });
      const path = `${PATH}?${query.toString()}`;
      const page: AuditListAnswer = await api.call({ method: "GET", path });
      entries.push(...page.entries);
      after = page.next;
    } while (after !== null && entries.length < limit);
    return entries;
  });
}

function detailText({ reason, address, detail }: AuditEntryAnswer): string {
  const facts = { ...(address === null ? {} : { address }), ...detail };
  const texts = Object.entries(facts).map(([name, value]) => {
    return `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`;
  });
  return [...(reason === null ? [] : [reason]), ...texts].join(" ");
}

async function verify(context: CliContext, options: { readonly json?: true }): Promise<void> {
  const check = await withApi(context, (api) =>
    api.call<AuditCheckAnswer>({ method: "GET", path: `${PATH}/check` }),
  );
  if (options.json) await printJson(context, check);
  const { problem, entries, anchors, head } = check;
  if (problem !== null) {
    const at = problem.at === null ? "" : ` (${problem.at})`;
    throw new CliError(
      `the audit is not intact: ${problem.message}${at}; ` +
        `${countOf(entries, "entry", "entries")} before it are as they were`,
    );
  }
  if (options.json) return;
  const size = countOf(entries, "entry", "entries");
  await printLine(context, `intact, ${size}, head ${head === "" ? "-" : head}`);
  context.stderr.write(
    `Compared with ${countOf(anchors, "anchor", "anchors")} in audit-anchors.\n`,
  );
}
