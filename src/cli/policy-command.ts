// `postern policy`: shows and sets the rules, a section at a time or by a file, and goes back.
import { Argument, InvalidArgumentError, type Command } from "commander";
import { text as textOf } from "node:stream/consumers";
import type { PolicyAnswer } from "../api/policy-api.ts";
import { PLATFORM_SECTIONS } from "../core/network/network-policy.ts";
import type { PolicySection } from "../core/network/network-policy.ts";
import { parseStrictJson } from "../platform/http/strict-json.ts";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { previewSection, withDryRunOptions } from "./dry-run.ts";
import type { DryRunOptions } from "./dry-run.ts";
import { makeChange, printUnconfirmed } from "./make-change.ts";
import { printJson, printLine } from "./output.ts";
import { registerPolicyFile } from "./policy-file-commands.ts";
import { parseRevisionNumber, registerRevisions, showRevision } from "./revision-commands.ts";
import { safetyQuery, withSafetyOptions } from "./safety-options.ts";
import type { SafetyOptions } from "./safety-options.ts";
import { registerUnconfirmed } from "./unconfirmed-commands.ts";

const PATH = "/api/v1/policy";

type Options = { readonly account?: string };
type ShowOptions = Options & { readonly json?: true };
type SetOptions = Options & SafetyOptions & DryRunOptions;

export function registerPolicy(program: Command, context: CliContext): void {
  const policy = program
    .command("policy")
    .description("the rules: a section at a time, or as a file; and their history");
  policy
    .command("show")
    .description("print a section, or all of them, as JSON; or what a change of them changed")
    .argument("[what]", "a section, or a number of policy history", parseShown)
    .option("--account <code>", "the section of this account (without it: of the platform)")
    .option("--json", "print JSON, of a change too")
    .addHelpText(
      "after",
      "\nExamples:\n  postern policy show rate-limits --account acme\n  postern policy show 12\n",
    )
    .action((what: Shown | undefined, options: ShowOptions) => show(context, what, options));
  registerSet(policy, context);
  registerRevisions(policy, context);
  registerUnconfirmed(policy, context);
  registerPolicyFile(policy, context);
}

function registerSet(policy: Command, context: CliContext): void {
  const replace = policy
    .command("set")
    .description("replace a section; the JSON is what show prints as value")
    .addArgument(new Argument("<section>", "the section").choices(PLATFORM_SECTIONS))
    .argument("<json>", "the whole section (- is standard input)")
    .option("--account <code>", "of this account (without it: of the platform)");
  withSafetyOptions(withDryRunOptions(replace))
    .addHelpText(
      "after",
      `\nExamples:\n  postern policy set hard-limit '{"exemptAllowEntries":false}' --dry-run\n` +
        `  postern policy set hard-limit '{"exemptAllowEntries":false}'\n`,
    )
    .action((section: PolicySection, json: string, options: SetOptions) =>
      set(context, { section, json, options }),
    );
}

type Shown = string | number;

function parseShown(text: string): Shown {
  if (/^\d+$/.test(text)) return parseRevisionNumber(text);
  if (PLATFORM_SECTIONS.some((section) => section === text)) return text;
  const sections = PLATFORM_SECTIONS.join(", ");
  throw new InvalidArgumentError(`write a number of policy history, or one of ${sections}`);
}

async function show(
  context: CliContext,
  what: Shown | undefined,
  { account, json }: ShowOptions,
): Promise<void> {
  if (typeof what === "number") {
    if (account === undefined) return showRevision(context, what, { json });
    throw new CliError("--account goes with a section; a change is told by its number alone", 2);
  }
  const path = what === undefined ? PATH : `${PATH}/${what}`;
  const call = { method: "GET", path, query: { account } } as const;
  await printJson(context, await withApi(context, (api) => api.call<unknown>(call)));
}

async function set(
  context: CliContext,
  change: { readonly section: PolicySection; readonly json: string; readonly options: SetOptions },
): Promise<void> {
  const { section, json, options } = change;
  const { account } = options;
  const query = { account };
  const value = parsed(json === "-" ? await textOf(context.stdin) : json);
  const path = `${PATH}/${section}`;
  if (options.dryRun) return previewSection(context, { account, section, value }, options);
  const made = await withApi(context, async (api) => {
    const { version } = await api.call<PolicyAnswer>({ method: "GET", path, query });
    const asked = { ...query, ...safetyQuery(options) };
    const call = { method: "PUT", path, query: asked, body: { value, version } } as const;
    return makeChange<PolicyAnswer>(api, options, call);
  });
  await printLine(context, `Section ${section} is saved as version ${made.answer.version}.`);
  await printUnconfirmed(context, made);
}

function parsed(json: string): unknown {
  const result = parseStrictJson(new TextEncoder().encode(json));
  if (result.ok) return result.value;
  throw new CliError(`the section must be JSON, but ${result.why}; see postern policy show`, 2);
}
