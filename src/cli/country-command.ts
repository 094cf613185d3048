// `postern country`: shows and sets the country policy.
import { InvalidArgumentError, Option, type Command } from "commander";
import type { PolicyAnswer } from "../api/policy-api.ts";
import { COUNTRY_CODES } from "../core/network/iso-3166.ts";
import type { CountryRule, ListAction, Mode } from "../core/network/network-policy.ts";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { previewSection, withDryRunOptions } from "./dry-run.ts";
import type { DryRunOptions } from "./dry-run.ts";
import { makeChange, printUnconfirmed } from "./make-change.ts";
import { printJson, printLine } from "./output.ts";
import { parseList } from "./parse-list.ts";
import { safetyQuery, withSafetyOptions } from "./safety-options.ts";
import type { SafetyOptions } from "./safety-options.ts";

const PATH = "/api/v1/policy/country";
const ACTIONS = ["allow", "deny"] as const;

type SetOptions = SafetyOptions &
  DryRunOptions & {
    readonly mode?: Mode;
    readonly default?: ListAction;
    readonly allow?: readonly string[];
    readonly deny?: readonly string[];
    readonly unknown?: ListAction;
    readonly private?: ListAction;
    readonly account?: string;
  };
type CountryAnswer = Omit<PolicyAnswer, "value"> & { readonly value: CountryRule };

export function registerCountry(program: Command, context: CliContext): void {
  const country = program.command("country").description("the country policy");
  country
    .command("show")
    .description("show the policy")
    .option("--account <code>", "of this account (without it: of the platform)")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern country show\n")
    .action(async (options: { readonly account?: string; readonly json?: true }) => {
      const { json, ...query } = options;
      const call = { method: "GET", path: PATH, query } as const;
      const answer = await withApi(context, (api) => api.call<CountryAnswer>(call));
      if (json) return printJson(context, answer);
      await printRule(context, answer.value);
    });
  registerSet(country, context);
}

function registerSet(country: Command, context: CliContext): void {
  const set = country
    .command("set")
    .description("change what is named here; the rest stays, lists are replaced")
    .addOption(new Option("--mode <mode>", "mode").choices(["off", "monitor", "enforce"]))
    .addOption(new Option("--default <action>", "for countries not named").choices(ACTIONS))
    .option(
      "--allow <codes>",
      "countries to allow, such as DE,FR; none empties the list",
      parseCountries,
    )
    .option("--deny <codes>", "countries to deny; none empties the list", parseCountries)
    .addOption(new Option("--unknown <action>", "for unknown locations").choices(ACTIONS))
    .addOption(new Option("--private <action>", "for private addresses").choices(ACTIONS))
    .option("--account <code>", "of this account (without it: of the platform)");
  withSafetyOptions(withDryRunOptions(set))
    .addHelpText(
      "after",
      "\nExamples:\n" +
        "  postern country set --mode enforce --default deny --allow DE,AT,CH --dry-run\n" +
        "  postern country set --mode enforce --default deny --allow DE,AT,CH\n",
    )
    .action((options: SetOptions) => setRule(context, options));
}

async function setRule(context: CliContext, options: SetOptions): Promise<void> {
  const inBoth = options.allow?.filter((code) => options.deny?.includes(code)) ?? [];
  if (inBoth.length > 0) {
    throw new CliError(`${inBoth.join(", ")}: name a country in --allow or --deny, not both`, 2);
  }
  const { account } = options;
  const query = { account };
  const read = { method: "GET", path: PATH, query } as const;
  if (options.dryRun) {
    const { value: old } = await withApi(context, (api) => api.call<CountryAnswer>(read));
    const value = changed(old, options);
    await printRule(context, value);
    return previewSection(context, { account, section: "country", value }, options);
  }
  const made = await withApi(context, async (api) => {
    const { value, version } = await api.call<CountryAnswer>(read);
    const body = { value: changed(value, options), version };
    const asked = { ...query, ...safetyQuery(options) };
    const put = { method: "PUT", path: PATH, query: asked, body } as const;
    return makeChange<CountryAnswer>(api, options, put);
  });
  await printRule(context, made.answer.value);
  await printUnconfirmed(context, made);
}

function changed(rule: CountryRule, options: SetOptions): CountryRule {
  return {
    mode: options.mode ?? rule.mode,
    defaultAction: options.default ?? rule.defaultAction,
    countries: changedCountries(rule.countries, options),
    unknown: options.unknown ?? rule.unknown,
    private: options.private ?? rule.private,
  };
}

function changedCountries(
  countries: CountryRule["countries"],
  options: SetOptions,
): CountryRule["countries"] {
  const next = new Map(Object.entries(countries));
  for (const action of ACTIONS) {
    const codes = options[action];
    if (codes === undefined) continue;
    for (const [code, old] of next) if (old === action) next.delete(code);
  }
  for (const code of options.allow ?? []) next.set(code, "allow");
  for (const code of options.deny ?? []) next.set(code, "deny");
  return Object.fromEntries(next);
}

async function printRule(context: CliContext, rule: CountryRule): Promise<void> {
  const named = (action: ListAction): string =>
    Object.keys(rule.countries)
      .filter((code) => rule.countries[code] === action)
      .toSorted()
      .join(",") || "-";
  await printLine(context, `mode               ${rule.mode}`);
  await printLine(context, `default            ${rule.defaultAction}`);
  await printLine(context, `allow              ${named("allow")}`);
  await printLine(context, `deny               ${named("deny")}`);
  await printLine(context, `unknown location   ${rule.unknown}`);
  await printLine(context, `private addresses  ${rule.private}`);
}

function parseCountries(text: string): readonly string[] {
  if (text.trim().toLowerCase() === "none") return [];
  const known: ReadonlySet<string> = new Set(COUNTRY_CODES);
  if (text.trim() === "") {
    throw new InvalidArgumentError("write codes such as DE,FR, or none to empty the list");
  }
  const codes = parseList(text.toUpperCase());
  const odd = codes.filter((code) => !known.has(code));
  if (odd.length === 0) return codes;
  throw new InvalidArgumentError(
    `${odd.join(", ")} is no ISO 3166-1 code; write two letters each, such as DE,FR`,
  );
}
