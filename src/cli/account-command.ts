// `postern account`: adds and lists client accounts.
import type { Command } from "commander";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { printJson, printLine, printTable } from "./output.ts";

const PATH = "/api/v1/accounts";

type Account = { readonly code: string; readonly name: string; readonly createdAt?: string };
type Options = { readonly json?: true };

export function registerAccount(program: Command, context: CliContext): void {
  const account = program.command("account").description("client accounts");
  account
    .command("add <code> <name>")
    .description("add an account; the code is short and stays")
    .option("--json", "print JSON")
    .addHelpText("after", '\nExample:\n  postern account add acme "Acme Ltd"\n')
    .action(async (code: string, name: string, options: Options) => {
      const added = await withApi(context, (api) =>
        api.call<unknown>({ method: "POST", path: PATH, body: { code, name } }),
      );
      if (options.json) return printJson(context, added);
      await printLine(context, `Account ${code} is there.`);
    });
  account
    .command("list")
    .description("show all accounts")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern account list\n")
    .action(async (options: Options) => {
      const answer = await withApi(context, (api) =>
        api.call<{ readonly accounts: readonly Account[] }>({ method: "GET", path: PATH }),
      );
      if (options.json) return printJson(context, answer);
      await printTable(context, answer.accounts, {
        columns: [
          ["CODE", (row) => row.code],
          ["NAME", (row) => row.name],
          ["CREATED", (row) => row.createdAt],
        ],
        empty: "There are no accounts.",
      });
    });
}
