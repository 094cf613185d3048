// Makes a change for some minutes where that was asked for, and says until when it waits.
import type { UnconfirmedChange, UnconfirmedList } from "../api/unconfirmed-api.ts";
import { configOf } from "./api-client.ts";
import type { HttpCall } from "../platform/http/http-client.ts";
import type { ApiClient } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { printJson, printLine } from "./output.ts";
import type { SafetyOptions } from "./safety-options.ts";

type MadeChange<Answer> = {
  readonly answer: Answer;
  /** null: nothing was other than it was. Undefined: it was not to be confirmed. */
  readonly unconfirmed?: UnconfirmedChange | null;
};

export const UNCONFIRMED_PATH = "/api/v1/unconfirmed-changes";

export async function listUnconfirmed(api: ApiClient): Promise<UnconfirmedList> {
  return api.call<UnconfirmedList>({ method: "GET", path: UNCONFIRMED_PATH });
}

export async function makeChange<Answer>(
  api: ApiClient,
  options: SafetyOptions,
  call: HttpCall,
): Promise<MadeChange<Answer>> {
  const { answer, changeId } = await api.change<Answer>(call);
  if (options.confirmWithin === undefined) return { answer };
  const { changes } = await listUnconfirmed(api);
  return { answer, unconfirmed: changes.find((one) => one.changeId === changeId) ?? null };
}

/** For a program: the answer, and what waits where that was asked for. */
export async function printMadeJson(
  context: CliContext,
  { answer, unconfirmed }: MadeChange<object>,
): Promise<void> {
  await printJson(context, unconfirmed === undefined ? answer : { ...answer, unconfirmed });
}

export async function printUnconfirmed(
  context: CliContext,
  { unconfirmed }: Pick<MadeChange<unknown>, "unconfirmed">,
): Promise<void> {
  if (unconfirmed === undefined) return;
  if (unconfirmed === null) {
    return printLine(context, "Nothing was other than it was: nothing waits to be confirmed.");
  }
  const { changeId, goesBackAt } = unconfirmed;
  await printLine(context, `It goes back at ${goesBackAt} unless it is confirmed.`);
  await printLine(
    context,
    "Confirm it from where it applies: in the console, or with an API token:",
  );
  await printLine(context, `  ${confirmCommand(context, changeId)}`);
  await printLine(context, `To take it back at once: postern policy take-back ${changeId}`);
}

/** Over the network: no rule refuses the host's shell, so that it cannot confirm. */
export function confirmCommand(context: CliContext, changeId: string): string {
  const { publicUrl } = configOf(context);
  return `postern policy confirm ${changeId} --url ${publicUrl} --token-file FILE`;
}
