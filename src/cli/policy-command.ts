// `postern policy`: shows and sets the rules, one section at a time, as JSON.
import { Argument, type Command } from "commander";
import { text as textOf } from "node:stream/consumers";
import type { PolicyAnswer } from "../api/policy-api.ts";
import { PLATFORM_SECTIONS } from "../core/network/network-policy.ts";
import { parseStrictJson } from "../platform/http/strict-json.ts";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { printJson, printLine } from "./output.ts";

const PATH = "/api/v1/policy";

type Options = { readonly account?: string };

export function registerPolicy(program: Command, context: CliContext): void {
  const policy = program.command("policy").description("the rules, one section at a time");
  policy
    .command("show")
    .description("print a section, or all of them, as JSON")
    .addArgument(new Argument("[section]", "the section").choices(PLATFORM_SECTIONS))
    .option("--account <code>", "of this account (without it: of the platform)")
    .addHelpText("after", "\nExample:\n  postern policy show rate-limits --account acme\n")
    .action(async (section: string | undefined, options: Options) => {
      const path = section === undefined ? PATH : `${PATH}/${section}`;
      const call = { method: "GET", path, query: options } as const;
      await printJson(context, await withApi(context, (api) => api.call<unknown>(call)));
    });
  policy
    .command("set")
    .description("replace a section; the JSON is what show prints as value")
    .addArgument(new Argument("<section>", "the section").choices(PLATFORM_SECTIONS))
    .argument("<json>", "the whole section (- is standard input)")
    .option("--account <code>", "of this account (without it: of the platform)")
    .addHelpText(
      "after",
      `\nExample:\n  postern policy set hard-limit '{"exemptAllowEntries":false}'\n`,
    )
    .action((section: string, json: string, options: Options) =>
      set(context, { section, json, query: options }),
    );
}

async function set(
  context: CliContext,
  change: { readonly section: string; readonly json: string; readonly query: Options },
): Promise<void> {
  const { section, json, query } = change;
  const value = parsed(json === "-" ? await textOf(context.stdin) : json);
  const path = `${PATH}/${section}`;
  const saved = await withApi(context, async (api) => {
    const { version } = await api.call<PolicyAnswer>({ method: "GET", path, query });
    return api.call<PolicyAnswer>({ method: "PUT", path, query, body: { value, version } });
  });
  await printLine(context, `Section ${section} is saved as version ${saved.version}.`);
}

function parsed(json: string): unknown {
  const result = parseStrictJson(new TextEncoder().encode(json));
  if (result.ok) return result.value;
  throw new CliError(`the section must be JSON, but ${result.why}; see postern policy show`, 2);
}
