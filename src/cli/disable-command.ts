// `postern disable`: switches one rule off at once, when it has locked people out.
import { Argument, type Command } from "commander";
import { DISABLE_RULES } from "../api/policy-api.ts";
import type { Disabled } from "../api/policy-api.ts";
import { withApi } from "./api-client.ts";
import { describeParts } from "./change-words.ts";
import type { CliContext } from "./cli-context.ts";
import { makeChange, printUnconfirmed } from "./make-change.ts";
import { printLine } from "./output.ts";
import { safetyQuery, withSafetyOptions } from "./safety-options.ts";
import type { SafetyOptions } from "./safety-options.ts";

export function registerDisable(program: Command, context: CliContext): void {
  withSafetyOptions(
    program
      .command("disable")
      .description("switch a rule off at once (break-glass); its settings stay")
      .addArgument(new Argument("<rule>", "the rule").choices(DISABLE_RULES))
      .option("--account <code>", "of this account (without it: of the platform)"),
  )
    .addHelpText("after", "\nExample:\n  postern disable country --account acme\n")
    .action(async (rule: string, options: SafetyOptions & { readonly account?: string }) => {
      const { account } = options;
      const body = { rule, account };
      const path = "/api/v1/policy/disable";
      const call = { method: "POST", path, query: safetyQuery(options), body } as const;
      const made = await withApi(context, (api) => makeChange<Disabled>(api, options, call));
      for (const { actor, parts } of made.answer.takenBack) {
        const what = `a change that ${actor} made of ${describeParts(parts)}`;
        await printLine(context, `Taken back first, as it waited to be confirmed: ${what}.`);
      }
      await printLine(context, `${rule} is off for ${account ?? "the platform"}.`);
      await printUnconfirmed(context, made);
    });
}
