// `postern restore`: puts the store back to what a backup holds, all of it or nothing.
import { resolve } from "node:path";
import type { Command } from "commander";
import { configOf } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { checkFile } from "./open-file.ts";
import { printJson, printLine } from "./output.ts";
import { countOf } from "./count-of.ts";

export function registerRestore(program: Command, context: CliContext): void {
  program
    .command("restore")
    .description("replace the store by a backup; the server must be stopped")
    .argument("<file>", "a file that `postern backup` made")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern restore /var/backups/postern-2027-01-31.gz\n")
    .action(async (file: string, options: { readonly json?: true }) => {
      await checkFile(file);
      const { restoreStore } = await import("../server/restore-store.ts");
      const outcome = await restoreStore(configOf(context), resolve(file));
      if (!outcome.ok) throw new CliError(outcome.message);
      if (options.json) return printJson(context, outcome);
      await printLine(context, `${countOf(outcome.rowCount, "row is", "rows are")} restored.`);
      if (outcome.replacedFile !== null) {
        await printLine(context, `What was there before is kept as ${outcome.replacedFile}`);
      }
      if (outcome.replacedAnchors !== null) {
        const kept = `The audit's anchors of before are kept as ${outcome.replacedAnchors}`;
        await printLine(context, kept);
      }
    });
}
