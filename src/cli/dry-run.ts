// What every command shows under `--dry-run`: what it would change, and for whom.
import { Option, type Command } from "commander";
import { PREVIEW_PERIODS } from "../api/preview-api.ts";
import type { PreviewAnswer, PreviewedChange, PreviewPeriod } from "../api/preview-api.ts";
import type { PolicySection } from "../core/network/network-policy.ts";
import { withApi } from "./api-client.ts";
import type { ApiClient } from "./api-client.ts";
import { countEntries } from "./change-words.ts";
import type { CliContext } from "./cli-context.ts";
import { printJson, printLine } from "./output.ts";
import { printLockout, refuseLockout } from "./print-lockout.ts";
import { printPreview } from "./print-preview.ts";
import type { SafetyOptions } from "./safety-options.ts";

export type DryRunOptions = {
  readonly dryRun?: true;
  readonly period: PreviewPeriod;
};

const NOTHING = "Nothing would be other than it is.";
export const WAS_DRY_RUN = "This was a dry run: nothing was changed.";

export function withDryRunOptions(command: Command): Command {
  return command
    .option("--dry-run", "only show what would change, and for whom")
    .addOption(
      new Option("--period <period>", "the dry run: over the visitors of this time")
        .choices(PREVIEW_PERIODS)
        .default("24h"),
    );
}

export type DryRun = {
  readonly changes: readonly PreviewedChange[];
  readonly options: Pick<DryRunOptions, "period"> &
    Pick<SafetyOptions, "overrideLockout"> & { readonly json?: true };
  /** Said where nothing would change. */
  readonly nothing?: string;
  /** For a program, before what would change. */
  readonly members?: object;
};

/** Ends as the change would where that would lock somebody out. */
export async function printDryRun(
  context: CliContext,
  api: ApiClient,
  { changes, options, nothing = NOTHING, members = {} }: DryRun,
): Promise<void> {
  const body = { period: options.period, changes };
  const preview =
    changes.length === 0
      ? null
      : await api.call<PreviewAnswer>({ method: "POST", path: "/api/v1/previews", body });
  if (options.json) await printJson(context, { ...members, changes, preview });
  else {
    await printLockout(context, preview, options);
    for (const change of changes) await printLine(context, describeChange(change));
    if (preview === null) return printLine(context, nothing);
    await printPreview(context, preview);
    await printLine(context, WAS_DRY_RUN);
  }
  refuseLockout(preview, options);
}

/** @param rules.account none: of the platform */
export function previewSection(
  context: CliContext,
  rules: {
    readonly account: string | undefined;
    readonly section: PolicySection;
    readonly value: unknown;
  },
  options: DryRun["options"],
): Promise<void> {
  const { account, section, value } = rules;
  const whose = account === undefined ? {} : { account };
  const change = { kind: "network-policy" as const, ...whose, sections: [{ section, value }] };
  return withApi(context, (api) => printDryRun(context, api, { changes: [change], options }));
}

function describeChange(change: PreviewedChange): string {
  if (change.kind === "subscription-mode") return `Changed: the list is on ${change.mode}`;
  const whose = change.account ?? "the platform";
  switch (change.kind) {
    case "network-policy":
      return `Changed: ${change.sections.map(({ section }) => section).join(", ")} of ${whose}`;
    case "address-list": {
      const { add, remove } = change;
      return `Changed: ${countEntries(add.length)} added, ${remove.length} removed, of ${whose}`;
    }
    case "identity-policy":
      return `Changed: ${change.section} of ${whose}`;
    case "audio-policy":
      return `Changed: audio-download of ${whose}`;
    default:
      return change satisfies never;
  }
}
