// `postern number`: tracking numbers of accounts, and who may hear their recordings.
import { Option } from "commander";
import type { Command } from "commander";
import type { TrackingNumberAnswer } from "../api/tracking-numbers-api.ts";
import { parsePhoneNumber } from "../core/accounts/phone-number.ts";
import { withApi } from "./api-client.ts";
import type { ApiClient } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { findUser } from "./find-user.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { parseCount } from "./parse-list.ts";

const PATH = "/api/v1/tracking-numbers";
const NUMBER = "+61255501234";
const USER = "ada@example.com";

type Json = { readonly json?: true };
type AddOptions = Json & { readonly label?: string; readonly shareable?: true };
type SetOptions = Json & { readonly label?: string; readonly shareable?: "yes" | "no" };
type ListOptions = Json & {
  readonly search?: string;
  readonly account?: string;
  readonly user?: string;
  readonly limit: number;
};
type NumberPage = {
  readonly trackingNumbers: readonly TrackingNumberAnswer[];
  readonly next: string | null;
};

export function registerNumber(program: Command, context: CliContext): void {
  const number = program.command("number").description("tracking numbers and their grants");
  addNumbers(number, context);
  addGrants(number, context);
}

function addNumbers(number: Command, context: CliContext): void {
  number
    .command("add <account> <number>")
    .description("add a number to an account")
    .option("--label <text>", "what it is for")
    .option("--shareable", "the IP whitelist alone opens its recordings, where that is asked")
    .option("--json", "print JSON")
    .addHelpText("after", `\nExample:\n  postern number add acme ${NUMBER} --label Sydney\n`)
    .action(async (account: string, text: string, options: AddOptions) => {
      const { label, shareable: isShareable, json } = options;
      const body = { account, number: text, label, isShareable };
      const added = await withApi(context, (api) =>
        api.call<TrackingNumberAnswer>({ method: "POST", path: PATH, body }),
      );
      if (json) return printJson(context, added);
      await printLine(context, `Number ${added.number} belongs to ${added.account}.`);
    });
  number
    .command("list")
    .description("show numbers, in their order")
    .option("--search <text>", "part of the number or label")
    .option("--account <code>", "only those of this account")
    .option("--user <user>", "only those granted to this user")
    .option("--limit <count>", "how many at most", parseCount(1, 500), 100)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern number list --account acme\n")
    .action((options: ListOptions) => list(context, options));
  number
    .command("set <number>")
    .description("change a number's label, and whether it is shareable")
    .option("--label <text>", "what it is for")
    .addOption(
      new Option(
        "--shareable <choice>",
        "whether the IP whitelist alone opens its recordings, where that is asked",
      ).choices(["yes", "no"]),
    )
    .option("--json", "print JSON")
    .addHelpText("after", `\nExample:\n  postern number set ${NUMBER} --shareable yes\n`)
    .action((text: string, options: SetOptions) => set(context, text, options));
  number
    .command("remove <number>")
    .description("remove a number and its grants")
    .option("--json", "print JSON")
    .addHelpText("after", `\nExample:\n  postern number remove ${NUMBER}\n`)
    .action(async (text: string, options: Json) => {
      const removed = await withApi(context, async (api) => {
        const found = await findNumber(api, text);
        await api.call({ method: "DELETE", path: `${PATH}/${found.id}` });
        return found;
      });
      if (options.json) return printJson(context, removed);
      await printLine(context, `Number ${removed.number} is removed.`);
    });
}

async function set(context: CliContext, text: string, options: SetOptions): Promise<void> {
  const { label, shareable } = options;
  if (label === undefined && shareable === undefined) {
    throw new CliError("say --label, --shareable or both", 2);
  }
  const changed = await withApi(context, async (api) => {
    const found = await findNumber(api, text);
    const isShareable = shareable === undefined ? undefined : shareable === "yes";
    const path = `${PATH}/${found.id}`;
    return api.call<TrackingNumberAnswer>({ method: "PATCH", path, body: { label, isShareable } });
  });
  if (options.json) return printJson(context, changed);
  const is = changed.isShareable ? "shareable" : "not shareable";
  const named = changed.label === "" ? changed.number : `${changed.number} (${changed.label})`;
  await printLine(context, `Number ${named} is ${is}.`);
}

async function list(context: CliContext, options: ListOptions): Promise<void> {
  const { json, user: named, ...query } = options;
  const answer = await withApi(context, async (api) => {
    const user = named === undefined ? undefined : (await findUser(api, named)).id;
    return api.call<NumberPage>({ method: "GET", path: PATH, query: { ...query, user } });
  });
  if (json) return printJson(context, answer);
  await printTable(context, answer.trackingNumbers, {
    columns: [
      ["NUMBER", (row) => row.number],
      ["ACCOUNT", (row) => row.account],
      ["LABEL", (row) => row.label],
      ["GRANTS", (row) => row.grants],
      ["SHAREABLE", (row) => (row.isShareable ? "yes" : "no")],
      ["CREATED", (row) => row.createdAt],
    ],
    empty: "There are no tracking numbers.",
  });
  if (answer.next !== null) context.stderr.write("There are more: raise --limit, or --search.\n");
}

function addGrants(number: Command, context: CliContext): void {
  for (const [name, method, description, done] of [
    ["grant", "PUT", "let a member of its account hear a number's recordings", "is granted to"],
    ["revoke", "DELETE", "take a grant back", "is no longer granted to"],
  ] as const) {
    number
      .command(`${name} <number> <user>`)
      .description(description)
      .option("--json", "print JSON")
      .addHelpText("after", `\nExample:\n  postern number ${name} ${NUMBER} ${USER}\n`)
      .action(async (text: string, named: string, options: Json) => {
        const { found, user } = await withApi(context, async (api) => {
          const of = await findNumber(api, text);
          const to = await findUser(api, named);
          await api.call({ method, path: `${PATH}/${of.id}/grants/${to.id}` });
          return { found: of, user: to };
        });
        if (options.json) return printJson(context, { number: found.number, user: user.email });
        await printLine(context, `Number ${found.number} ${done} ${user.email}.`);
      });
  }
}

/** Ends the command when nobody has the number. */
async function findNumber(api: ApiClient, text: string): Promise<TrackingNumberAnswer> {
  const parsed = parsePhoneNumber(text);
  if (!parsed.ok) throw new CliError(parsed.reason, 2);
  const { number } = parsed;
  // A whole number is part of few others, all of them longer.
  const query = { search: number, limit: 500 };
  const { trackingNumbers } = await api.call<NumberPage>({ method: "GET", path: PATH, query });
  const found = trackingNumbers.find((one) => one.number === number);
  if (found === undefined) throw new CliError(`there is no tracking number ${number}`);
  return found;
}
