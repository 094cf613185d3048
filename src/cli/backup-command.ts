// `postern backup`: writes everything in the store to one file, while the server goes on.
import { resolve } from "node:path";
import type { Command } from "commander";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { printJson, printLine } from "./output.ts";
import { countOf } from "./count-of.ts";

type Answer = { readonly path: string; readonly rows: number };

export function registerBackup(program: Command, context: CliContext): void {
  program
    .command("backup")
    .description("write a backup of the whole store to a new file, while the server goes on")
    .argument("<file>", "the file to make; an existing one is never written over")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern backup /var/backups/postern-2027-01-31.gz\n")
    .action(async (file: string, options: { readonly json?: true }) => {
      const answer = await withApi(context, (api) =>
        // The server may run in another directory.
        api.call<Answer>({
          method: "POST",
          path: "/api/v1/backup",
          body: { path: resolve(file) },
        }),
      );
      if (options.json) return printJson(context, answer);
      await printLine(context, `${countOf(answer.rows, "row is", "rows are")} in ${answer.path}`);
    });
}
