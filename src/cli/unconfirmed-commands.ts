// `postern policy unconfirmed|confirm|take-back`: changes that go back by themselves.
import { InvalidArgumentError, type Command } from "commander";
import type { UnconfirmedChange } from "../api/unconfirmed-api.ts";
import { openApi, withApi } from "./api-client.ts";
import type { ApiClient } from "./api-client.ts";
import { targetOf } from "./api-target.ts";
import type { TargetOptions } from "./api-target.ts";
import { describeParts } from "./change-words.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { confirmCommand, listUnconfirmed, UNCONFIRMED_PATH } from "./make-change.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { safetyQuery, withOverrideOption } from "./safety-options.ts";
import type { SafetyOptions } from "./safety-options.ts";

type Json = { readonly json?: true };
type ConfirmOptions = TargetOptions & Json;
type TakeBackOptions = Pick<SafetyOptions, "overrideLockout"> & Json;

const CONFIRM_HELP = `
No rule refuses the host's shell, so what it says proves nothing: it may take a change back, and not
confirm it. Confirm where the change applies: in the console, or with an API token over the network.

Examples:
  postern policy confirm CHANGE --url https://gate.example.com --token-file token
`;

export function registerUnconfirmed(policy: Command, context: CliContext): void {
  policy
    .command("unconfirmed")
    .description("list the changes that go back by themselves, and what went back of late")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern policy unconfirmed\n")
    .action((options: Json) => list(context, options));
  policy
    .command("confirm")
    .description("confirm a change from where it applies: it stays")
    .argument("<change>", "the change, as policy unconfirmed names it", parseChangeId)
    .option("--url <url>", "the Postern whose change it is, over the network")
    .option("--token-file <file>", "holds an API token with the scope policy:write")
    .option("--json", "print JSON")
    .addHelpText("after", CONFIRM_HELP)
    .action((changeId: string, options: ConfirmOptions) => confirm(context, changeId, options));
  withOverrideOption(
    policy
      .command("take-back")
      .description("take a change back at once that waits to be confirmed")
      .argument("<change>", "the change, as policy unconfirmed names it", parseChangeId)
      .option("--json", "print JSON"),
  )
    .addHelpText("after", "\nExample:\n  postern policy take-back CHANGE\n")
    .action((changeId: string, options: TakeBackOptions) => takeBack(context, changeId, options));
}

function parseChangeId(text: string): string {
  if (/^[a-z2-7]{20}$/.test(text)) return text;
  throw new InvalidArgumentError("write 20 letters a-z and digits 2-7; see policy unconfirmed");
}

async function list(context: CliContext, { json }: Json): Promise<void> {
  const answer = await withApi(context, listUnconfirmed);
  if (json) return printJson(context, answer);
  await printTable(context, answer.changes, {
    columns: [
      ["CHANGE", (row) => row.changeId],
      ["GOES BACK AT", (row) => row.goesBackAt],
      ["IN", (row) => describeLeft(row)],
      ["WHO", (row) => row.actor],
      ["WHAT", (row) => describeParts(row.parts)],
    ],
    empty: "No change waits to be confirmed.",
  });
  if (answer.wentBack.length === 0) return;
  await printLine(context, "");
  await printLine(context, "Went back in the last 24 hours, as nobody confirmed it:");
  await printTable(context, answer.wentBack, {
    columns: [
      ["CHANGE", (row) => row.changeId],
      ["WENT BACK AT", (row) => row.wentBackAt],
      ["WHO", (row) => row.actor],
      ["WHAT", (row) => describeParts(row.parts)],
    ],
    empty: "",
  });
}

/** `1h 5m`, and of the last minute the seconds. */
function describeLeft({ secondsLeft }: UnconfirmedChange): string {
  if (secondsLeft < 60) return `${secondsLeft}s`;
  const minutes = Math.floor(secondsLeft / 60);
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes}m` : `${hours}h ${minutes % 60}m`;
}

async function confirm(
  context: CliContext,
  changeId: string,
  options: ConfirmOptions,
): Promise<void> {
  const call = { method: "POST", path: `${UNCONFIRMED_PATH}/${changeId}/confirm` } as const;
  const { url, tokenFile, json } = options;
  const isHere = url === undefined && tokenFile === undefined;
  const send = (api: ApiClient) => api.tryCall<object>(call);
  const outcome = isHere
    ? await withApi(context, send)
    : await send(openApi(targetOf(context, options)));
  if (!outcome.ok) {
    const way = isHere ? `\nWith a token: ${confirmCommand(context, changeId)}` : "";
    throw new CliError(`${outcome.words}${way}`);
  }
  if (json) return printJson(context, outcome.body);
  await printLine(context, `Change ${changeId} is confirmed: it stays.`);
}

async function takeBack(
  context: CliContext,
  changeId: string,
  options: TakeBackOptions,
): Promise<void> {
  const path = `${UNCONFIRMED_PATH}/${changeId}/take-back`;
  const query = safetyQuery(options);
  const made = await withApi(context, (api) =>
    api.call<{ readonly revisions: readonly number[] }>({ method: "POST", path, query }),
  );
  if (options.json) return printJson(context, made);
  const numbers = made.revisions.join(", ");
  const done = made.revisions.length === 1 ? `this is change ${numbers}` : `changes ${numbers}`;
  await printLine(
    context,
    made.revisions.length === 0
      ? "It waits no more; nothing was other than before it."
      : `It is as it was before; ${done} of policy history.`,
  );
}
