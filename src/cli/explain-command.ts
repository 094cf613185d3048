// `postern explain`: says how the gate decides an address, or decided a request, step by step.
import { Option, type Command } from "commander";
import { SURFACES } from "../core/network/surface.ts";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { findUser } from "./find-user.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { parseTime } from "./parse-duration.ts";

type Options = {
  readonly surface?: string;
  readonly account?: string;
  readonly at?: string;
  readonly recording?: string;
  readonly user?: string;
  readonly decision?: string;
  readonly json?: true;
};

type ExplainedStep = {
  readonly layer: string;
  readonly step: string;
  readonly result: string;
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
};

type Explained = {
  readonly verdict: string | null;
  readonly status?: number | null;
  readonly reason: string | null;
  readonly steps: readonly ExplainedStep[];
  /** Ways in, each with the facts it needs; only of what is asked before. */
  readonly wouldPassIf?: readonly Readonly<Record<string, unknown>>[];
  /** Only of a decision that was made. */
  readonly detail?: Readonly<Record<string, unknown>>;
};

const FACTS = ["addressFrom", "countryDatabaseDate", "method", "host", "path"] as const;

export function registerExplain(program: Command, context: CliContext): void {
  program
    .command("explain [address]")
    .description("say how an address is decided, or how a request was, step by step")
    .addOption(new Option("--surface <surface>", "what is asked for").choices(SURFACES))
    .option("--account <code>", "the account the request is for")
    .option("--at <time>", "at this time (without it: now)", parseTime)
    .option("--recording <id>", "whether this recording would play")
    .option("--user <email-or-id>", "who listens to it (without it: nobody is signed in)")
    .option("--decision <id>", "the decision a refused visitor was shown")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  postern explain 203.0.113.7 --surface api\n" +
        "  postern explain 203.0.113.7 --recording abcdefghijklmnopqrst --user ada@example.com\n" +
        "  postern explain --decision abcdefghijklmnopqrst\n",
    )
    .action((address: string | undefined, options: Options) => explain(context, address, options));
}

async function explain(
  context: CliContext,
  address: string | undefined,
  options: Options,
): Promise<void> {
  const { decision, json, user: named, ...query } = options;
  if ((address === undefined) === (decision === undefined)) {
    throw new CliError("say either an address or --decision ID", 2);
  }
  if (named !== undefined && query.recording === undefined) {
    throw new CliError("--user is who listens: say --recording ID too", 2);
  }
  const answer = await withApi(context, async (api) => {
    if (decision !== undefined) {
      const path = `/api/v1/decisions/${encodeURIComponent(decision)}`;
      return api.call<Explained>({ method: "GET", path });
    }
    const user = named === undefined ? {} : { user: (await findUser(api, named)).id };
    const path = "/api/v1/explain";
    return api.call<Explained>({ method: "GET", path, query: { address, ...query, ...user } });
  });
  if (json) return printJson(context, answer);
  await printExplained(context, answer);
}

export async function printExplained(context: CliContext, answer: Explained): Promise<void> {
  const status = answer.status == null ? "" : ` (${answer.status})`;
  await printLine(context, `${answer.verdict}${status}: ${answer.reason}`);
  await printTable(context, answer.steps, {
    columns: [
      ["LAYER", (row) => row.layer],
      ["STEP", (row) => row.step],
      ["RESULT", (row) => row.result],
      ["SEEN", (row) => seen(row)],
    ],
    empty: "No rule was looked at.",
  });
  for (const { code, with: together, ...facts } of answer.wouldPassIf ?? []) {
    const codes = [code, ...(Array.isArray(together) ? together : [])].join(" and ");
    await printLine(context, `would pass if: ${[codes, spell(facts)].join(" ").trimEnd()}`);
  }
  const width = Math.max(...FACTS.map((name) => name.length));
  for (const name of FACTS) {
    const value = answer.detail?.[name];
    if (typeof value === "string") await printLine(context, `${name.padEnd(width)}  ${value}`);
  }
}

function seen(step: ExplainedStep): string {
  return spell(step.detail ?? {});
}

function spell(facts: Readonly<Record<string, unknown>>): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(" ");
}
