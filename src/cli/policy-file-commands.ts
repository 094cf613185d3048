// `postern policy export|diff|apply`: the rules as code, in one YAML file.
import type { Command } from "commander";
import { Readable } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { POLICY_FILE_TYPE } from "../api/policy-file-api.ts";
import type { ApplyAnswer, PlanAnswer } from "../api/policy-file-api.ts";
import type { PreviewPeriod } from "../api/preview-api.ts";
import { withApi } from "./api-client.ts";
import type { ApiClient } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { WAS_DRY_RUN, withDryRunOptions } from "./dry-run.ts";
import type { DryRunOptions } from "./dry-run.ts";
import { cannotRead, openFile } from "./open-file.ts";
import { makeChange, printMadeJson, printUnconfirmed } from "./make-change.ts";
import { printJson, printLine } from "./output.ts";
import { countDifferences, printDifferences } from "./print-differences.ts";
import { printLockout, refuseLockout } from "./print-lockout.ts";
import { printPlanWaits } from "./print-plan-waits.ts";
import { printPreview } from "./print-preview.ts";
import { safetyQuery, withSafetyOptions } from "./safety-options.ts";
import type { SafetyOptions } from "./safety-options.ts";

const PATH = "/api/v1/policy-file";

type PlanOptions = {
  readonly createAccounts?: true;
  readonly confirmWide?: true;
  readonly json?: true;
};
type ApplyOptions = PlanOptions & SafetyOptions & DryRunOptions;

export function registerPolicyFile(policy: Command, context: CliContext): void {
  policy
    .command("export")
    .description("print the rules of the platform and of all accounts as a policy file (YAML)")
    .option("--account <code>", "only this account's")
    .addHelpText("after", "\nExample:\n  postern policy export > policy.yaml\n")
    .action(async (options: { readonly account?: string }) => {
      await withApi(context, async (api) => {
        const call = { method: "GET", path: PATH, query: options } as const;
        // Standard output is not ours to close.
        await pipeline(await api.stream(call), context.stdout, { end: false });
      });
    });
  withPlanOptions(policy.command("diff <file>"))
    .description(
      "show what a policy file (- is standard input) would change: 0 nothing, 2 something",
    )
    .addHelpText("after", "\nExample:\n  postern policy diff policy.yaml\n")
    .action((file: string, options: PlanOptions) => diff(context, file, options));
  const applying = withPlanOptions(policy.command("apply <file>")).description(
    "make the rules what a policy file (- is standard input) says: all or nothing",
  );
  withSafetyOptions(withDryRunOptions(applying))
    .addHelpText(
      "after",
      "\nExamples:\n  postern policy apply policy.yaml --dry-run\n" +
        "  postern policy apply policy.yaml\n",
    )
    .action((file: string, options: ApplyOptions) => apply(context, file, options));
}

function withPlanOptions(command: Command): Command {
  return command
    .option("--create-accounts", "add the accounts that the file names and are not there")
    .option("--confirm-wide", "yes, new ranges are meant to be as wide as they are")
    .option("--json", "print JSON");
}

async function diff(context: CliContext, file: string, options: PlanOptions): Promise<void> {
  const text = await readFile(context, file);
  const plan = await withApi(context, (api) => planOf(api, text, options));
  if (options.json) await printJson(context, plan);
  else {
    await printPlanWaits(context, plan.waiting);
    await printDifferences(context, plan.differences);
  }
  if (plan.isSame) return;
  throw new CliError(`${countDifferences(plan.differences)}; nothing was changed`, 2);
}

async function apply(context: CliContext, file: string, options: ApplyOptions): Promise<void> {
  const text = await readFile(context, file);
  await withApi(context, async (api) => {
    const { period: _period, dryRun, ...asked } = options;
    if (dryRun) return printPlan(context, await planOf(api, text, options), options);
    const plan = await planOf(api, text, asked);
    const { fingerprint } = plan;
    const call = {
      method: "POST",
      path: `${PATH}/apply`,
      query: { ...questionOf(asked), fingerprint, ...safetyQuery(options) },
      body: Readable.from([text]),
      contentType: POLICY_FILE_TYPE,
    } as const;
    const made = await makeChange<ApplyAnswer>(api, options, call);
    if (options.json) return printMadeJson(context, made);
    const { differences, isSame } = made.answer;
    await printDifferences(context, differences);
    if (isSame) return;
    await printLine(context, `${countDifferences(differences)}; it holds now.`);
    await printUnconfirmed(context, made);
  });
}

async function printPlan(
  context: CliContext,
  plan: PlanAnswer,
  options: ApplyOptions,
): Promise<void> {
  if (options.json) await printJson(context, plan);
  else {
    await printLockout(context, plan.preview, options);
    await printPlanText(context, plan);
  }
  refuseLockout(plan.preview, options);
  if (plan.waiting.length === 0) return;
  throw new CliError("apply would be refused: a change that waits to be confirmed is of the same");
}

async function printPlanText(context: CliContext, plan: PlanAnswer): Promise<void> {
  await printPlanWaits(context, plan.waiting);
  await printDifferences(context, plan.differences);
  if (plan.preview !== null) await printPreview(context, plan.preview);
  if (!plan.isSame) await printLine(context, WAS_DRY_RUN);
}

type Question = Omit<PlanOptions, "json"> & { readonly period?: PreviewPeriod };

function questionOf({ createAccounts, confirmWide, period }: Question) {
  return { createAccounts, confirmWide, period };
}

function planOf(api: ApiClient, text: Buffer, asked: Question): Promise<PlanAnswer> {
  return api.call<PlanAnswer>({
    method: "POST",
    path: `${PATH}/plan`,
    query: questionOf(asked),
    body: Readable.from([text]),
    contentType: POLICY_FILE_TYPE,
  });
}

async function readFile(context: CliContext, file: string): Promise<Buffer> {
  const source = file === "-" ? context.stdin : await openFile(file);
  try {
    return Buffer.from(await textOf(source));
  } catch (error) {
    throw cannotRead(file === "-" ? "standard input" : file, error);
  }
}
