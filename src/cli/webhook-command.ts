// `postern webhook`: whom security events are sent to, signed, and how that fares.
import { InvalidArgumentError, type Command } from "commander";
import { EVENT_GROUPS } from "../api/journal-api.ts";
import type { EventGroup } from "../api/journal-api.ts";
import type {
  DeletedWebhookAnswer,
  NewWebhookAnswer,
  WebhookAnswer,
  WebhookListAnswer,
  WebhookPatch,
  WebhookTestAnswer,
} from "../api/webhook-api.ts";
import { withApi } from "./api-client.ts";
import type { ApiClient } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { parseList } from "./parse-list.ts";

const PATH = "/api/v1/webhooks";
const GROUP_LIST = EVENT_GROUPS.join(",");
const WHICH = "its name or id";

type Json = { readonly json?: true };
type AddOptions = Json & { readonly groups: readonly EventGroup[] };
type ChangeOptions = Json & Pick<WebhookPatch, "name" | "url" | "groups">;

export function registerWebhook(program: Command, context: CliContext): void {
  const webhook = program
    .command("webhook")
    .description("where security events are sent to, as signed messages");
  registerReading(webhook, context);
  registerChanging(webhook, context);
  registerAsking(webhook, context);
}

function registerReading(webhook: Command, context: CliContext): void {
  webhook
    .command("list")
    .description("show the webhooks, and how they fare; and syslog")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern webhook list\n")
    .action((options: Json) => list(context, options));
  webhook
    .command("test")
    .description("send a test message at once and say what became of it")
    .argument("<webhook>", WHICH)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern webhook test SIEM\n")
    .action((named: string, options: Json) => test(context, named, options));
}

function registerChanging(webhook: Command, context: CliContext): void {
  webhook
    .command("add <name> <url>")
    .description("send events there from now on; prints the secret to check them with, once")
    .requiredOption("--groups <groups>", `which events: of ${GROUP_LIST}`, parseGroups)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExample:\n  postern webhook add SIEM https://siem.example.com/in --groups bans,alarms\n",
    )
    .action((name: string, url: string, options: AddOptions) => {
      const { groups, json } = options;
      return add(context, { name, url, groups }, { json });
    });
  webhook
    .command("change")
    .description("change what is named here; the rest stays")
    .argument("<webhook>", WHICH)
    .option("--name <name>", "another name")
    .option("--url <url>", "where events are sent to")
    .option("--groups <groups>", `which events: of ${GROUP_LIST}`, parseGroups)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern webhook change SIEM --groups bans,refusals\n")
    .action((named: string, { json, ...patch }: ChangeOptions) => {
      if (Object.keys(patch).length === 0) throw new CliError("say what to change", 2);
      return change(context, named, { patch, json });
    });
  for (const word of ["on", "off"] as const) {
    webhook
      .command(word)
      .description(word === "on" ? "send events again" : "send nothing, and drop what waits")
      .argument("<webhook>", WHICH)
      .option("--json", "print JSON")
      .addHelpText("after", `\nExample:\n  postern webhook ${word} SIEM\n`)
      .action((named: string, { json }: Json) =>
        change(context, named, { patch: { isOn: word === "on" }, json }),
      );
  }
}

function registerAsking(webhook: Command, context: CliContext): void {
  webhook
    .command("new-secret")
    .description("give it a new secret, printed once; the old one ends with it")
    .argument("<webhook>", WHICH)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern webhook new-secret SIEM\n")
    .action(async (named: string, { json }: Json) => {
      const answer = await onOne(context, named, ({ id }, api) =>
        api.call<{ readonly secret: string }>({ method: "POST", path: `${PATH}/${id}/secret` }),
      );
      if (json) return printJson(context, answer);
      await printSecret(context, answer.secret);
    });
  webhook
    .command("remove")
    .description("delete it with what waits for it")
    .argument("<webhook>", WHICH)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern webhook remove SIEM\n")
    .action(async (named: string, { json }: Json) => {
      const { name, dropped } = await onOne(context, named, async (found, api) => {
        const call = { method: "DELETE", path: `${PATH}/${found.id}` } as const;
        return { name: found.name, ...(await api.call<DeletedWebhookAnswer>(call)) };
      });
      if (json) return printJson(context, { dropped });
      const left = dropped === 0 ? "" : ` Never sent: ${dropped}.`;
      await printLine(context, `Webhook ${name} is deleted.${left}`);
    });
}

function parseGroups(text: string): readonly EventGroup[] {
  const isGroup = (word: string): word is EventGroup => EVENT_GROUPS.some((one) => one === word);
  const groups = parseList(text);
  if (groups.every(isGroup)) return groups;
  throw new InvalidArgumentError(`write some of ${GROUP_LIST}`);
}

async function list(context: CliContext, { json }: Json): Promise<void> {
  const answer = await withApi(context, readList);
  if (json) return printJson(context, answer);
  await printTable(context, answer.webhooks, {
    columns: [
      ["ID", (row) => row.id],
      ["NAME", (row) => row.name],
      ["STATE", (row) => row.state],
      ["GROUPS", (row) => row.groups.join(",")],
      ["WAITING", (row) => row.waiting],
      ["NEVER SENT", (row) => row.lost],
      ["DELIVERED", (row) => row.deliveredAt],
      ["URL", (row) => row.url],
      ["FAULT", (row) => row.fault],
    ],
    empty: "There are no webhooks.",
  });
  if (answer.syslog === null) return;
  const { url, isConnected, waiting, lost, fault } = answer.syslog;
  const state = isConnected ? "connected" : `not connected${fault === null ? "" : ` (${fault})`}`;
  await printLine(context, `syslog ${url}: ${state}, ${waiting} waiting, ${lost} never sent`);
}

async function add(
  context: CliContext,
  body: Readonly<Record<string, unknown>>,
  { json }: { readonly json: true | undefined },
): Promise<void> {
  const made = await withApi(context, (api) =>
    api.call<NewWebhookAnswer>({ method: "POST", path: PATH, body }),
  );
  if (json) return printJson(context, made);
  await printLine(context, `Webhook ${made.name} (${made.id}) is on.`);
  await printSecret(context, made.secret);
}

async function printSecret(context: CliContext, secret: string): Promise<void> {
  await printLine(context, secret);
  context.stderr.write("Give the receiver this secret now; it is not shown again.\n");
}

async function change(
  context: CliContext,
  named: string,
  { patch, json }: { readonly patch: WebhookPatch; readonly json: true | undefined },
): Promise<void> {
  const changed = await onOne(context, named, ({ id, version }, api) => {
    const body = { ...patch, version };
    return api.call<WebhookAnswer>({ method: "PATCH", path: `${PATH}/${id}`, body });
  });
  if (json) return printJson(context, changed);
  const { name, isOn, groups } = changed;
  const state = isOn ? `on and gets ${groups.join(", ")}` : "off: nothing is sent";
  await printLine(context, `Webhook ${name} is ${state}.`);
}

async function test(context: CliContext, named: string, { json }: Json): Promise<void> {
  const { isGood, status, fault, milliseconds } = await onOne(context, named, ({ id }, api) =>
    api.call<WebhookTestAnswer>({ method: "POST", path: `${PATH}/${id}/test` }),
  );
  if (json) await printJson(context, { isGood, status, fault, milliseconds });
  else if (isGood) await printLine(context, `Taken with status ${status} in ${milliseconds} ms.`);
  if (!isGood) throw new CliError(`the test message was not taken: ${fault ?? "no answer"}`);
}

function onOne<Result>(
  context: CliContext,
  named: string,
  act: (found: WebhookAnswer, api: ApiClient) => Promise<Result>,
): Promise<Result> {
  return withApi(context, async (api) => act(await find(api, named), api));
}

function readList(api: ApiClient): Promise<WebhookListAnswer> {
  return api.call<WebhookListAnswer>({ method: "GET", path: PATH });
}

/** Names need not differ. */
async function find(api: ApiClient, named: string): Promise<WebhookAnswer> {
  const { webhooks } = await readList(api);
  const byId = webhooks.filter(({ id }) => id === named);
  const key = named.toLowerCase();
  const found = byId.length > 0 ? byId : webhooks.filter(({ name }) => name.toLowerCase() === key);
  const [one] = found;
  if (one === undefined) throw new CliError(`there is no webhook ${named}; see webhook list`);
  if (found.length === 1) return one;
  const ids = found.map(({ id }) => id).join(", ");
  throw new CliError(`several webhooks are named ${named}; name one by its id: ${ids}`, 2);
}
