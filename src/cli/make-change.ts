// Makes a change for some minutes where that was asked for, and says until when it waits.
import type { UnconfirmedChange } from "../api/unconfirmed-api.ts";
import { configOf } from "./api-client.ts";
import type { ApiClient } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { printJson, printLine } from "./output.ts";
import type { SafetyOptions } from "./safety-options.ts";

type UnconfirmedList = { readonly changes: readonly UnconfirmedChange[] };

type MadeChange<Answer> = {
  readonly answer: Answer;
  /** null: nothing was other than it was. Undefined: it was not to be confirmed. */
  readonly unconfirmed?: UnconfirmedChange | null;
};

type IsOwn<Answer> = (change: UnconfirmedChange, answer: Answer) => boolean;

const HOST_SHELL = "host shell";
export const UNCONFIRMED_PATH = "/api/v1/unconfirmed-changes";

export async function listUnconfirmed(api: ApiClient): Promise<UnconfirmedList> {
  return api.call<UnconfirmedList>({ method: "GET", path: UNCONFIRMED_PATH });
}

/** @param made.isOwn whether a change that began to wait meanwhile is the one that was made */
export async function makeChange<Answer>(
  api: ApiClient,
  options: SafetyOptions,
  made: { readonly change: () => Promise<Answer>; readonly isOwn: IsOwn<Answer> },
): Promise<MadeChange<Answer>> {
  const { change, isOwn } = made;
  if (options.confirmWithin === undefined) return { answer: await change() };
  const before = new Set((await listUnconfirmed(api)).changes.map(({ changeId }) => changeId));
  const answer = await change();
  const { changes } = await listUnconfirmed(api);
  const own = changes
    .filter(({ changeId, actor }) => !before.has(changeId) && actor === HOST_SHELL)
    .filter((one) => isOwn(one, answer))
    .toSorted((a, b) => a.madeAt.localeCompare(b.madeAt));
  return { answer, unconfirmed: own.at(-1) ?? null };
}

/** It is of a section, or of a list, whose answer does not say which change it was. */
export function isChangeOf(subject: string, account: string | undefined): IsOwn<unknown> {
  return ({ parts }) =>
    parts.some((part) => part.subject === subject && part.account === (account ?? null));
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
