// `postern geo`: shows the country database and brings in a newer one.
import { resolve } from "node:path";
import { Option, type Command } from "commander";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { printJson, printLine } from "./output.ts";

const PATH = "/api/v1/geo";

type Options = { readonly url?: string; readonly file?: string; readonly json?: true };

export function registerGeo(program: Command, context: CliContext): void {
  const geo = program.command("geo").description("the country database");
  geo
    .command("status")
    .description("show which database is in use and how old it is")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern geo status\n")
    .action(async (options: Options) => {
      const call = { method: "GET", path: PATH } as const;
      await print(context, await withApi(context, (api) => api.call(call)), options);
    });
  geo
    .command("update")
    .description("check a newer database and use it from now on; a bad one changes nothing")
    .option("--url <url>", "fetch it from here (without it: COUNTRY_DATABASE_URL)")
    .addOption(new Option("--file <path>", "take this file").conflicts("url"))
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern geo update --file country.mmdb\n")
    .action(async (options: Options) => {
      const { url, file, json } = options;
      // The server may run in another directory.
      const body = file === undefined ? { url } : { file: resolve(file) };
      const call = { method: "POST", path: `${PATH}/update`, body } as const;
      await print(context, await withApi(context, (api) => api.call(call)), { json });
    });
}

async function print(
  context: CliContext,
  answer: unknown,
  options: { readonly json?: true | undefined },
): Promise<void> {
  if (options.json || typeof answer !== "object" || answer === null) {
    return printJson(context, answer);
  }
  for (const [name, value] of Object.entries(answer)) {
    const shown = typeof value === "string" ? value : JSON.stringify(value);
    await printLine(context, `${name}: ${shown}`);
  }
}
