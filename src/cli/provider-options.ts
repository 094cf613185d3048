// The settings of a provider as options of a command, and as the API takes them.
import { Option } from "commander";
import type { Command } from "commander";

export type ProviderOptions = {
  readonly name?: string;
  readonly clientId?: string;
  readonly issuer?: string;
  readonly tenant?: string;
  readonly tenants?: readonly string[];
  readonly acrs?: readonly string[];
  readonly privateHosts?: readonly string[];
  readonly signsOut?: "yes" | "no";
};

export function addProviderOptions(command: Command): Command {
  return command
    .option("--name <name>", "what its button says: Continue with …")
    .option("--issuer <url>", "of kind oidc: the issuer, such as https://login.example.com")
    .option("--tenant <tenant>", "of Microsoft: common, organizations, or a tenant's id or domain")
    .option("--tenants <a,b>", "of Microsoft: ids of the tenants let in ('' for all)", readItems)
    .option("--acrs <a,b>", "values of acr that say a second factor was asked for", readItems)
    .option("--private-hosts <a,b>", "hosts that may be in a private network", readItems)
    .addOption(
      new Option("--signs-out <yes|no>", "signing out here leads there").choices(["yes", "no"]),
    );
}

/** Unlike other lists these can be emptied. */
function readItems(text: string): readonly string[] {
  return text === "" ? [] : text.split(",").map((item) => item.trim());
}

/** Only what was said. */
export function providerBodyOf(options: ProviderOptions): Readonly<Record<string, unknown>> {
  const { name, clientId, issuer, tenant, tenants, acrs, privateHosts, signsOut } = options;
  const isSignedOut = signsOut === undefined ? undefined : signsOut === "yes";
  const all = { name, clientId, issuer, tenant, tenants, privateHosts, factorAcrs: acrs };
  return Object.fromEntries(
    Object.entries({ ...all, signsOut: isSignedOut }).filter(([, value]) => value !== undefined),
  );
}
