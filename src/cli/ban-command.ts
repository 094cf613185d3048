// `postern ban`: lists bans and releases them.
import type { Command } from "commander";
import type { BanAnswer } from "../api/entry-api.ts";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { parseCount } from "./parse-list.ts";

const PATH = "/api/v1/bans";

type ListOptions = {
  readonly covering?: string;
  readonly account?: string;
  readonly ended?: true;
  readonly limit: number;
  readonly json?: true;
};

export function registerBan(program: Command, context: CliContext): void {
  const ban = program.command("ban").description("bans the system has made");
  ban
    .command("list")
    .description("show bans that hold now")
    .option("--covering <address>", "only those that cover this address")
    .option("--account <code>", "only those of this account")
    .option("--ended", "also those that have ended")
    .option("--limit <count>", "how many at most", parseCount(1, 1_000), 100)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern ban list --covering 203.0.113.7\n")
    .action((options: ListOptions) => list(context, options));
  ban
    .command("release <ban>")
    .description("end a ban early, by its number, or all bans of an address; clears the counters")
    .addHelpText("after", "\nExample:\n  postern ban release 203.0.113.7\n")
    .action((text: string) => release(context, text));
}

async function list(context: CliContext, options: ListOptions): Promise<void> {
  const { json, ...query } = options;
  const answer = await withApi(context, (api) =>
    api.call<{ readonly bans: readonly BanAnswer[] }>({ method: "GET", path: PATH, query }),
  );
  if (json) return printJson(context, answer);
  await printTable(context, answer.bans, {
    columns: [
      ["ID", (row) => row.id],
      ["RANGE", (row) => row.range],
      ["HOLDS", (row) => row.holds],
      ["ACCOUNT", (row) => row.account],
      ["CAUSE", (row) => row.cause],
      ["SINCE", (row) => row.createdAt],
      ["ENDS", (row) => row.releasedAt ?? row.endsAt],
    ],
    empty: "There are no bans.",
  });
}

async function release(context: CliContext, text: string): Promise<void> {
  if (/^\d+$/.test(text)) {
    const path = `${PATH}/${text}/release`;
    await withApi(context, (api) => api.call({ method: "POST", path }));
    return printLine(context, `Ban ${text} is released.`);
  }
  const { released } = await withApi(context, (api) =>
    api.call<{ readonly released: readonly BanAnswer[] }>({
      method: "POST",
      path: `${PATH}/release`,
      body: { address: text },
    }),
  );
  if (released.length === 0) throw new CliError(`no ban holds for ${text}`);
  for (const ban of released) {
    await printLine(context, `Ban ${ban.id} of ${ban.range} is released.`);
  }
}
