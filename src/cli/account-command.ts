// `postern account`: adds, lists, renames and removes client accounts.
import type { Command } from "commander";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { printJson, printLine, printTable } from "./output.ts";

const PATH = "/api/v1/accounts";

type Account = {
  readonly id?: string;
  readonly code: string;
  readonly name: string;
  readonly users?: number;
  readonly trackingNumbers?: number;
  readonly createdAt?: string;
};
type Options = { readonly json?: true };
type RemoveOptions = Options & { readonly confirm?: string };

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
          ["USERS", (row) => row.users],
          ["NUMBERS", (row) => row.trackingNumbers],
          ["CREATED", (row) => row.createdAt],
          ["ID", (row) => row.id],
        ],
        empty: "There are no accounts.",
      });
    });
  addChanges(account, context);
}

function addChanges(account: Command, context: CliContext): void {
  account
    .command("rename <code> <name>")
    .description("give an account another name; its code stays")
    .option("--json", "print JSON")
    .addHelpText("after", '\nExample:\n  postern account rename acme "Acme Pty Ltd"\n')
    .action(async (code: string, name: string, options: Options) => {
      const path = `${PATH}/${encodeURIComponent(code)}`;
      const renamed = await withApi(context, (api) =>
        api.call<Account>({ method: "PATCH", path, body: { name } }),
      );
      if (options.json) return printJson(context, renamed);
      await printLine(context, `Account ${renamed.code} is called ${renamed.name}.`);
    });
  account
    .command("remove <code>")
    .description("delete an account with its users, numbers and rules; without --confirm, say what")
    .option("--confirm <code>", "the code once more: delete it")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern account remove acme --confirm acme\n")
    .action(async (code: string, { confirm, json }: RemoveOptions) => {
      const path = `${PATH}/${encodeURIComponent(code)}`;
      await withApi(context, (api) => api.call({ method: "DELETE", path, query: { confirm } }));
      if (json) return printJson(context, { code });
      await printLine(context, `Account ${code} is deleted.`);
    });
}
