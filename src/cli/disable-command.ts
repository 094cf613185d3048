// `postern disable`: switches one rule off at once, when it has locked people out.
import { Argument, type Command } from "commander";
import { DISABLE_RULES } from "../api/policy-api.ts";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { printLine } from "./output.ts";
import { overrideOption, overrideQuery } from "./override-option.ts";
import type { OverrideOptions } from "./override-option.ts";

export function registerDisable(program: Command, context: CliContext): void {
  program
    .command("disable")
    .description("switch a rule off at once (break-glass); its settings stay")
    .addArgument(new Argument("<rule>", "the rule").choices(DISABLE_RULES))
    .option("--account <code>", "of this account (without it: of the platform)")
    .addOption(overrideOption())
    .addHelpText("after", "\nExample:\n  postern disable country --account acme\n")
    .action(async (rule: string, options: OverrideOptions & { readonly account?: string }) => {
      const body = { rule, account: options.account };
      const path = "/api/v1/policy/disable";
      await withApi(context, (api) =>
        api.call({ method: "POST", path, query: overrideQuery(options), body }),
      );
      await printLine(context, `${rule} is off for ${options.account ?? "the platform"}.`);
    });
}
