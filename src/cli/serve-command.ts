// `postern serve`: runs the server until it is told to stop.
import type { Command } from "commander";
import { describeConfig } from "../platform/config.ts";
import { configOf } from "./api-client.ts";
import { limitYoungHeap } from "../platform/limit-young-heap.ts";
import type { CliContext } from "./cli-context.ts";

export function registerServe(program: Command, context: CliContext): void {
  program
    .command("serve")
    .description("run the server, until SIGTERM or SIGINT")
    .addHelpText("after", variablesText())
    .addHelpText("after", "\nExample:\n  LISTEN=127.0.0.1:8080 DATA_DIR=./data postern serve\n")
    .action(async () => {
      limitYoungHeap();
      const { startServer } = await import("../server/start-server.ts");
      await startServer(configOf(context));
    });
}

function variablesText(): string {
  const rows = describeConfig().map((row) =>
    [
      `  ${row.name}${row.isSecret ? " (secret)" : ""}`,
      `      ${row.meaning}`,
      `      accepts: ${row.accepts}`,
      `      default: ${row.defaultText}`,
    ].join("\n"),
  );
  return `\nEnvironment variables:\n${rows.join("\n")}\n`;
}
