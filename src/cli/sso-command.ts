// `postern sso`: the providers by which people sign in, and a test of them.
import { Argument } from "commander";
import type { Command } from "commander";
import type {
  ChangedProviderAnswer,
  DeletedProviderAnswer,
  ProviderAnswer,
  ProviderListAnswer,
  ProviderTestAnswer,
} from "../api/provider-api.ts";
import { PROVIDER_KINDS } from "../core/identity/single-sign-on/provider.ts";
import type { ProviderKind } from "../core/identity/single-sign-on/provider.ts";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { addProviderOptions, providerBodyOf } from "./provider-options.ts";
import type { ProviderOptions } from "./provider-options.ts";
import { readSecret } from "./read-secret.ts";

const PATH = "/api/v1/providers";
const NAMES: Readonly<Record<ProviderKind, string | null>> = {
  google: "Google",
  microsoft: "Microsoft",
  oidc: null,
};
const RESULTS: Readonly<Record<ProviderTestAnswer["steps"][number]["result"], string>> = {
  passed: "passed",
  warned: "warned",
  failed: "FAILED",
  "left-out": "left out",
};

type Json = { readonly json?: true };
type SettingOptions = Json & ProviderOptions & { readonly secretFile?: string };
type AddOptions = SettingOptions & {
  readonly account?: string;
  readonly clientId: string;
  readonly on?: true;
};

export function registerSso(program: Command, context: CliContext): void {
  const sso = program.command("sso").description("single sign-on: the providers people sign in by");
  addReading(sso, context);
  addTest(sso, context);
  addAdding(sso, context);
  addChanging(sso, context);
  addRemoving(sso, context);
}

function addReading(sso: Command, context: CliContext): void {
  sso
    .command("list")
    .description("show the providers, and what to enter at them as redirect URI")
    .option("--account <code>", "an account's own (without it: the platform's)")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern sso list\n")
    .action(async ({ account, json }: Json & { readonly account?: string }) => {
      const answer = await withApi(context, (api) =>
        api.call<ProviderListAnswer>({ method: "GET", path: PATH, query: { account } }),
      );
      if (json) return printJson(context, answer);
      await printTable(context, answer.providers, {
        columns: [
          ["PROVIDER", (row) => row.id],
          ["KIND", (row) => row.kind],
          ["NAME", (row) => row.name],
          ["ON", (row) => row.isEnabled],
          ["USERS", (row) => row.connections],
          ["REDIRECT URI", (row) => row.redirectUri],
        ],
        empty: `There are no providers. The redirect URI will be ${answer.redirectUriPattern}`,
      });
    });
  sso
    .command("show <provider>")
    .description("show how a provider is configured, without its secret")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern sso show google\n")
    .action(async (id: string, { json }: Json) => {
      const found = await withApi(context, (api) =>
        api.call<ProviderAnswer>({ method: "GET", path: pathOf(id) }),
      );
      if (json) return printJson(context, found);
      await printTable(context, rowsOf(found), {
        columns: [
          ["SETTING", ([setting]) => setting],
          ["VALUE", ([, value]) => value],
        ],
        empty: "",
      });
    });
}

function rowsOf(provider: ProviderAnswer): readonly (readonly [string, string | number | null])[] {
  const yes = (is: boolean) => (is ? "yes" : "no");
  const { kind } = provider;
  const ofMicrosoft = [
    ["tenant", provider.tenant],
    ["tenants let in", provider.tenants.join(", ") || "all of the tenant"],
  ] as const;
  return [
    ["provider", provider.id],
    ["account", provider.account ?? "the platform"],
    ["kind", kind],
    ["name", provider.name],
    ["on", yes(provider.isEnabled)],
    ["issuer", provider.issuer],
    ...(kind === "microsoft" ? ofMicrosoft : []),
    ["client id", provider.clientId],
    ["client secret", provider.hasSecret ? "kept sealed" : "MISSING"],
    ["redirect URI", provider.redirectUri],
    ["acr with second factor", provider.factorAcrs.join(", ")],
    ["private hosts", provider.privateHosts.join(", ")],
    ["signs out there", yes(provider.signsOut)],
    ["users connected", provider.connections],
    ["with no other way in", provider.onlyWayIn],
    ["changed", `${provider.changedAt} by ${provider.changedBy}`],
  ];
}

function addTest(sso: Command, context: CliContext): void {
  sso
    .command("test <provider>")
    .description("ask the provider whether it can be used as it is configured; nobody signs in")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern sso test google\n")
    .action(async (id: string, { json }: Json) => {
      const path = `${pathOf(id)}/test`;
      const tested = await withApi(context, (api) =>
        api.call<ProviderTestAnswer>({ method: "POST", path }),
      );
      if (json) await printJson(context, tested);
      else await printSteps(context, tested);
      if (!tested.isGood) throw new CliError(`people cannot sign in by ${id} as it is now`);
    });
}

async function printSteps(context: CliContext, { steps }: ProviderTestAnswer): Promise<void> {
  for (const { step, result, message, advice } of steps) {
    await printLine(context, `${RESULTS[result].padEnd(9)} ${step.padEnd(14)} ${message}`);
    if (advice !== null) await printLine(context, `${" ".repeat(25)}${advice}`);
  }
}

function addAdding(sso: Command, context: CliContext): void {
  const add = sso
    .command("add")
    .description("add a provider, off at first; its client secret comes from standard input")
    .addArgument(new Argument("<kind>", "what it is").choices(PROVIDER_KINDS))
    .argument("<code>", "short, stands in the redirect URI and stays")
    .option("--account <code>", "an account's own (without it: the platform's)")
    .requiredOption("--client-id <id>", "as the provider gave it")
    .option("--secret-file <file>", "the client secret (- is standard input)", "-");
  addProviderOptions(add)
    .option("--on", "people can sign in by it at once")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  postern sso add google google --client-id 123.apps.example < secret.txt\n" +
        "  postern sso add microsoft entra --tenant example.com --client-id 1234 " +
        "--secret-file secret.txt\n" +
        "  postern sso add oidc keycloak --name Keycloak --issuer https://id.example.com " +
        "--client-id postern --secret-file secret.txt\n",
    )
    .action((kind: ProviderKind, code: string, options: AddOptions) =>
      addProvider(context, { kind, code, options }),
    );
}

async function addProvider(
  context: CliContext,
  wanted: { readonly kind: ProviderKind; readonly code: string; readonly options: AddOptions },
): Promise<void> {
  const { kind, code, options } = wanted;
  const name = options.name ?? NAMES[kind];
  if (name === null) throw new CliError("say with --name what the button is to say", 2);
  const clientSecret = await readSecret(context, options.secretFile ?? "-");
  const isEnabled = options.on === true;
  const body = { ...providerBodyOf(options), code, kind, name, clientSecret, isEnabled };
  const query = { account: options.account };
  const made = await withApi(context, (api) =>
    api.call<ProviderAnswer>({ method: "POST", path: PATH, query, body }),
  );
  if (options.json) return printJson(context, made);
  await printLine(context, `Provider ${made.id} is there, and ${made.isEnabled ? "on" : "off"}.`);
  await printLine(context, `Enter at the provider as redirect URI: ${made.redirectUri}`);
  if (!made.isEnabled) {
    context.stderr.write(`Then: postern sso test ${made.id} && postern sso on ${made.id}\n`);
  }
}

function addChanging(sso: Command, context: CliContext): void {
  const set = sso
    .command("set <provider>")
    .description("change settings; pointed elsewhere, a provider needs its secret again")
    .option("--client-id <id>", "as the provider gave it")
    .option("--secret-file <file>", "a new client secret (- is standard input)");
  addProviderOptions(set)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern sso set google --secret-file secret.txt\n")
    .action(async (id: string, options: SettingOptions) => {
      const { secretFile } = options;
      const secret =
        secretFile === undefined ? {} : { clientSecret: await readSecret(context, secretFile) };
      const body = { ...providerBodyOf(options), ...secret };
      if (Object.keys(body).length === 0) throw new CliError("say what to change", 2);
      const changed = await change(context, id, body);
      if (options.json) return printJson(context, changed);
      await printLine(context, `Provider ${id} is saved as version ${changed.version}.`);
      tellLosses(context, changed);
    });
  for (const word of ["on", "off"] as const) {
    sso
      .command(`${word} <provider>`)
      .description(
        word === "on"
          ? "let people sign in by a provider"
          : "let nobody sign in by a provider, and end the sessions that came by it",
      )
      .option("--json", "print JSON")
      .addHelpText("after", `\nExample:\n  postern sso ${word} google\n`)
      .action(async (id: string, { json }: Json) => {
        const changed = await change(context, id, { isEnabled: word === "on" });
        if (json) return printJson(context, changed);
        await printLine(context, `Provider ${id} is ${word}.`);
        tellLosses(context, changed);
      });
  }
}

function change(
  context: CliContext,
  id: string,
  body: Readonly<Record<string, unknown>>,
): Promise<ChangedProviderAnswer> {
  return withApi(context, (api) => api.call({ method: "PATCH", path: pathOf(id), body }));
}

function addRemoving(sso: Command, context: CliContext): void {
  sso
    .command("remove <provider>")
    .description("delete a provider with its connections; without --confirm, say what")
    .option("--confirm <provider>", "the provider once more: delete it")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern sso remove google --confirm google\n")
    .action(async (id: string, { confirm, json }: Json & { readonly confirm?: string }) => {
      const removed = await withApi(context, async (api) => {
        const found = await api.call<ProviderAnswer>({ method: "GET", path: pathOf(id) });
        if (confirm !== id) throw unconfirmed(found);
        return api.call<DeletedProviderAnswer>({ method: "DELETE", path: pathOf(id) });
      });
      if (json) return printJson(context, removed);
      await printLine(context, `Provider ${id} is deleted.`);
      tellLosses(context, removed);
    });
}

function unconfirmed({ id, connections, onlyWayIn }: ProviderAnswer): CliError {
  const goes = `With ${id} go for good its secret and the connections of users: ${connections}.`;
  const shutOut =
    onlyWayIn === 0
      ? ""
      : ` Users who have no other way in: ${onlyWayIn}; mail them a password link first.`;
  return new CliError(`${goes}${shutOut} Repeat it as --confirm ${id} to delete it.`);
}

function tellLosses(context: CliContext, losses: DeletedProviderAnswer): void {
  const { removedConnections, endedSessions } = losses;
  if (removedConnections > 0) {
    context.stderr.write(`Connections of users removed: ${removedConnections}\n`);
  }
  if (endedSessions > 0) context.stderr.write(`Sessions ended: ${endedSessions}\n`);
}

function pathOf(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}
