// `postern subscription`: deny lists that others keep, and the copies that were taken of them.
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import type { SubscriptionAnswer, SubscriptionChange } from "../api/subscription-api.ts";
import { SUBSCRIPTION_FORMATS } from "../core/network/subscription.ts";
import type { SubscriptionFormat } from "../core/network/subscription.ts";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { countOf } from "./count-of.ts";
import { printDryRun, withDryRunOptions } from "./dry-run.ts";
import type { DryRunOptions } from "./dry-run.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { parseDuration } from "./parse-duration.ts";
import { safetyQuery, withOverrideOption } from "./safety-options.ts";
import type { SafetyOptions } from "./safety-options.ts";

const PATH = "/api/v1/subscriptions";

type Api = Parameters<Parameters<typeof withApi>[1]>[0];
type AddOptions = { readonly format?: SubscriptionFormat; readonly every?: number };
type Override = Pick<SafetyOptions, "overrideLockout">;
type ChangeOptions = AddOptions &
  Override &
  DryRunOptions & { readonly mode?: SubscriptionChange["mode"] };

export function registerSubscription(program: Command, context: CliContext): void {
  const subscription = program
    .command("subscription")
    .description("deny lists that others keep, for the whole platform");
  subscription
    .command("list")
    .description("show what is subscribed to, and how it is")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern subscription list\n")
    .action((options: { readonly json?: true }) => list(context, options));
  subscription
    .command("add <name> <source>")
    .description("subscribe and read the list; it begins in monitor and refuses nobody yet")
    .option("--format <format>", `one of ${SUBSCRIPTION_FORMATS.join(", ")}`, parseFormat)
    .option("--every <duration>", "how often it is read, such as 12h; default 1d", parseDuration)
    .addHelpText(
      "after",
      "\nExample:\n  postern subscription add DROP https://www.spamhaus.org/drop/drop_v4.json\n",
    )
    .action((name: string, source: string, options: AddOptions) =>
      add(context, { name, source, ...toMembers(options) }),
    );
  const changing = subscription
    .command("change <name>")
    .description("set its mode, format or how often it is read")
    .option("--mode <mode>", "off, monitor or enforce", parseMode)
    .option("--format <format>", `one of ${SUBSCRIPTION_FORMATS.join(", ")}`, parseFormat)
    .option("--every <duration>", "how often it is read, such as 12h", parseDuration);
  withOverrideOption(withDryRunOptions(changing))
    .addHelpText(
      "after",
      "\nExamples:\n  postern subscription change DROP --mode enforce --dry-run\n" +
        "  postern subscription change DROP --mode enforce\n",
    )
    .action((name: string, options: ChangeOptions) => change(context, name, options));
  registerCopies(subscription, context);
}

function registerCopies(subscription: Command, context: CliContext): void {
  subscription
    .command("refresh <name>")
    .description("read the list now")
    .addHelpText("after", "\nExample:\n  postern subscription refresh DROP\n")
    .action((name: string) =>
      onOne(context, name, ({ id }, api) =>
        api.call<SubscriptionAnswer>({ method: "POST", path: `${PATH}/${id}/refresh` }),
      ),
    );
  subscription
    .command("take <name>")
    .description("take the copy that was kept back because it lost most of its ranges")
    .addHelpText("after", "\nExample:\n  postern subscription take DROP\n")
    .action((name: string) =>
      onOne(context, name, ({ id, keptBack }, api) => {
        if (keptBack === null) throw new CliError(`no copy of ${name} was kept back`);
        const body = { contentHash: keptBack.contentHash };
        return api.call<SubscriptionAnswer>({ method: "POST", path: `${PATH}/${id}/take`, body });
      }),
    );
  subscription
    .command("remove <name>")
    .description("end a subscription; its list no longer holds")
    .addHelpText("after", "\nExample:\n  postern subscription remove DROP\n")
    .action((name: string) => remove(context, name));
}

function parseFormat(text: string): SubscriptionFormat {
  const format = SUBSCRIPTION_FORMATS.find((known) => known === text);
  if (format !== undefined) return format;
  throw new InvalidArgumentError(`write one of ${SUBSCRIPTION_FORMATS.join(", ")}`);
}

function parseMode(text: string): SubscriptionChange["mode"] {
  if (text === "off" || text === "monitor" || text === "enforce") return text;
  throw new InvalidArgumentError("write off, monitor or enforce");
}

function toMembers({ format, every }: AddOptions): SubscriptionChange {
  return {
    ...(format === undefined ? {} : { format }),
    ...(every === undefined ? {} : { intervalSeconds: every }),
  };
}

async function readList(api: Api): Promise<readonly SubscriptionAnswer[]> {
  const { subscriptions } = await api.call<{
    readonly subscriptions: readonly SubscriptionAnswer[];
  }>({ method: "GET", path: PATH });
  return subscriptions;
}

async function list(context: CliContext, { json }: { readonly json?: true }): Promise<void> {
  const subscriptions = await withApi(context, readList);
  if (json) return printJson(context, { subscriptions });
  await printTable(context, subscriptions, {
    columns: [
      ["NAME", (row) => row.name],
      ["MODE", (row) => row.mode],
      ["STATE", (row) => row.state],
      ["RANGES", (row) => row.ranges],
      ["READ", (row) => row.loadedAt],
      ["NEXT", (row) => row.nextAt],
      ["SOURCE", (row) => row.source],
      ["FAULT", (row) => row.fault],
    ],
    empty: "Nothing is subscribed to.",
  });
}

async function add(context: CliContext, body: object): Promise<void> {
  const read = await withApi(context, async (api) => {
    const made = await api.call<SubscriptionAnswer>({ method: "POST", path: PATH, body });
    return await api.call<SubscriptionAnswer>({
      method: "POST",
      path: `${PATH}/${made.id}/refresh`,
    });
  });
  await describe(context, read);
}

async function change(context: CliContext, name: string, options: ChangeOptions): Promise<void> {
  const { mode } = options;
  const body = { ...toMembers(options), ...(mode === undefined ? {} : { mode }) };
  if (Object.keys(body).length === 0) throw new CliError("say what to change: see --help");
  if (options.dryRun) return previewMode(context, name, options);
  const query = safetyQuery(options);
  await onOne(context, name, ({ id }, api) =>
    api.call<SubscriptionAnswer>({ method: "PATCH", path: `${PATH}/${id}`, query, body }),
  );
}

/** How it is read concerns nobody before it is read so. */
async function previewMode(
  context: CliContext,
  name: string,
  options: ChangeOptions,
): Promise<void> {
  const { mode } = options;
  if (mode === undefined) throw new CliError("--dry-run shows what another --mode would do", 2);
  await withApi(context, async (api) => {
    const { id } = await find(api, name);
    const changes = [{ kind: "subscription-mode", id, mode }] as const;
    await printDryRun(context, api, { changes, options });
  });
}

async function remove(context: CliContext, name: string): Promise<void> {
  await withApi(context, async (api) => {
    const { id } = await find(api, name);
    await api.call({ method: "DELETE", path: `${PATH}/${id}` });
  });
  await printLine(context, `${name} is no longer subscribed to.`);
}

async function onOne(
  context: CliContext,
  name: string,
  act: (found: SubscriptionAnswer, api: Api) => Promise<SubscriptionAnswer>,
): Promise<void> {
  await describe(context, await withApi(context, async (api) => act(await find(api, name), api)));
}

async function find(api: Api, name: string): Promise<SubscriptionAnswer> {
  const subscriptions = await readList(api);
  const found = subscriptions.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw new CliError(`there is no subscription ${name}`);
  return found;
}

async function describe(context: CliContext, subscription: SubscriptionAnswer): Promise<void> {
  const { name, mode, ranges, fault, difference } = subscription;
  await printLine(context, `${name} is on ${mode} with ${countOf(ranges, "range")}.`);
  if (fault !== null) return printLine(context, `The last attempt came to nothing: ${fault}.`);
  if (difference === null) return;
  const { added, removed, badLines } = difference;
  const bad = badLines === 0 ? "" : `, ${countOf(badLines, "line")} could not be read`;
  await printLine(context, `The last new copy: ${added} added, ${removed} removed${bad}.`);
}
