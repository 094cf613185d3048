// The option by which a command changes the rules although the change locks somebody out.
import { InvalidArgumentError, Option } from "commander";
import { LOCKOUT_OVERRIDE } from "../api/change-safety-api.ts";

export type OverrideOptions = { readonly overrideLockout?: string };

export function overrideOption(): Option {
  return new Option(
    "--override-lockout <phrase>",
    `although it locks somebody out: "${LOCKOUT_OVERRIDE}"`,
  ).argParser(parsePhrase);
}

/** Query parameters of the request that changes something. */
export function overrideQuery({ overrideLockout }: OverrideOptions) {
  return { lockoutOverride: overrideLockout };
}

function parsePhrase(text: string): string {
  if (text === LOCKOUT_OVERRIDE) return text;
  throw new InvalidArgumentError(`write just "${LOCKOUT_OVERRIDE}"`);
}
