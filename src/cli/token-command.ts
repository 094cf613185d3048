// `postern token`: makes, lists and revokes API tokens.
import type { Command } from "commander";
import { SCOPES } from "../api/scopes.ts";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { parseEnd } from "./parse-duration.ts";
import { parseList } from "./parse-list.ts";

const PATH = "/api/v1/tokens";
const SCOPES_HELP = `what it may do, separated by commas: ${SCOPES.join(", ")}`;

type Token = {
  readonly id: string | number;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt?: string;
  readonly expiresAt?: string | null;
  readonly lastUsedAt?: string | null;
};
type CreateOptions = {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expires?: string;
  readonly json?: true;
};

export function registerToken(program: Command, context: CliContext): void {
  const token = program.command("token").description("API tokens of other systems");
  token
    .command("create")
    .description("make a token; it is shown once")
    .requiredOption("--name <name>", "what the token is for")
    .requiredOption("--scopes <a,b>", SCOPES_HELP, parseList)
    .option("--expires <when>", "90d, or a time (without it: never)", (text) => parseEnd(text))
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExample:\n  postern token create --name pbx --scopes reports:write --expires 90d\n",
    )
    .action((options: CreateOptions) => create(context, options));
  token
    .command("list")
    .description("show all tokens, without their secrets")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern token list\n")
    .action((options: { readonly json?: true }) => list(context, options));
  token
    .command("revoke <id>")
    .description("end a token at once")
    .addHelpText("after", "\nExample:\n  postern token revoke 7\n")
    .action(async (id: string) => {
      const path = `${PATH}/${encodeURIComponent(id)}`;
      await withApi(context, (api) => api.call({ method: "DELETE", path }));
      await printLine(context, `Token ${id} is revoked.`);
    });
}

async function create(context: CliContext, options: CreateOptions): Promise<void> {
  const { name, scopes, expires } = options;
  const body = { name, scopes, ...(expires === undefined ? {} : { expiresAt: expires }) };
  const created = await withApi(context, (api) =>
    api.call<{ readonly token: string }>({ method: "POST", path: PATH, body }),
  );
  if (options.json) return printJson(context, created);
  await printLine(context, created.token);
  context.stderr.write("Keep it now: it is not shown again.\n");
}

async function list(context: CliContext, options: { readonly json?: true }): Promise<void> {
  const answer = await withApi(context, (api) =>
    api.call<{ readonly tokens: readonly Token[] }>({ method: "GET", path: PATH }),
  );
  if (options.json) return printJson(context, answer);
  await printTable(context, answer.tokens, {
    columns: [
      ["ID", (row) => row.id],
      ["NAME", (row) => row.name],
      ["SCOPES", (row) => row.scopes.join(",")],
      ["CREATED", (row) => row.createdAt],
      ["EXPIRES", (row) => row.expiresAt],
      ["LAST USED", (row) => row.lastUsedAt],
    ],
    empty: "There are no tokens.",
  });
}
