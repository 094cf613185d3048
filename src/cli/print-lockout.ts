// Says first of a dry run that the guard would refuse the change, and ends as the change would.
import type { PreviewAnswer } from "../api/preview-api.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { explainLockout, whomOf } from "./lockout-lines.ts";
import { printLine } from "./output.ts";
import type { SafetyOptions } from "./safety-options.ts";

/** Null: nothing would change. */
type Preview = Pick<PreviewAnswer, "lockout"> | null;
type Override = Pick<SafetyOptions, "overrideLockout">;

export async function printLockout(
  context: CliContext,
  preview: Preview,
  { overrideLockout }: Override,
): Promise<void> {
  const lockout = preview?.lockout ?? null;
  if (lockout === null) return;
  const [why = "", ...how] = explainLockout(lockout);
  if (overrideLockout !== undefined) {
    return printLine(context, `The phrase would override this: ${why}.`);
  }
  await printLine(context, `Applying this would be refused: ${why}:`);
  for (const line of how) await printLine(context, line);
  await printLine(context, "");
}

/** After all is printed: throws where the change itself would be refused. */
export function refuseLockout(preview: Preview, { overrideLockout }: Override): void {
  const lockout = preview?.lockout ?? null;
  if (lockout === null || overrideLockout !== undefined) return;
  throw new CliError(
    `applying this would be refused: it would lock out ${whomOf(lockout)}; ` +
      "--override-lockout takes its phrase",
  );
}
