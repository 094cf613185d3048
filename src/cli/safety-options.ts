// The options by which every command that changes rules says what it dares, and for how long.
import { InvalidArgumentError, type Command } from "commander";
import { CONFIRM_MINUTES, LOCKOUT_OVERRIDE } from "../api/change-safety-api.ts";
import type { ChangeSafety } from "../api/change-safety-api.ts";
import { parseDuration } from "./parse-duration.ts";

export type SafetyOptions = {
  readonly overrideLockout?: ChangeSafety["lockoutOverride"];
  /** In minutes. */
  readonly confirmWithin?: number;
};

const WITHIN_WORDS = "write whole minutes, from 1m to 1d, such as 10m or 2h";

export function withSafetyOptions(command: Command): Command {
  return withOverrideOption(command).option(
    "--confirm-within <duration>",
    "it goes back by itself unless it is confirmed in time, such as 10m",
    parseConfirmWithin,
  );
}

/** Of a command whose change cannot go back by itself. */
export function withOverrideOption(command: Command): Command {
  return command.option(
    "--override-lockout <phrase>",
    `although it locks somebody out: "${LOCKOUT_OVERRIDE}"`,
    parsePhrase,
  );
}

/** Query parameters of the request that changes something. */
export function safetyQuery({ overrideLockout, confirmWithin }: SafetyOptions): ChangeSafety {
  return {
    ...(overrideLockout === undefined ? {} : { lockoutOverride: overrideLockout }),
    ...(confirmWithin === undefined ? {} : { confirmMinutes: confirmWithin }),
  };
}

function parsePhrase(text: string): typeof LOCKOUT_OVERRIDE {
  if (text === LOCKOUT_OVERRIDE) return text;
  throw new InvalidArgumentError(`write just "${LOCKOUT_OVERRIDE}"`);
}

/** In minutes. */
export function parseConfirmWithin(text: string): number {
  const minutes = secondsIn(text) / 60;
  const { min, max } = CONFIRM_MINUTES;
  if (Number.isInteger(minutes) && minutes >= min && minutes <= max) return minutes;
  throw new InvalidArgumentError(WITHIN_WORDS);
}

function secondsIn(text: string): number {
  try {
    return parseDuration(text);
  } catch {
    throw new InvalidArgumentError(WITHIN_WORDS);
  }
}
