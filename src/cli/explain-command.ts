// `postern explain`: says how the gate decides an address, or decided a request, step by step.
import { Option, type Command } from "commander";
import { SURFACES } from "../core/network/surface.ts";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { parseTime } from "./parse-duration.ts";

type Options = {
  readonly surface?: string;
  readonly account?: string;
  readonly at?: string;
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
    .option("--decision <id>", "the decision a refused visitor was shown")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  postern explain 203.0.113.7 --surface api\n" +
        "  postern explain --decision abcdefghijklmnopqrst\n",
    )
    .action((address: string | undefined, options: Options) => explain(context, address, options));
}

async function explain(
  context: CliContext,
  address: string | undefined,
  options: Options,
): Promise<void> {
  const { decision, json, ...query } = options;
  if ((address === undefined) === (decision === undefined)) {
    throw new CliError("say either an address or --decision ID", 2);
  }
  const call =
    decision === undefined
      ? { path: "/api/v1/explain", query: { address, ...query } }
      : { path: `/api/v1/decisions/${encodeURIComponent(decision)}` };
  const answer = await withApi(context, (api) => api.call<Explained>({ method: "GET", ...call }));
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
  const width = Math.max(...FACTS.map((name) => name.length));
  for (const name of FACTS) {
    const value = answer.detail?.[name];
    if (typeof value === "string") await printLine(context, `${name.padEnd(width)}  ${value}`);
  }
}

function seen(step: ExplainedStep): string {
  return Object.entries(step.detail ?? {})
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(" ");
}
